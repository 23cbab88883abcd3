"""Which translator a run uses for an article, opened when the first sentence needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.config import Config
from qa.errors import TishinaError
from qa.translator.opening import open_translator
from qa.translator.registry import find_model, list_models
from qa.translator.types import Hypothesis, TokenScores, Translator


@dataclass
class Late:
    """A translator that loads its model when it is first asked."""

    src_lang: str
    tgt_lang: str
    model: str | None
    device: str
    _opened: Translator | None = None

    @property
    def opened(self) -> Translator:
        if self._opened is None:
            self._opened = open_translator(self.src_lang, self.tgt_lang, model=self.model, device=self.device)
        return self._opened

    @property
    def signature(self) -> str:
        return self.opened.signature

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        return self.opened.translate(texts, src_lang, tgt_lang, n_best) if texts else []

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        return self.opened.score(src, tgt, src_lang, tgt_lang) if src else []


@dataclass
class BackTranslation:
    """The translators of a run, one a language pair."""

    config: Config
    _pairs: dict[tuple[str, str], Translator | None] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """The models that the run may ask, as name@revision."""
        if self.config.neural == "off":
            return "none"
        if self.config.model:
            return self.config.model
        return ",".join(f"{m.name}@{m.revision[:8]}" for m in list_models()) or "none"

    def translator(self, target: str, source: str | None) -> Translator | None:
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

    def _open(self, target: str, source: str) -> Translator | None:
        if self.config.model is None and find_model(target, source) is None:
            if self.config.neural == "on":
                raise TishinaError(
                    f"{target}-{source}",
                    "no translation model for this pair is at hand",
                    "get one with `tishina models add`, or use --neural auto",
                )
            return None
        return Late(target, source, self.config.model, self.config.device)
