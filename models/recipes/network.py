"""The Marian network as one plain function, and how it starts out.

Why not the model's own forward: training wants the cross-attention for its
loss and a graph that compiles in one piece; walking the layers of a
``MarianMTModel`` gives both, and the weights stay that model's own.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MarianConfig, MarianMTModel


class Rectifier(nn.Module):
    """ReLU as (x + |x|) / 2: the CPU compiler makes the plain one, and its gradient, a loop of single numbers."""

    def forward(self, state: Tensor) -> Tensor:
        """Return `state` with its negative numbers set to nothing."""
        return (state + state.abs()) * 0.5


def create(settings: dict[str, Any], vocabulary: int, eos: int, pad: int) -> MarianMTModel:
    """Build a Marian model with fresh weights."""
    width = settings["width"]
    config = MarianConfig(  # type: ignore[call-arg]  # attn_implementation is read from kwargs
        vocab_size=vocabulary,
        d_model=width,
        max_position_embeddings=settings["positions"],
        encoder_layers=settings["encoder_layers"],
        decoder_layers=settings["decoder_layers"],
        encoder_attention_heads=settings["heads"],
        decoder_attention_heads=settings["heads"],
        encoder_ffn_dim=settings["feed_forward"],
        decoder_ffn_dim=settings["feed_forward"],
        activation_function="relu",
        scale_embedding=True,
        dropout=settings["dropout"],
        attention_dropout=0.0,
        activation_dropout=0.0,
        init_std=width**-0.5,
        pad_token_id=pad,
        eos_token_id=eos,
        bos_token_id=None,
        forced_eos_token_id=None,
        decoder_start_token_id=pad,
        attn_implementation="eager",
    )
    model = MarianMTModel(config)
    for layer in [*model.model.encoder.layers, *model.model.decoder.layers]:
        layer.activation_fn = Rectifier()
    model.train()
    return model


def start(model: MarianMTModel, embeddings: Tensor | None) -> None:
    """Start as a dictionary: what the decoder attends to, it writes.

    Residual branches begin small, the cross-attention copies what it looks at,
    and `embeddings` (vocabulary, width), where given, put a word next to its
    translations. Saves the tokens that finding this out would take.
    """
    width = model.config.d_model
    for module in model.modules():
        if isinstance(module, nn.Linear) and module is not model.lm_head:
            nn.init.normal_(module.weight, std=0.6 * module.in_features**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    with torch.no_grad():
        for layer in [*model.model.encoder.layers, *model.model.decoder.layers]:
            layer.fc2.weight.mul_(0.3)
            layer.self_attn.out_proj.weight.mul_(0.3)
        for layer in model.model.decoder.layers:
            for projection in (layer.encoder_attn.v_proj, layer.encoder_attn.out_proj):
                projection.weight.mul_(0.1).add_(torch.eye(width))
        table = model.model.shared.weight
        nn.init.normal_(table, std=width**-0.5)
        if embeddings is not None:
            table.mul_(0.4).add_(embeddings.to(table.dtype))


def adopt(model: MarianMTModel, weights: dict[str, Tensor]) -> None:
    """Take the weights of a trained network of the same width, which may have fewer layers.

    A layer that it lacks comes after its last, and says nothing at first: its branches end in
    nothing, and the last norm of the side moves to its end. So the deeper network begins where
    the shallow one stopped.
    """
    found = dict(weights)
    for name, layers in (("encoder", model.model.encoder.layers), ("decoder", model.model.decoder.layers)):
        stem = f"model.{name}.layers"
        last = max(int(key.split(".")[3]) for key in found if key.startswith(stem))
        for number in range(last + 1, len(layers)):
            for part in ("self_attn.out_proj", "encoder_attn.out_proj", "fc2"):
                if name == "decoder" or part != "encoder_attn.out_proj":
                    for kind in ("weight", "bias"):
                        own = layers[number].get_parameter(f"{part}.{kind}")
                        found[f"{stem}.{number}.{part}.{kind}"] = torch.zeros_like(own)
            for kind, still in (("weight", torch.ones), ("bias", torch.zeros)):
                norm = f"final_layer_norm.{kind}"
                found[f"{stem}.{number}.{norm}"] = found[f"{stem}.{number - 1}.{norm}"]
                found[f"{stem}.{number - 1}.{norm}"] = still(model.config.d_model)
    unknown = model.load_state_dict(found, strict=False).unexpected_keys
    if unknown:
        raise SystemExit(f"not weights of this configuration: {unknown[:3]}")
    model.tie_weights()
    model.final_logits_bias.zero_()


def bias(lengths: Tensor, longest: int) -> Tensor:
    """Return the additive mask (batch, 1, 1, longest) of padded positions."""
    past = torch.arange(longest, device=lengths.device)[None, :] >= lengths[:, None]
    return (past * -1e4)[:, None, None, :]


def forward(model: MarianMTModel, source: Tensor, lengths: Tensor, previous: Tensor) -> tuple[Tensor, Tensor]:
    """Return decoder states (batch, target, width) and the first cross-attention (batch, target, source)."""
    encoder, decoder = model.model.encoder, model.model.decoder
    drop, table = model.config.dropout, model.model.shared.weight
    scale = model.config.d_model**0.5
    mask = bias(lengths, source.shape[1])
    state = functional.embedding(source, table) * scale + encoder.embed_positions.weight[: source.shape[1]]
    state = functional.dropout(state, drop, model.training)
    for layer in encoder.layers:
        state = layer(state, attention_mask=mask)
    size = previous.shape[1]
    causal = torch.full((size, size), -1e4, device=source.device).triu(1)[None, None]
    out = functional.embedding(previous, table) * scale + decoder.embed_positions.weight[:size]
    out = functional.dropout(out, drop, model.training)
    looks = []
    for layer in decoder.layers:
        seen = layer.self_attn(out, attention_mask=causal)[0]
        out = layer.self_attn_layer_norm(out + functional.dropout(seen, drop, model.training))
        seen, weights = layer.encoder_attn(out, key_value_states=state, attention_mask=mask)
        looks.append(weights.float().mean(1))
        out = layer.encoder_attn_layer_norm(out + functional.dropout(seen, drop, model.training))
        inner = layer.fc2(layer.activation_fn(layer.fc1(out)))
        out = layer.final_layer_norm(out + functional.dropout(inner, drop, model.training))
    return out, looks[0]


def loss(
    model: MarianMTModel, batch: dict[str, Tensor], written: int, smoothing: float
) -> tuple[Tensor, Tensor, Tensor]:
    """Return summed smoothed loss, summed plain loss, summed attention loss.

    `batch`: source (b, s), lengths (b), previous (b, t), labels (b, t; -1 is
    padding), looks (b, t; the aligned source position, -1 for none). Only the
    first `written` pieces can be written, so the softmax is over those.
    """
    states, attention = forward(model, batch["source"], batch["lengths"], batch["previous"])
    labels, looks = batch["labels"], batch["looks"]
    logits = functional.linear(states, model.model.shared.weight[:written]).float()
    total = torch.logsumexp(logits, -1)
    real = labels >= 0
    chosen = logits.gather(-1, labels.clamp(min=0)[..., None])[..., 0]
    plain = (total - chosen) * real
    spread = (total - logits.mean(-1)) * real
    aligned = attention.gather(-1, looks.clamp(min=0)[..., None])[..., 0]
    guided = -(aligned + 1e-4).log() * (looks >= 0)
    smooth = (1 - smoothing) * plain.sum() + smoothing * spread.sum()
    return smooth, plain.sum(), guided.sum()
