"""The two verbs, on a model that really translates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.errors import TishinaError
from qa.translator import Decoding, NeuralTranslator, batch_drift, device_drift, translate_stream

from . import tongue


def test_back_translation_works(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    found = translator.translate([pair[0] for pair in pairs], "en", "ru")
    right = sum(one[0].text == pair[1] for one, pair in zip(found, pairs, strict=True))
    assert right >= 0.8 * len(pairs)


@pytest.mark.parametrize(
    ("english", "foreign"),
    [
        ("Anna sees the prison.", "Ana turmu vidit."),  # a name as a subject, an inflected object
        ("The guard knows Boris.", "Strazha Borizu znat."),
        ("The sailor silence sees the guard.", "Matrosska tishina strazhu vidit."),  # a literal rendering
    ],
)
def test_names_inflection_and_literal_renderings(translator: NeuralTranslator, english: str, foreign: str) -> None:
    found = translator.translate([english], "en", "ru", n_best=4)[0]
    assert foreign in [h.text for h in found]


def test_order_and_duplicates(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    texts = [pair[0] for pair in pairs[:12]]
    mixed = [*texts[::-1], *texts, texts[3], "", texts[3]]
    found = translator.translate(mixed, "en", "ru")
    by_text = dict(zip(texts, translator.translate(texts, "en", "ru"), strict=True))
    assert found == [by_text.get(text, found[-2]) for text in mixed]
    assert found[-1] == found[-3]


def test_duplicates_are_translated_once(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    translator = NeuralTranslator(folder, dtype="float32", progress=lambda done, of: seen.append((done, of)))
    translator.translate(["Anna sees Boris."] * 50 + ["Boris sees Anna."], "en", "ru")
    assert seen[-1] == (2, 2)


def test_empty_texts(translator: NeuralTranslator) -> None:
    assert translator.translate([], "en", "ru") == []
    (found,) = translator.translate([" \n"], "en", "ru")
    assert [h.text for h in found] == [""]
    (scores,) = translator.score([""], ["x"], "en", "ru")
    assert scores.logprobs == ()
    assert scores.mean == 0.0


@pytest.mark.parametrize(
    ("budget", "workers", "dtype"),
    [(16, 1, "float32"), (64, 2, "float32"), (100000, 1, "float32"), (48, 2, "int8")],
)
def test_numbers_do_not_depend_on_the_batch(
    folder: Path, pairs: list[tongue.Pair], budget: int, workers: int, dtype: str
) -> None:
    texts = [pair[0] for pair in pairs[:40]]
    other = NeuralTranslator(folder, dtype=dtype, budget=budget, workers=workers)
    reference = NeuralTranslator(folder, dtype=dtype)
    assert other.translate(texts, "en", "ru", n_best=3) == reference.translate(texts, "en", "ru", n_best=3)
    assert batch_drift(other, texts[:6], "en", "ru").nats == 0.0


def test_int8_finds_what_float32_finds(folder: Path, translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    texts = [pair[0] for pair in pairs]
    drift = device_drift(NeuralTranslator(folder, dtype="int8"), translator, texts, "en", "ru")
    assert len(drift.other_hypotheses) <= 0.03 * len(texts)
    assert drift.nats == 0.0, "scores are float32 whatever the search was"
    assert "no drift" in str(drift) or "another hypothesis" in str(drift)


def test_a_translation_is_scored_as_it_was_reported(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    texts = [pair[0] for pair in pairs[:20]]
    found = [one[0] for one in translator.translate(texts, "en", "ru")]
    scores = translator.score(texts, [h.text for h in found], "en", "ru")
    assert [s.logprobs for s in scores] == [h.logprobs for h in found]
    assert [s.mean for s in scores] == [h.mean for h in found]


def test_scoring_prefers_what_was_said(translator: NeuralTranslator) -> None:
    """The contrast: the same back-translation given two renderings of a sentence."""
    said = "Matrosska tishina strazhu vidit."
    literal, accepted = translator.score(
        ["The sailor silence sees the guard.", "The old town sees the guard."], [said, said], "en", "ru"
    )
    assert literal.sum > accepted.sum + 5
    assert literal.self_normalised > accepted.self_normalised
    first = said.index("tishina")
    assert literal.within(first, first + 7) > accepted.within(first, first + 7)
    assert [said[a:b] for a, b in literal.offsets][-1] == ""


def test_alignment_finds_the_word(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    found = translator.translate([pair[0] for pair in pairs], "en", "ru")
    total = right = 0
    for (english, foreign, links), hypotheses in zip(pairs, found, strict=True):
        best = hypotheses[0]
        if best.text != foreign:
            continue
        said = {best.text[slice(*k.hyp)].lower(): english[slice(*k.src)].lower() for k in reversed(best.alignment)}
        total += len(links)
        right += sum(said.get(word.lower()) == source.lower() for word, source in links.items())
    assert right >= 0.85 * total


def test_long_input_is_split_and_nothing_is_lost(folder: Path) -> None:
    translator = NeuralTranslator(folder, dtype="float32")
    sentences = ["Anna sees the prison.", "The guard knows Boris.", "Vera reads the letter."] * 8
    text = " ".join(sentences)
    assert translator._size(text) > translator.loaded.longest
    (found,) = translator.translate([text], "en", "ru", n_best=2)
    assert found[0].text.count("vidit") == 8
    assert found[0].text.count("chitat") == 8
    for link in found[0].alignment:
        assert 0 <= link.src[0] < link.src[1] <= len(text)
        assert 0 <= link.hyp[0] < link.hyp[1] <= len(found[0].text)
    (scores,) = translator.score([text], [found[0].text], "en", "ru")
    assert len(scores.tokens) == len(scores.offsets) == len(scores.logprobs)
    assert "".join(found[0].text[a:b] for a, b in scores.offsets).replace(" ", "") == found[0].text.replace(" ", "")


def test_a_hypothesis_that_does_not_end_says_so(folder: Path) -> None:
    translator = NeuralTranslator(folder, dtype="float32", decoding=Decoding(ratio=0.0, spare=3))
    translator.batcher.end_at_limit = False
    assert not translator.translate(["The sailor silence sees the guard."], "en", "ru")[0][0].finished


def test_signature_tells_what_numbers_depend_on(folder: Path, translator: NeuralTranslator) -> None:
    other = NeuralTranslator(folder, dtype="int8", decoding=Decoding(beams=2))
    name, dtype, tokens, decoding = translator.signature.split("|")[:4]
    assert name.startswith("made-up@")
    assert dtype == "float32"
    assert tokens.startswith("tok:")
    assert decoding.startswith("beam4-lp1")
    assert other.signature.split("|")[0] == name
    assert other.signature != translator.signature


def test_stream_reads_no_further_than_its_window(translator: NeuralTranslator, pairs: list[tongue.Pair]) -> None:
    read: list[int] = []

    def feed() -> Any:
        for number, pair in enumerate(pairs[:30]):
            read.append(number)
            yield number, pair[0]

    stream = translate_stream(translator, feed(), "en", "ru", window=10)
    key, first = next(stream)
    assert key == 0
    assert len(read) == 10
    rest = [hypotheses for _, hypotheses in stream]
    assert [first, *rest] == translator.translate([pair[0] for pair in pairs[:30]], "en", "ru")


def test_memory_that_runs_out_halves_the_batch(
    folder: Path, translator: NeuralTranslator, pairs: list[tongue.Pair]
) -> None:
    texts = [pair[0] for pair in pairs[:24]]
    small = NeuralTranslator(folder, dtype="float32", workers=1, budget=4096)
    real, sizes = small.batcher.translate, []

    def scarce(jobs: Any, *rest: Any) -> None:
        sizes.append(len(jobs))
        if len(jobs) > 5:
            raise RuntimeError("CUDA out of memory. Tried to allocate")
        real(jobs, *rest)

    small.batcher.translate = scarce  # type: ignore[method-assign, assignment]
    assert small.translate(texts, "en", "ru") == translator.translate(texts, "en", "ru")
    assert sizes[0] == 24
    assert small.device.budget < 4096, "the next call begins with the smaller budget"


def test_unknown_device_and_dtype(folder: Path) -> None:
    with pytest.raises(TishinaError, match="no such device"):
        NeuralTranslator(folder, device="tpu").translate(["x"], "en", "ru")
    with pytest.raises(TishinaError, match="not possible on cpu"):
        NeuralTranslator(folder, device="cpu", dtype="int3").translate(["x"], "en", "ru")


def test_broken_folders(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(TishinaError, match="no model here"):
        NeuralTranslator(tmp_path).translate(["x"], "en", "ru")
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    with pytest.raises(TishinaError, match="cannot be loaded") as caught:
        NeuralTranslator(tmp_path).translate(["x"], "en", "ru")
    assert "models verify" in str(caught.value)
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(TishinaError):
        NeuralTranslator(tmp_path).translate(["x"], "en", "ru")
