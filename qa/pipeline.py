"""One article's way: layers → source language → checks → merge → score → report.

Many articles are a stream: read one by one, checked in order, in as many processes as
asked for, with a bounded number on the way, so that memory does not grow with the feed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

from qa import __version__
from qa.adequacy import measure
from qa.backtranslation import BackTranslation, Overheard
from qa.check import Check, Kit, Raised, findings, run
from qa.checks import CHECKS, TITLE_CHECKS
from qa.config import Config, override
from qa.document import Document
from qa.errors import TishinaError
from qa.glossary import Matcher, load_matcher, places, roundtrip
from qa.glossary.dictionary import tables
from qa.glossary.literal import Anticipation, anticipation
from qa.language import base
from qa.merge import merge
from qa.schema import Article, Cascade, Finding, Report
from qa.scoring import score as score_findings
from qa.scoring import verdict
from qa.source_language import infer
from qa.text import words

T = TypeVar("T")
CHUNK = 16  # articles that go to another process at once
WINDOW = 64  # articles whose sentences are back-translated together
RANK = {name: place for place, name in enumerate(CHECKS)}


def score(
    text: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    source: str | None = None,
    title: str | None = None,
    id: str = "text",
    **options: Any,
) -> Report:
    """Checks and scores one text.

    `source_lang` and `target_lang` are BCP 47 tags (detected or inferred where missing),
    `source` the original text, `options` keys of `qa.Config` (`neural="off"`,
    `glossaries=["house.csv"]` …).

    Raises:
        TishinaError: an option is unknown, or a glossary or model cannot be read.
    """
    article = Article(id, text, title=title, source_lang=source_lang, target_lang=target_lang, source=source)
    return Checker(override(Config(), options, "option")).check(article)


class Checker:
    """Checks articles under one configuration; glossary and model are loaded once."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._anticipations: dict[tuple[str, str | None], Anticipation | None] = {}
        unknown = {*self.config.select, *self.config.ignore, *self.config.severities} - set(CHECKS)
        if unknown:
            names = ", ".join(sorted(unknown))
            raise TishinaError("rules", f"no rule is called {names}", "see `tishina rules`")

    @cached_property
    def checks(self) -> dict[str, Check]:
        """The rules that run, by name, in the order of the table."""
        chosen = self.config.select or tuple(CHECKS)
        return {n: c for n, c in CHECKS.items() if n in chosen and n not in self.config.ignore}

    @cached_property
    def matcher(self) -> Matcher:
        return load_matcher(self.config.glossaries, self.config.builtin_glossary)

    @cached_property
    def back_translation(self) -> BackTranslation:
        return BackTranslation(self.config)

    @cached_property
    def signature(self) -> str:
        """Everything that the numbers depend on, in sacrebleu's manner."""
        c = self.config
        weights = "/".join(f"{c.weights[s]:g}" for s in ("neutral", "minor", "major", "critical"))
        changed = ",".join(f"{rule}={level}" for rule, level in sorted(c.severities.items()))
        rules = "all" if len(self.checks) == len(CHECKS) else ",".join(self.checks)
        parts = {
            "tishina": __version__,
            "rules": f"{rules}({len(self.checks)})" + (f"[{changed}]" if changed else ""),
            "glossary": self.matcher.digest,
            "words": tables(),
            "model": self.back_translation.signature,
            "mqm": f"w{weights},repeat{c.repeat:g},pt{c.threshold:g},app{c.acceptable:g},min{c.min_words}",
        }
        return "|".join(f"{key}:{value}" for key, value in parts.items())

    def check(self, article: Article) -> Report:
        """The report of one article; a failure inside is the report's `error`, never raised."""
        return next(self._check_window([article]))

    def check_many(self, articles: Iterable[Article], jobs: int = 1) -> Iterator[Report]:
        """Reports in the order of `articles`, which may be endless; `jobs` processes for the rules.

        Where a model back-translates, the sentences that need it go to it from a window of
        articles at once, from this process.
        """
        stream = iter(articles)
        if jobs <= 1:
            size = 1 if self.config.neural == "off" else WINDOW
            while window := list(islice(stream, size)):
                yield from self._check_window(window)
            return
        with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (self.config,)) as pool:
            waiting: deque[Future[list[Report]]] = deque()
            while chunk := list(islice(stream, CHUNK)):
                waiting.append(pool.submit(_check_chunk, chunk))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            for future in waiting:
                yield from future.result()

    def _check_window(self, articles: Sequence[Article]) -> Iterator[Report]:
        """Reports of some articles, whose candidate sentences are back-translated in one go."""
        self.back_translation.begin()
        prepared = [self._guarded(article, self._prepare, article) for article in articles]
        self._fill_cache([p for p in prepared if not isinstance(p, Report)])
        for article, ready in zip(articles, prepared, strict=True):
            yield ready if isinstance(ready, Report) else self._guarded(article, self._finish, *ready)

    def _guarded(self, article: Article, work: Callable[..., T], *args: Any) -> T | Report:
        """The result of some work on an article; what goes wrong inside becomes its report."""
        if article.error is not None:
            return Report(article.id, article.path, notes=article.notes, error=article.error, signature=self.signature)
        try:
            return work(*args)
        except TishinaError:
            raise
        except Exception as error:  # one article must not stop a feed of thousands
            what = f"internal error in this article ({type(error).__name__}: {error}); please report it"
            return Report(article.id, article.path, error=what, signature=self.signature)

    def _prepare(self, article: Article) -> tuple[Document, Kit, str]:
        """The article's layers, its source language and what checks lean on."""
        doc, kit = Document(article), Kit(self.config, self.matcher)
        tag, basis = infer(doc, kit)
        lang = base(tag)
        late = self.back_translation.translator(doc.lang, lang)
        words = self._words(doc.lang, lang) if {"literal-name", "term-not-used"} & set(self.checks) else None
        return doc, replace(kit, source_lang=lang, translator=late and Overheard(late), words=words), basis

    def _words(self, target: str, source: str | None) -> Anticipation | None:
        """What knows the words of a language pair; None where no table does."""
        if (target, source) not in self._anticipations:
            self._anticipations[target, source] = anticipation(self.matcher, target, source)
        return self._anticipations[target, source]

    def _fill_cache(self, prepared: Sequence[tuple[Document, Kit, str]]) -> None:
        """Back-translates what the articles will ask for, pair by pair, in one batch each."""
        if len(prepared) < 2 or "literal-name" not in self.checks:
            return
        groups: dict[tuple[str, str], list[str]] = {}
        for doc, kit, _ in prepared:
            if kit.source_lang and kit.translator:
                wanted = roundtrip.wanted(doc, self.matcher, kit.words)
                groups.setdefault((doc.lang, kit.source_lang), []).extend(wanted)
        for (target, source), texts in groups.items():
            if late := self.back_translation.translator(target, source):
                late.translate(list(dict.fromkeys(texts)), target, source, roundtrip.ALONE)

    def _finish(self, doc: Document, kit: Kit, basis: str) -> Report:
        article, title = doc.article, self._title(doc.article)
        found = [*self._title_findings(title, kit), *self._findings(doc, kit, self.checks)]
        figures = score_findings(found, words(article.text) + words(article.title or ""), self.config)
        passed, reasons = verdict(found, figures, self.config)
        adequacy = measure(doc, kit.translator, kit.source_lang)
        return Report(
            article.id,
            article.path,
            text=article.text,
            source_lang=article.source_lang or kit.source_lang,
            source_lang_basis=basis,
            target_lang=None if doc.locale == "und" else doc.locale,
            segments=len(doc.sentences),
            score=figures,
            passed=passed,
            reasons=reasons,
            findings=tuple(found),
            adequacy=adequacy.as_dict() if adequacy else None,
            cascade=self._cascade(kit, [doc, title] if title else [doc]),
            notes=(*article.notes, *self._missing_model(doc, kit)),
            signature=self.signature,
        )

    @staticmethod
    def _cascade(kit: Kit, docs: Sequence[Document]) -> Cascade | None:
        """How few sentences a model had to read; None where there is no model."""
        return kit.translator.cascade(docs) if isinstance(kit.translator, Overheard) else None

    def _missing_model(self, doc: Document, kit: Kit) -> tuple[str, ...]:
        """A note where back-translation would have had something to say and there was no model for it."""
        if (
            self.config.neural == "off"
            or kit.translator
            or not kit.source_lang
            or not places.named_places(doc, self.matcher)
        ):
            return ()
        return (f"no model translates {doc.lang} to {kit.source_lang}; names were not back-translated",)

    @staticmethod
    def _title(article: Article) -> Document | None:
        """A title of its own field, as a text in the article's language."""
        if not article.title:
            return None
        lang = article.target_lang or Document(article).locale
        return Document(replace(article, text=article.title, title="", target_lang=lang, ignored=()))

    def _title_findings(self, title: Document | None, kit: Kit) -> list[Finding]:
        """What the rules about characters and names find in a title."""
        chosen = {name: check for name, check in self.checks.items() if name in TITLE_CHECKS}
        return self._findings(title, kit, chosen, "title") if title else []

    @staticmethod
    def _findings(doc: Document, kit: Kit, checks: dict[str, Check], field: str = "body") -> list[Finding]:
        raised: Sequence[Raised] = [hit for name, check in checks.items() for hit in run(name, check, doc, kit)]
        return list(findings(merge(raised, doc.text, RANK), doc, field))


_worker: Checker | None = None


def _start_worker(config: Config) -> None:
    global _worker
    _worker = Checker(config)


def _check_chunk(chunk: list[Article]) -> list[Report]:
    assert _worker is not None
    return [_worker.check(article) for article in chunk]
