"""What holds for any text at all."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.reports.json_report import whole

CHECKER = qa.Checker(qa.Config(neural="off"))
PIECES = st.sampled_from(
    ["«", "»", "„", "“", "..", "&# 160;", "&quot", " ,", "Newbie", "nerve agent ", "Sailor silence", "\n\n", "\r\n", " ", "the the ",
     "Other news", "FBK ", "Anti-Corruption Foundation ", "Alexei Navalny ", "Alexey Navalny ", "Mоscow ", "2,5 percent ",
     "20.03.2021 ", "Москва", "(", ")", "%20", "a", "B", ". ", "oppositionists ", "\ud800", "\x00", "\u202e", "é", "中", "。", "1"]
)  # fmt: skip
TEXTS = st.one_of(st.text(alphabet=st.characters(), max_size=300), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([None, "en", "de", "fr", "ru", "zh"]))
def test_spans_are_exact_and_apart(text: str, lang: str | None) -> None:
    report = CHECKER.check(qa.Article("x", text, target_lang=lang))
    assert report.error is None
    end = 0
    for finding in report.findings:
        assert finding.text == text[finding.start : finding.end]
        assert finding.start < finding.end
        assert finding.start >= end
        assert finding.text not in finding.suggestions
        end = finding.end
    assert len({f.fingerprint for f in report.findings}) == len(report.findings)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_same_text_same_json(text: str) -> None:
    article = qa.Article("x", text)
    first, second = ("".join(whole([CHECKER.check(article)], CHECKER.signature)) for _ in range(2))
    assert first == second
    json.loads(first.encode("utf-8", "backslashreplace"))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_many_come_in_order(texts: list[str]) -> None:
    articles = [qa.Article(str(n), text) for n, text in enumerate(texts)]
    assert [r.id for r in CHECKER.check_many(articles)] == [a.id for a in articles]


def test_ten_megabytes_on_one_line() -> None:
    for text in ("x" * 10_000_000, "«" * 1_000_000, "«a» " * 5_000, "The two sides met, and left. " * 5_000):
        assert CHECKER.check(qa.Article("x", text, target_lang="en")).error is None
