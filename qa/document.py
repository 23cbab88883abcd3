"""An article with everything that rules ask of it, each layer computed once, when asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from qa.language import base, detect
from qa.schema import Article, Span
from qa.text import STOPS, TOKEN_RE, Lines, blocks, sentences

TITLE_MAX = 200


class Token(NamedTuple):
    """One word: offsets in the article and the text as it stands."""

    start: int
    end: int
    text: str


class Document:
    """The layers of one article. Sentences, blocks and tokens are in text order."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.text
        self.memo: dict[str, Any] = {}

    @cached_property
    def locale(self) -> str:
        """BCP 47 tag of the target language: as given, else as detected, else `und`."""
        return self.article.target_lang or detect(self.text[:4000]) or "und"

    @cached_property
    def lang(self) -> str:
        """The language of `locale`, without region."""
        return base(self.locale) or "und"

    @property
    def given_source_lang(self) -> str | None:
        return base(self.article.source_lang)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def blocks(self) -> list[Span]:
        """Paragraphs, headings and other lines that hold text, in order."""
        return [b for b in blocks(self.text) if not self.is_ignored(b)]

    @cached_property
    def title(self) -> Span | None:
        """The headline inside the text: a first line, not closed by a full stop, then a blank one."""
        if self.article.title is not None or len(self.blocks) < 2:
            return None
        first, second = self.blocks[0], self.blocks[1]
        gap = self.text[first.end : second.start].replace("\r\n", "\n").replace("\r", "\n")
        words = first.of(self.text)
        closed = (words[-1] in ".。" and not words.endswith("...")) or any(f"{stop} " in words for stop in ".。")
        return first if gap.count("\n") >= 2 and len(words) <= TITLE_MAX and not closed else None

    @cached_property
    def headline(self) -> str | None:
        """The headline's words, wherever it came from."""
        if self.article.title is not None:
            return self.article.title
        return self.title.of(self.text) if self.title else None

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of all blocks; a sentence never crosses a block."""
        return [
            Span(block.start + s.start, block.start + s.end)
            for block in self.blocks
            for s in sentences(block.of(self.text), self.lang)
        ]

    @cached_property
    def tokens(self) -> list[Token]:
        """Words in order; a hyphen splits, an inner apostrophe does not, an ideograph is a word."""
        new = tuple.__new__  # a third faster than Token(…), and there are many
        return [new(Token, (m.start(), m.end(), m.group())) for m in TOKEN_RE.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case."""
        return [t.text.lower() for t in self.tokens]

    def place_of(self, span: Span) -> tuple[int, int]:
        """Which tokens begin inside `span`: from the first to before the second number."""
        return bisect_left(self.token_starts, span.start), bisect_left(self.token_starts, span.end)

    @cached_property
    def token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that begin inside `span`."""
        first, last = self.place_of(span)
        return self.tokens[first:last]

    def sentence_at(self, offset: int) -> Span:
        """The sentence around an offset (the nearest one before it, between sentences)."""
        if not self.sentences:
            return Span(0, len(self.text))
        return self.sentences[max(bisect_right(self.sentence_starts, offset) - 1, 0)]

    def neighbours(self, sentence: Span, reach: int = 1) -> Span:
        """From `reach` sentences before to `reach` sentences after, as one span."""
        index = bisect_right(self.sentence_starts, sentence.start) - 1
        low, high = max(index - reach, 0), min(index + reach, len(self.sentences) - 1)
        return Span(self.sentences[low].start, self.sentences[high].end)

    def starts_sentence(self, offset: int) -> bool:
        """True if only quotation marks and brackets stand between a sentence start and `offset`."""
        sentence = self.sentence_at(offset)
        return not any(c.isalnum() for c in self.text[sentence.start : offset])

    def is_ignored(self, span: Span) -> bool:
        """True if the span lies in something that is not prose (code, a URL, front matter), or reaches into it."""
        return any(span.overlaps(skip) and (skip.contains(span) or not span.contains(skip)) for skip in self._ignored)

    @cached_property
    def _ignored(self) -> list[Span]:
        return sorted(self.article.ignored, key=lambda s: s.start)

    @cached_property
    def prose(self) -> list[Span]:
        """Blocks that are running text: more than one sentence, or a closed one of some length."""
        return [b for b in self.blocks if b != self.title and self._is_prose(b)]

    def _is_prose(self, block: Span) -> bool:
        text = block.of(self.text).rstrip("\"'”’»)]}")
        return len(text) >= 60 and (text[-1:] in STOPS or any(f"{stop} " in text for stop in ".!?"))
