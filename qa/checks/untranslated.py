"""Text left in the source language.

A sentence in another language than the article's, or a word in a script that the
article's readers do not read. Quotations, and originals given in brackets or beside
their translation, are left alone.

Flagged:
    [en] The court adjourned on Monday. Суд отложил заседание до пятницы. The hearing goes on. => ?
    [en] The court in Басманный district adjourned on Monday. => ?
    [en] The talks ended late on Monday evening. Les deux parties se sont mises d'accord sur une nouvelle réunion dans la ville. => ?
    [ru] Суд отложил заседание. The hearing will be resumed on Friday after the judge has read it. => ?

Clean:
    [en] The prison (Матросская тишина) stands in Moscow; “Тишина” means silence.
    [ru] Компания Apple показала iPhone 15 Pro Max.
    [en] He founded Médecins Sans Frontières and sang “La vie en rose est dans le cœur de la France”.
    [zh] 苹果公司发布了 iPhone 15 Pro Max。
    [en] The word тишина means silence in Russian.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from qa.check import Kit
from qa.document import Document, Token
from qa.language import BY_SCRIPT, function_words
from qa.schema import Hit, Severity, Span
from qa.text import script_of

CATEGORY = "accuracy/untranslated"
SEVERITY = Severity.MAJOR
CONFIDENCE = 0.92

MIN_WORDS = 6
MIN_SHARE = 0.25
LANG_SCRIPTS = {"Cyrillic": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"}, "Arabic": {"ar", "fa", "ur", "ps"},
                "Han": {"zh", "ja", "ko"}, **{script: {lang} for script, lang in BY_SCRIPT.items()}}  # fmt: skip
FOREIGN_RE = re.compile(
    r"[\u0370-\u1cff\u1f00-\u1fff\u2de0-\u2dff\u3040-\ua69f\uac00-\ud7af\uf900-\ufdff\ufe70-\ufeff]"
)
OPENING, CLOSING = "([“\"«„‘'「《", ")]”\"»“’'」》"
BESIDE_RE = re.compile(
    r"(?:word|term|letters?|called|known as|name|means?|Russian|Ukrainian|Arabic|Chinese|Greek|Hebrew|Japanese|Korean|"
    r"Persian|Bulgarian|Serbian|script|Cyrillic|spelled|spelt|hashtag|or|lit\.|[:/=–—#@])\W*$",
    re.I,
)


def find(doc: Document, kit: Kit) -> Iterator[Hit]:
    if doc.lang == "und":
        return
    yield from _foreign_script(doc)
    yield from _foreign_sentences(doc)


def _foreign_script(doc: Document) -> Iterator[Hit]:
    """Runs of words in a script that the target language is not written in."""
    if not FOREIGN_RE.search(doc.text) or any(doc.lang in langs for langs in LANG_SCRIPTS.values()):
        return
    for run in _runs(doc):
        span = Span(run[0].start, run[-1].end)
        if not _is_quoted(doc, span) and sum(len(t.text) for t in run) > 1:
            text = span.of(doc.text)
            yield Hit(span.start, span.end, f"“{text[:60]}” was left in the source’s script.", cause=text.casefold())


def _runs(doc: Document) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in doc.tokens:
        foreign = all(script_of(c) in LANG_SCRIPTS for c in token.text if c.isalpha()) and token.text[0].isalpha()
        if run and (not foreign or "\n" in doc.text[run[-1].end : token.start]):
            yield run
            run = []
        if foreign:
            run.append(token)
    if run:
        yield run


def _is_quoted(doc: Document, span: Span) -> bool:
    """Given as an original: in brackets, in quotation marks, or named as a word."""
    sentence = doc.sentence_at(span.start)
    before, after = doc.text[sentence.start : span.start], doc.text[span.end : sentence.end]
    opened = any(before.count(o) > before.count(c) for o, c in zip("([“«„「《", ")]”»“」》", strict=True))
    straight = before.count('"') % 2 == 1
    return opened or straight or bool(BESIDE_RE.search(before[-25:])) or after.lstrip()[:1] in ("(", "[")


def _foreign_sentences(doc: Document) -> Iterator[Hit]:
    """Sentences whose small words are those of another language in Latin script."""
    table = function_words()
    own = own_words(doc.lang)
    for sentence in doc.sentences:
        first, last = doc.place_of(sentence)
        words = doc.words[first:last]
        if len(words) < MIN_WORDS or sum(w in own for w in words) * 2.5 > max(3, MIN_SHARE * len(words)):
            continue
        votes = Counter(lang for word in words for lang in table.get(word, ()))
        lang, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]), default=("", 0))
        wanted = max(3, MIN_SHARE * len(words), 2.5 * votes[doc.lang])
        if lang != doc.lang and count >= wanted and not _is_quotation(doc, sentence):
            yield Hit(
                sentence.start, sentence.end, "This sentence was left in another language.", evidence={"language": lang},
                cause=lang,
            )  # fmt: skip


@cache
def own_words(lang: str) -> frozenset[str]:
    return frozenset(word for word, langs in function_words().items() if lang in langs)


def _is_quotation(doc: Document, sentence: Span) -> bool:
    text = sentence.of(doc.text)
    return text[0] in OPENING or text[-1] in CLOSING or any(mark in text for mark in '“«„"')
