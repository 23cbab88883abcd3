"""The lean network and search against transformers' own, for every family."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.errors import TishinaError
from qa.translator import NeuralTranslator, nmtscore_direct
from qa.translator.beam import BeamSearch, Rules
from qa.translator.engine import network
from qa.translator.forced import pad
from qa.translator.head import Head, best_of, greatest
from qa.translator.loading import through_transformers
from qa.translator.types import Decoding

from . import tongue

TEXTS = [pair[0] for pair in tongue.corpus(8, seed=42)]
FAMILIES = ("marian", "nllb", "m2m100", "small100", "mbart50", "madlad")


@pytest.fixture(scope="module")
def own(tiny: dict[str, Path]) -> dict[str, Any]:
    """transformers' own models, by family."""
    return {name: through_transformers(path, "cpu", "float32")[0] for name, path in tiny.items()}


def prepared(translator: NeuralTranslator, texts: list[str]) -> tuple[Any, Any, Any]:
    """Route, ids and mask of some texts."""
    way = translator._route("en", "ru")
    ids, mask = pad([translator._source(text, way) for text in texts], translator.batcher.fill, "cpu")
    return way, ids, mask


def generated(model: Any, way: Any, ids: Any, mask: Any, **options: Any) -> list[list[list[int]]]:
    """What transformers' `generate` writes after the start token."""
    forced = {"forced_bos_token_id": way.prompt[1]} if len(way.prompt) > 1 else {}
    out = model.generate(input_ids=ids, attention_mask=mask.long(), decoder_start_token_id=way.prompt[0],
                         num_return_sequences=options["num_beams"], **forced, **options)  # fmt: skip
    rows = [[int(t) for t in row[1:]] for row in out]
    each = options["num_beams"]
    return [rows[i : i + each] for i in range(0, len(rows), each)]


def ended(ids: list[int], eos: int) -> list[int]:
    """Ids up to the end mark; what `generate` fills up with comes after it."""
    return ids[: ids.index(eos) + 1] if eos in ids else ids


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(
    ("beams", "penalty", "early", "once"),
    [
        (4, 1.0, False, 0),
        (1, 1.0, False, 0),
        (3, 0.6, True, 0),
        (4, 2.0, False, 3),
        (3, 1.0, False, 1),
        (2, 1.0, True, 2),
    ],
)
def test_search_equals_generate(
    opened: dict[str, Any], own: dict[str, Any], name: str, beams: int, penalty: float, early: bool, once: int
) -> None:
    import torch

    translator = opened[name]
    model, batcher = own[name], translator.batcher
    way, ids, mask = prepared(translator, TEXTS)
    longest = 20
    with torch.inference_mode():
        theirs = generated(model, way, ids, mask, num_beams=beams, length_penalty=penalty, early_stopping=early,
                           no_repeat_ngram_size=once, max_length=longest + 1, do_sample=False)  # fmt: skip
        rules = Rules(way.prompt, batcher.eos, batcher.banned, batcher.end_at_limit)
        search = BeamSearch(batcher.searcher, batcher.searcher.encode(ids, mask), [longest] * len(TEXTS), rules,
                            Decoding(beams, penalty, early, no_repeat_ngram_size=once))  # fmt: skip
        mine = search.run()
    for one, other in zip(mine, theirs, strict=True):
        assert ended(one[0].ids, batcher.eos) == ended(other[0], batcher.eos)
        assert len(one) == beams
        for found in one if once else ():
            grams = list(zip(*(found.ids[at:] for at in range(once)), strict=False))
            assert len(grams) == len(set(grams))


@pytest.mark.parametrize("name", FAMILIES)
def test_scores_equal_the_models_own(opened: dict[str, Any], own: dict[str, Any], name: str) -> None:
    import torch

    translator = opened[name]
    target = "Matrosa vidit turmu."
    (scores,) = translator.score([TEXTS[0]], [target], "en", "ru")
    way, ids, mask = prepared(translator, TEXTS[:1])
    wanted = [*way.prompt[1:], *translator._target(target), translator.batcher.eos]
    inputs = torch.tensor([[way.prompt[0], *wanted[:-1]]])
    with torch.inference_mode():
        logits = own[name](input_ids=ids, attention_mask=mask.long(), decoder_input_ids=inputs).logits
    theirs = logits.float().log_softmax(-1)[0].gather(1, torch.tensor(wanted)[:, None])[:, 0].tolist()
    assert scores.logprobs == pytest.approx(theirs[len(way.prompt) - 1 :], abs=2e-3)
    assert all(best >= p for p, best in zip(scores.logprobs, scores.favourites, strict=True))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_loads_and_knows_its_languages(opened: dict[str, Any], name: str) -> None:
    translator = opened[name]
    assert translator.loaded.family.name == name
    (found,) = translator.translate(["The sailor sees the prison."], "en", "ru", n_best=2)
    assert len(found) == 2
    assert found[0].score / len(found[0].tokens) >= found[1].score / len(found[1].tokens)
    with pytest.raises(TishinaError, match="does not know the language"):
        translator.translate(["The sailor sees the prison."], "en", "tlh")


@pytest.mark.parametrize("name", FAMILIES)
def test_a_batch_changes_nothing(opened: dict[str, Any], name: str) -> None:
    together = opened[name].translate(TEXTS, "en", "ru")
    alone = [opened[name].translate([text], "en", "ru")[0] for text in TEXTS]
    assert [[h.text for h in one] for one in together] == [[h.text for h in one] for one in alone]


def test_nmtscore_needs_a_multilingual_model(opened: dict[str, Any]) -> None:
    assert len(nmtscore_direct(opened["m2m100"], TEXTS[:2], TEXTS[2:4], "en", "ru")) == 2
    with pytest.raises(TishinaError, match="from a language to itself"):
        nmtscore_direct(opened["marian"], TEXTS[:1], TEXTS[:1], "en", "ru")


def test_the_greatest_are_found() -> None:
    import torch

    torch.manual_seed(0)
    logits = torch.randn(5, 4100)
    values, places = greatest(logits, 8)
    wanted = logits.topk(8)
    assert torch.equal(values, wanted.values)
    assert torch.equal(places, wanted.indices)


def test_blocks_of_the_vocabulary_give_the_whole_softmax() -> None:
    import torch

    torch.manual_seed(0)
    weight, bias, states = torch.randn(9001, 32), torch.randn(9001), torch.randn(7, 32)
    head, logits = Head(weight, bias, "float32"), states @ weight.T + bias
    values, tokens = head.best(states, 8)
    wanted, places = best_of(logits, 8)
    assert torch.equal(tokens, places)
    assert torch.allclose(values, wanted, atol=1e-4)
    labels = torch.tensor([0, 9000, 4096, 4095, 8191, 1, 2])
    given, top = head.judge(states, labels)
    own = logits.log_softmax(-1)
    assert torch.allclose(given, own.gather(1, labels[:, None])[:, 0], atol=1e-4)
    assert torch.allclose(top, own.amax(-1), atol=1e-4)
    never, _ = head.judge(states, torch.full((7,), 9001))
    assert (never < -1e8).all()


def test_int8_rows_do_not_see_each_other(folder: Path) -> None:
    import torch

    translator = NeuralTranslator(folder, dtype="int8")
    lean, reader = network(translator.loaded.model, "int8"), translator.batcher.exact
    way, ids, mask = prepared(translator, TEXTS)
    with torch.inference_mode():
        fed = torch.full((len(TEXTS),), way.prompt[0])
        whole = lean.step(lean.open(reader.encode(ids, mask)), fed)
        part = lean.step(lean.open(reader.encode(ids[2:4], mask[2:4])), fed[:2])
    assert torch.equal(whole[2:4], part)
