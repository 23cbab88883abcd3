"""A Marian model opened without transformers is the one that transformers opens."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import TishinaError
from qa.translator import NeuralTranslator, loading
from qa.translator.families import FAMILIES, source_ids, target_ids, to_text
from qa.translator.lean import LeanNetwork
from qa.translator.marian import Part, open_marian, positions
from qa.translator.pieces import SPECIAL, Pieces
from qa.translator.registry import embedded_folder
from qa.translator.types import Decoding

from . import tongue

EMBEDDED = embedded_folder() / "en-ru-uk-small"
NAMES = ("trained", "tiny", "embedded")
MARIAN = FAMILIES["marian"]
ODD = (
    *SPECIAL, ">>rus<<", ">>ukr<<", ">>xxx<<", ">>", "<<", "<", ">", " ", "  ", "\n", "\t", "▁", "⁇", "\0", "\u00ad", "\u200b",
    "\ufeff", "\u202e", "e\u0301", "ﬁ", "Ⅷ", "№", "…", "“", "’", "한글", "漢字", "👩‍🚀", "𝔛", "Матросская тишина", "Київ",
    "The quiet lamp", "Anna sees the prison.", "Matrosa vidit turmu.", "U+2028\u2028", "don't", "A.B.", "10,000",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=8).map("".join)


@pytest.fixture(scope="module")
def folders(folder: Path, tiny: dict[str, Path]) -> dict[str, Path]:
    return {"trained": folder, "tiny": tiny["marian"], "embedded": EMBEDDED}


@pytest.fixture(scope="module")
def plain(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By name: the folder as transformers can open it."""
    copy = tmp_path_factory.mktemp("plain") / "embedded"
    return {**folders, "embedded": _unpacked(folders["embedded"], copy)}


def _unpacked(folder: Path, copy: Path) -> Path:
    """A copy without int8: every weight times the scale of its 32 neighbours."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(folder, copy)
    stored = {name: tensor for path in copy.glob("*.safetensors") for name, tensor in load_file(path).items()}
    scales = {name.removesuffix("_scale"): stored.pop(name) for name in list(stored) if name.endswith("_scale")}
    for name, scale in scales.items():
        stored[name] = stored[name].float() * scale.float().repeat_interleave(32, dim=1)
    for path in copy.glob("*.safetensors*"):
        path.unlink()
    save_file(stored, copy / "model.safetensors", {"format": "pt"})
    return copy


@pytest.fixture(scope="module")
def both(plain: dict[str, Path], folders: dict[str, Path]) -> dict[str, tuple[Any, Any]]:
    """By name: the tokenizer that qa opens, and transformers' own."""
    made = {}
    for name, path in folders.items():
        found = open_marian(path, "cpu", "float32")
        assert found is not None
        made[name] = (found[1], loading.through_transformers(plain[name], "cpu", "float32")[1])
    return made


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_same_pieces(both: dict[str, tuple[Any, Any]], name: str, text: str) -> None:
    mine, theirs = both[name]
    source, target = source_ids(mine, text), target_ids(MARIAN, mine, text)
    assert source == source_ids(theirs, text)
    assert target == target_ids(MARIAN, theirs, text)
    assert mine(text) == {"input_ids": theirs(text)["input_ids"]}
    for ids in (source, target):
        assert mine.convert_ids_to_tokens(ids) == theirs.convert_ids_to_tokens(ids)
        assert to_text(MARIAN, mine, ids) == to_text(MARIAN, theirs, ids)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.integers(0, 2**16) | st.integers(0, 3), max_size=12))
def test_any_ids_are_the_same_text(both: dict[str, tuple[Any, Any]], name: str, places: list[int]) -> None:
    mine, theirs = both[name]
    ids = [place % len(mine.numbers) for place in places]
    assert to_text(MARIAN, mine, ids) == to_text(MARIAN, theirs, ids)


@pytest.mark.parametrize("name", NAMES)
def test_same_vocabulary(both: dict[str, tuple[Any, Any]], name: str) -> None:
    mine, theirs = both[name]
    assert mine.numbers == theirs.encoder
    assert mine.unk_token_id == theirs.unk_token_id
    assert mine.all_special_tokens == theirs.all_special_tokens
    assert mine.supported_language_codes == theirs.supported_language_codes
    for token in (*SPECIAL, *mine.supported_language_codes, "▁the", "no piece"):
        assert mine.convert_tokens_to_ids(token) == theirs.convert_tokens_to_ids(token)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_same_weights(folders: dict[str, Path], plain: dict[str, Path], name: str, dtype: str) -> None:
    import torch

    found = open_marian(folders[name], "cpu", dtype)
    assert found is not None
    mine, theirs = found[0], loading.through_transformers(plain[name], "cpu", dtype)[0]
    state = theirs.state_dict()
    assert torch.equal(mine.final_logits_bias, state.pop("final_logits_bias"))
    assert mine.lm_head.weight.data_ptr() == mine.get_encoder().embed_tokens.weight.data_ptr()
    assert torch.equal(mine.lm_head.weight, state.pop("lm_head.weight"))
    del state["model.shared.weight"]  # the same as each side's table
    sides = {"encoder": mine.get_encoder(), "decoder": mine.get_decoder()}
    weights = {f"model.{side}{name}": weight for side, part in sides.items() for name, weight in _flat(part)}
    assert weights.keys() == state.keys()
    for key, wanted in state.items():
        assert weights[key].dtype == wanted.dtype == getattr(torch, dtype)
        assert torch.equal(weights[key], wanted), key


def _flat(node: Any) -> Iterator[tuple[str, Any]]:
    """Name and weight of all that is in a tree."""
    for name, part in enumerate(node) if isinstance(node, list) else vars(node).items():
        if isinstance(part, list | Part):
            yield from ((f".{name}{rest}", weight) for rest, weight in _flat(part))
        elif name in ("weight", "bias"):
            yield f".{name}", part


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "int8"])
def test_same_numbers(
    folders: dict[str, Path], plain: dict[str, Path], name: str, dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [pair[0] for pair in tongue.corpus(6, seed=8)] + ["The quiet lamp.", "Naïve “Žižek” 漢字 </s> x"]
    mine = NeuralTranslator(folders[name], dtype=dtype, decoding=Decoding(beams=3))
    found, scores = mine.translate(texts, "en", "ru", 3), mine.score(texts, texts[::-1], "en", "ru")
    monkeypatch.setattr(loading, "open_marian", lambda *arguments: None)
    theirs = NeuralTranslator(plain[name], name=mine.name, dtype=dtype, decoding=Decoding(beams=3))
    assert type(theirs.loaded.model) is not type(mine.loaded.model)
    assert theirs.translate(texts, "en", "ru", 3) == found
    assert theirs.score(texts, texts[::-1], "en", "ru") == scores
    assert (theirs.signature == mine.signature) is (plain[name] == folders[name])


def test_no_import_before_its_time() -> None:
    """Neither torch for a signature (all that a full cache needs), nor transformers for a translation."""
    code = f"""import sys
from qa.translator import NeuralTranslator
translator = NeuralTranslator({str(EMBEDDED)!r}, device="cpu")
print(translator.signature and "torch" in sys.modules)
print(translator.translate(["a lamp"], "en", "uk") and "transformers" in sys.modules)"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]


def test_positions_of_any_width() -> None:
    import torch
    from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding

    for count, width in ((512, 512), (7, 5), (1, 2)):
        theirs = MarianSinusoidalPositionalEmbedding(count, width).create_weight()  # type: ignore[no-untyped-call]
        assert torch.equal(positions(count, width), theirs)


def _set(file: str, **changes: Any) -> Callable[[Path], object]:
    """A change of settings in one of the folder's files; None takes a setting away."""

    def change(folder: Path) -> None:
        said = {**json.loads((folder / file).read_text("utf-8")), **changes}
        (folder / file).write_text(json.dumps({k: v for k, v in said.items() if v is not None}), "utf-8")

    return change


def _weights(change: Callable[[dict[str, Any]], object], **metadata: str) -> Callable[[Path], object]:
    def save(folder: Path) -> None:
        from safetensors.torch import load_file, save_file

        tensors = load_file(folder / "model.safetensors")
        change(tensors)
        save_file(tensors, folder / "changed", metadata or {"format": "pt"})
        (folder / "changed").rename(folder / "model.safetensors")

    return save


def _as_bin(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def _packed(tensors: dict[str, Any]) -> None:
    """One matrix in int8, with scales of which each is a tenth or a fifth."""
    import torch

    name = "model.encoder.layers.0.fc1.weight"
    shape = tensors[name].shape
    tensors[name] = torch.arange(shape.numel()).remainder(255).sub(127).to(torch.int8).view(shape)
    tensors[name + "_scale"] = torch.tensor([0.1, 0.2]).repeat(shape[0], shape[1] // 64).half()


def _loses(ending: str) -> Callable[[dict[str, Any]], object]:
    def change(tensors: dict[str, Any]) -> None:
        _packed(tensors)
        name = "model.encoder.layers.0.fc1.weight_scale"
        tensors[name] = tensors[name][:, 1:].contiguous() if ending == "one" else tensors[name]
        tensors.update({} if ending == "one" else {"other_scale": tensors.pop(name)})

    return change


SURPRISES: dict[str, Callable[[Path], object]] = {
    "activation": _set("config.json", activation_function="gelu_new"),
    "embeddings apart": _set("config.json", share_encoder_decoder_embeddings=False),
    "heads": _set("config.json", encoder_attention_heads=5),
    "no layers": _set("config.json", decoder_layers=0),
    "quantised": _set("config.json", quantization_config={"quant_method": "x"}),
    "no size": _set("config.json", d_model=None),
    "wider": _set("config.json", d_model=128),
    "no generation": lambda folder: (folder / "generation_config.json").unlink(),
    "separate vocabularies": _set("tokenizer_config.json", separate_vocabs=True),
    "another end": _set("tokenizer_config.json", eos_token="<end>"),
    "clean-up": _set("tokenizer_config.json", clean_up_tokenization_spaces=True),
    "stripping": _set("tokenizer_config.json", added_tokens_decoder={"0": {"content": "</s>", "lstrip": True}}),
    "another tokenizer": _set("tokenizer_config.json", tokenizer_class="T5Tokenizer"),
    "special tokens": lambda folder: (folder / "special_tokens_map.json").write_text('{"pad_token": "<p>"}'),
    "fast tokenizer": lambda folder: (folder / "tokenizer.json").write_text("{}"),
    "more pieces than rows": _set("vocab.json", more=100_000),
    "no pieces": lambda folder: (folder / "source.spm").unlink(),
    "bin": _as_bin,
    "more weights": _weights(lambda tensors: tensors.update(x=tensors["model.shared.weight"].clone())),
    "fewer weights": _weights(lambda tensors: tensors.pop("model.encoder.layers.0.fc1.bias")),
    "whole numbers": _weights(lambda tensors: tensors.update({k: v.byte() for k, v in tensors.items()})),
    "int8 without scales": _weights(_loses("all")),
    "int8 with fewer scales": _weights(_loses("one")),
    "another frame": _weights(lambda tensors: None, format="tf"),
}  # fmt: skip


@pytest.fixture
def copy(tiny: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny["marian"], tmp_path / "copy"))


@pytest.mark.parametrize("surprise", SURPRISES)
def test_surprises_are_left_to_transformers(copy: Path, surprise: str) -> None:
    assert open_marian(copy, "cpu", "float32") is not None
    SURPRISES[surprise](copy)
    assert open_marian(copy, "cpu", "float32") is None


def test_int8_with_a_scale_for_every_block(copy: Path) -> None:
    _weights(_packed)(copy)
    (copy / "model.safetensors").rename(copy / "int8.safetensors")
    found = open_marian(copy, "cpu", "float32")
    assert found is not None
    row = found[0].get_encoder().layers[0].fc1.weight[0].tolist()
    assert row[:33] == pytest.approx([*((at - 127) * 0.1 for at in range(32)), (32 - 127) * 0.2], rel=1e-3)
    with pytest.raises(OSError, match=r"model\.safetensors"):  # transformers must not take the numbers for weights
        loading.through_transformers(copy, "cpu", "float32")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"length_penalty": 1.5}, Decoding(length_penalty=1.5)),
        ({"length_penalty": "x"}, Decoding()),
        ({"no_repeat_ngram_size": 3, "num_beams": 9}, Decoding(no_repeat_ngram_size=3)),
        ({"no_repeat_ngram_size": -1}, Decoding()),
        ({"no_repeat_ngram_size": None}, Decoding()),
        ({}, Decoding()),
        ([], Decoding()),
    ],
)
def test_search_as_the_model_says(copy: Path, said: Any, wanted: Decoding) -> None:
    (copy / "generation_config.json").write_text(json.dumps(said), "utf-8")
    assert NeuralTranslator(copy, device="cpu").decoding == wanted


def test_weights_in_the_old_format_still_open(copy: Path, tiny: dict[str, Path]) -> None:
    _as_bin(copy)
    old, new = NeuralTranslator(copy), NeuralTranslator(tiny["marian"])
    assert not isinstance(old.loaded.tokenizer, Pieces)
    assert old.translate(["Anna sees Boris."], "en", "ru") == new.translate(["Anna sees Boris."], "en", "ru")


def test_stored_positions_and_no_bias(copy: Path) -> None:
    import torch

    place = "model.decoder.embed_positions.weight"

    def change(tensors: dict[str, Any]) -> None:
        tensors[place] = torch.ones(64, 64)
        tensors.pop("final_logits_bias")

    _weights(change)(copy)
    found = open_marian(copy, "cpu", "float32")
    assert found is not None
    assert found[0].get_decoder().embed_positions.weight.eq(1).all()
    assert torch.equal(found[0].get_encoder().embed_positions.weight, positions(64, 64))
    assert found[0].final_logits_bias.eq(0).all()


@pytest.mark.parametrize("name", ["source.spm", "vocab.json", "tokenizer_config.json", "config.json",
                                  "generation_config.json", "model.safetensors"])  # fmt: skip
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]"])
def test_broken_files_are_said_to_be(copy: Path, name: str, content: bytes) -> None:
    (copy / name).write_bytes(content)
    with pytest.raises(TishinaError, match="cannot be loaded"):
        NeuralTranslator(copy).translate(["x"], "en", "ru")


def test_only_what_can_be_written_is_multiplied() -> None:
    import torch

    translator = NeuralTranslator(EMBEDDED, dtype="float32")
    network, model = translator.batcher.exact, translator.loaded.model
    assert isinstance(network, LeanNetwork)
    bias = model.final_logits_bias[0]
    assert network.written == int((bias > -1).nonzero()[-1]) + 1 < len(bias) / 2
    states = torch.randn(5, model.config.d_model, generator=torch.Generator().manual_seed(0))
    whole = (states @ model.lm_head.weight.T + bias).log_softmax(-1)
    values, tokens = network.best(states, 6)
    wanted = whole.topk(6)
    assert torch.equal(tokens, wanted.indices)
    assert torch.allclose(values, wanted.values, atol=1e-5)
    labels = torch.tensor([0, 1, 3, 700, network.written - 1])
    assert torch.allclose(network.judge(states, labels)[0], whole[range(5), labels], atol=1e-4)
