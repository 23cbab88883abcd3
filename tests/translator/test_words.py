"""Where pieces and words lie; codes of languages; splitting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.translator import languages, splitting
from qa.translator.types import Hypothesis, Link
from qa.translator.words import links, offsets, spans_of


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("Anna sees.", ["▁An", "na", "▁see", "s", "."], [(0, 2), (2, 4), (5, 8), (8, 9), (9, 10)]),
        ("a  b", ["▁a", "▁b"], [(0, 1), (3, 4)]),
        ("x ½ y", ["▁x", "▁1⁄2", "▁y"], [(0, 1), (2, 3), (4, 5)]),  # normalised to three characters
        ("x 𓀀 y", ["▁x", "▁", "<unk>", "▁y"], [(0, 1), (1, 4), (1, 4), (4, 5)]),
        ("", [], []),
    ],
)
def test_offsets(text: str, pieces: list[str], expected: list[tuple[int, int]]) -> None:
    found = offsets(text, ["" if piece == "<unk>" else piece for piece in pieces])
    assert len(found) == len(expected)
    for (left, right), wanted in zip(found, expected, strict=True):
        assert (left, right) == wanted or not text[left:right].strip(text[wanted[0] : wanted[1]] + " ")


@given(st.text(alphabet="abc XYé½日本。,.—", max_size=40), st.lists(st.integers(1, 5), max_size=20))
def test_offsets_of_any_cut_lie_in_the_text(text: str, cuts: list[int]) -> None:
    spelt = text.replace(" ", "▁")
    pieces = []
    for size in cuts:
        pieces.append(spelt[:size])
        spelt = spelt[size:]
    pieces.append(spelt)
    found = offsets(text, pieces)
    assert all(0 <= left <= right <= len(text) for left, right in found)
    assert [left for left, _ in found] == sorted(left for left, _ in found)


def test_words_of_several_scripts() -> None:
    text = "Anna's well-known 東京, да."
    assert [text[a:b] for a, b in spans_of(text)] == ["Anna's", "well-known", "東", "京", ",", "да", "."]


def test_links_take_the_best_and_what_is_nearly_as_good() -> None:
    found = links("ab", [(0, 2)], "x y z", [(0, 1), (2, 3), (4, 5)], [[0.5, 0.3, 0.2]])
    assert found == (Link((0, 2), (0, 1), 0.5), Link((0, 2), (2, 3), 0.3))


@pytest.mark.parametrize(
    ("tag", "nllb", "m2m"),
    [("ru", "rus_Cyrl", "ru"), ("en-GB", "eng_Latn", "en"), ("zh-TW", "zho_Hant", ""), ("zh", "zho_Hans", "zh"),
     ("uk_UA", "ukr_Cyrl", "uk"), ("rus", "rus_Cyrl", "ru")],
)  # fmt: skip
def test_codes(tag: str, nllb: str, m2m: str) -> None:
    codes = languages.find(tag)
    assert codes is not None
    assert (codes.nllb, codes.m2m100) == (nllb, m2m)


def test_unknown_and_marian_codes() -> None:
    assert languages.find("tlh") is None
    assert languages.marian_tag("ru", {">>rus<<", ">>ukr<<"}) == ">>rus<<"
    assert languages.marian_tag("zh", {">>cmn_Hans<<", ">>cmn_Hant<<"}) == ">>cmn_Hans<<"
    assert languages.marian_tag("pt-BR", {">>pt_BR<<"}) == ">>pt_BR<<"
    assert languages.marian_tag("de", {">>fra<<"}) is None


@given(st.text(alphabet="ab c.,;\n", max_size=120), st.integers(1, 12))
def test_splitting_loses_nothing(text: str, longest: int) -> None:
    parts = splitting.split(text, longest, len)
    assert "".join(part for _, part in parts) == text
    assert all(text[at : at + len(part)] == part for at, part in parts)
    assert all(len(part) <= longest for _, part in parts)


def test_splitting_prefers_sentences() -> None:
    text = "One two three. Four five, six seven. Eight."
    assert [part for _, part in splitting.split(text, 22, len)] == [
        "One two three. ",
        "Four five, six seven. ",
        "Eight.",
    ]


def test_joining_keeps_the_best_sums() -> None:
    def said(text: str, score: float) -> Hypothesis:
        return Hypothesis(text, (text,), (score,), (Link((0, 1), (0, 1), 1.0),))

    parts = [(0, [said("a", -1.0), said("b", -1.5)]), (10, [said("c", -2.0), said("d", -2.1)])]
    joined = splitting.join(parts, 3, " ")
    assert [(h.text, h.score) for h in joined] == [("a c", -3.0), ("a d", -3.1), ("b c", -3.5)]
    assert joined[0].alignment[1] == Link((2, 3), (10, 11), 1.0)
