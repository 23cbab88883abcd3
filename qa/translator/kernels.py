"""Matrix products that give a row the same numbers whatever other rows are beside it.

On a CPU each batch runs on one thread (several batches at once fill the cores), and then
a product depends on its own row alone, bit for bit, if it has at least `ROWS` rows:
measured for MKL and oneDNN float32. The int8 product is exact by nature: weights are
scaled by output row, activations by input row (never by batch), sums are integers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

ROWS = 4
"""Fewer rows go through other kernels (matrix × vector), which sum in another order."""
LENGTH = 16
"""Padded lengths are multiples of this, the width of a vector register in float32."""

Linear = Callable[["Tensor"], "Tensor"]
"""(rows, in) → (rows, out); float32 in and out on a CPU."""


def padded(length: int) -> int:
    """`length` rounded up to a multiple of `LENGTH`."""
    return -(-length // LENGTH) * LENGTH


def linear(weight: Tensor, bias: Tensor | None, dtype: str) -> Linear:
    """The product x·Wᵀ + b for a weight (out, in): `dtype` is int8, or the weight's own."""
    if weight.device.type != "cpu":
        return _plain(weight, bias)
    if dtype == "int8":
        return _steady(_int8(weight, bias))
    return _steady(_onednn(weight, bias) or _plain(weight, bias))


def _steady(product: Linear) -> Linear:
    def run(x: Tensor) -> Tensor:
        rows = x.shape[0]
        if rows >= ROWS:
            return product(x)
        return product(x.new_zeros(ROWS, x.shape[1]).index_copy_(0, _upto(rows), x))[:rows]

    return run


def _upto(rows: int) -> Tensor:
    import torch

    return torch.arange(rows)


def _plain(weight: Tensor, bias: Tensor | None) -> Linear:
    from torch.nn.functional import linear as product

    return lambda x: product(x, weight, bias)


def _onednn(weight: Tensor, bias: Tensor | None) -> Linear | None:
    """oneDNN's float32 product, over twice as fast as MKL's on AMD; None where there is none."""
    import torch

    there: bool = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    if weight.dtype != torch.float32 or not there:
        return None
    try:
        packed = weight.detach().to_mkldnn()
        product = torch.ops.mkldnn._linear_pointwise
        product(weight.new_zeros(ROWS, weight.shape[1]), packed, bias, "none", [], "")
    except (RuntimeError, AttributeError):
        return None
    return lambda x: product(x, packed, bias, "none", [], "")


def _int8(weight: Tensor, bias: Tensor | None) -> Linear:
    """Symmetric int8, rowwise scales 127/max|row| (CTranslate2's scheme), int32 sums."""
    import torch

    scale = weight.abs().amax(1).clamp_min_(1e-10).div_(127)
    whole = (weight / scale[:, None]).round_().to(torch.int8).t()

    def product(x: Tensor) -> Tensor:
        steps = x.abs().amax(1, keepdim=True).clamp_min_(1e-10).div_(127)
        sums = torch._int_mm((x / steps).round_().to(torch.int8), whole).to(x.dtype)
        sums.mul_(steps)
        return sums.mul_(scale) if bias is None else torch.addcmul(bias, sums, scale)

    return product
