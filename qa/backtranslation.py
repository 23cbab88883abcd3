"""Which translator a run uses for an article, opened when the first sentence needs it, and how few did."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.config import Config
from qa.document import Document
from qa.errors import TishinaError
from qa.schema import Cascade
from qa.translator.opening import open_translator
from qa.translator.registry import find_model, list_models
from qa.translator.types import Hypothesis, TokenScores, Translator


@dataclass
class Late:
    """A translator that loads its model when it is first asked; `fresh` are texts that its cache did not have."""

    src_lang: str
    tgt_lang: str
    model: str | None
    device: str
    fresh: set[str] = field(default_factory=set)
    _opened: Translator | None = None

    @property
    def opened(self) -> Translator:
        if self._opened is None:
            self._opened = open_translator(
                self.src_lang, self.tgt_lang, model=self.model, device=self.device, on_miss=self.fresh.update
            )
        return self._opened

    @property
    def signature(self) -> str:
        return self.opened.signature

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        return self.opened.translate(texts, src_lang, tgt_lang, n_best) if texts else []

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        return self.opened.score(src, tgt, src_lang, tgt_lang) if src else []


@dataclass
class Overheard:
    """The translator as one article asks it: what it was asked about is noted."""

    late: Late
    asked: set[str] = field(default_factory=set)

    @property
    def signature(self) -> str:
        return self.late.signature

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        self.asked.update(texts)
        return self.late.translate(texts, src_lang, tgt_lang, n_best)

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        self.asked.update(src)
        return self.late.score(src, tgt, src_lang, tgt_lang)

    def cascade(self, docs: Iterable[Document]) -> Cascade:
        """The sentences of body and title that were asked about: whole, a name in them, or their segment.

        One that the model has translated for several articles counts as translated once.
        """
        return sum(map(self._cascade, docs), Cascade())

    def _cascade(self, doc: Document) -> Cascade:
        ends = [sentence.end for sentence in doc.sentences]
        asked, translated = set[int](), set[int]()
        for span in dict.fromkeys([*doc.sentences, *(span for _, span in doc.article.pairs)]):
            text = span.of(doc.text)
            parts = {part for part in self.asked if part == text or part in text.lower()}  # a name is asked in small
            inside = range(bisect_right(ends, span.start), bisect_left(doc.sentence_starts, span.end))
            if parts:
                asked.update(inside)
            if parts & self.late.fresh:
                self.late.fresh -= parts
                translated.update(inside)
        return Cascade(len(ends), len(asked), len(translated))


@dataclass
class BackTranslation:
    """The translators of a run, one a language pair."""

    config: Config
    _pairs: dict[tuple[str, str], Late | None] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """The models that the run may ask, as name@revision."""
        if self.config.neural == "off":
            return "none"
        if self.config.model:
            return self.config.model
        return ",".join(f"{m.name}@{m.revision[:8]}" for m in list_models() if m.kind == "translation") or "none"

    def begin(self) -> None:
        """Forgets what was fresh, so that a feed does not pile it up."""
        for late in filter(None, self._pairs.values()):
            late.fresh.clear()

    def translator(self, target: str, source: str | None) -> Late | None:
        """From the article's language into that of its source; None where no model is at hand.

        Raises:
            TishinaError: the configuration demands a model and there is none.
        """
        if self.config.neural == "off" or source is None or target == "und":
            return None
        pair = (target, source)
        if pair not in self._pairs:
            self._pairs[pair] = self._open(*pair)
        return self._pairs[pair]

    def _open(self, target: str, source: str) -> Late | None:
        if self.config.model is None and find_model(target, source) is None:
            if self.config.neural == "on":
                raise TishinaError(
                    f"{target}-{source}",
                    "no translation model for this pair is at hand",
                    "get one with `tishina models add`, or use --neural auto",
                )
            return None
        return Late(target, source, self.config.model, self.config.device)
