"""One article's way: layers → source language → checks → merge → score → report.

Many articles are a stream: read one by one, checked in order, in as many processes as
asked for, with a bounded number on the way, so that memory does not grow with the feed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from typing import Any

from qa import __version__
from qa.check import Check, Kit, Raised, findings, run
from qa.checks import CHECKS, TITLE_CHECKS
from qa.config import Config, override
from qa.document import Document
from qa.errors import TishinaError
from qa.glossary import Matcher, load_matcher
from qa.merge import merge
from qa.schema import Article, Finding, Report
from qa.scoring import score as score_findings
from qa.scoring import verdict
from qa.source_language import infer
from qa.text import words

CHUNK = 16
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
            "model": "none",
            "mqm": f"w{weights},repeat{c.repeat:g},pt{c.threshold:g},app{c.acceptable:g},min{c.min_words}",
        }
        return "|".join(f"{key}:{value}" for key, value in parts.items())

    def check(self, article: Article) -> Report:
        """The report of one article; a failure inside is the report's `error`, never raised."""
        if article.error is not None:
            return Report(article.id, article.path, notes=article.notes, error=article.error, signature=self.signature)
        try:
            return self._check(article)
        except TishinaError:
            raise
        except Exception as error:  # one article must not stop a feed of thousands
            what = f"internal error in this article ({type(error).__name__}: {error}); please report it"
            return Report(article.id, article.path, error=what, signature=self.signature)

    def check_many(self, articles: Iterable[Article], jobs: int = 1) -> Iterator[Report]:
        """Reports in the order of `articles`, which may be endless; `jobs` processes."""
        if jobs <= 1:
            yield from map(self.check, articles)
            return
        with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (self.config,)) as pool:
            waiting: deque[Future[list[Report]]] = deque()
            stream = iter(articles)
            while chunk := list(islice(stream, CHUNK)):
                waiting.append(pool.submit(_check_chunk, chunk))
                if len(waiting) > 2 * jobs:
                    yield from waiting.popleft().result()
            for future in waiting:
                yield from future.result()

    def _check(self, article: Article) -> Report:
        doc = Document(article)
        kit = Kit(self.config, self.matcher)
        lang, basis = infer(doc, kit)
        kit = replace(kit, source_lang=lang)
        found = [*self._title_findings(article, kit), *self._findings(doc, kit, self.checks)]
        figures = score_findings(found, words(article.text) + words(article.title or ""), self.config)
        passed, reasons = verdict(found, figures, self.config)
        return Report(
            article.id,
            article.path,
            text=article.text,
            source_lang=lang,
            source_lang_basis=basis,
            target_lang=None if doc.locale == "und" else doc.locale,
            segments=len(doc.sentences),
            score=figures,
            passed=passed,
            reasons=reasons,
            findings=tuple(found),
            notes=article.notes,
            signature=self.signature,
        )

    def _title_findings(self, article: Article, kit: Kit) -> list[Finding]:
        """What the rules about characters and names find in a title of its own field."""
        if not article.title:
            return []
        chosen = {name: check for name, check in self.checks.items() if name in TITLE_CHECKS}
        lang = article.target_lang or Document(article).locale
        title = Document(replace(article, text=article.title, title="", target_lang=lang, ignored=()))
        return self._findings(title, kit, chosen, "title")

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
