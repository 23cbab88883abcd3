"""Renderings that nobody wrote down: source terms whose words a few words of the text translate one by one.

"Sailor silence" has a word for each word of Матросская тишина and no other. That alone says
little of «Министерство обороны», which English calls by its translation, too; it is a
fault where the accepted rendering is *not* such a translation (Matrosskaya Tishina).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qa.glossary.dictionary import Dictionary, Link, find_dictionary, spellings
from qa.glossary.index import Keys
from qa.glossary.judge import is_word
from qa.glossary.matcher import Matcher
from qa.glossary.model import Concept, Term
from qa.glossary.normalise import fold, keys, term_keys
from qa.glossary.romanise import romanised
from qa.language import function_words
from qa.names import sound_key
from qa.text import TOKEN_RE

SPELLED = 0.01  # the strength of a word that is only put in Latin letters, less than that of any link
WEAK = 0.02
ALONE = 0.05  # least strength of a word that is a name by itself
SAME_SOUND = 4  # letters of a foreign word that may end otherwise: Basman, Басманный
KNOWN_TEXTS = 100_000
# Small words of languages other than English that may be left over: their articles and prepositions.
LEFT = frozenset(
    "в во на с со о об к ко и по из за от для у при до над под без з зі із й та "
    "der die das des dem den und von zu im am le la les de du et el los las del y di della dei e w z na i do".split()
)
ARTICLES = {"the", "a", "an", "of"}
SMALL = ARTICLES | {"and", "for", "in", "on", "at", "to", "from", "with", "by", "s", "i"}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A source term, and which word of the text stands for which of its words."""

    concept: Concept
    term: Term
    pairs: tuple[tuple[str, str], ...]
    strength: float
    translated: frozenset[str]  # words of the term that are translated, not only put in Latin letters
    foreign: bool  # one of the words is not translated, and no word of the text's language

    @property
    def is_peculiar(self) -> bool:
        """Whether the words alone say what is meant: many of them, or a foreign one among translated ones."""
        return self.foreign or len(self.pairs) > 2


# A term, the keys of each of its words, how many of these are more than a preposition.
Row = tuple[Concept, Term, Sequence[Keys], int]


class Anticipation:
    """Finds the source terms that words of a text in `lang` render one by one; remembers what it met."""

    def __init__(self, matcher: Matcher, dictionary: Dictionary, lang: str, source_lang: str) -> None:
        self.matcher, self.dictionary = matcher, dictionary
        self.lang, self.source_lang = lang, source_lang
        self._small = SMALL if lang == "en" else SMALL | LEFT
        self._met: dict[str, tuple[dict[str, Link], list[Row]]] = {}
        self._translated: dict[str, dict[Term, frozenset[str]]] = {}
        self._said: dict[str, list[Rendering]] = {}

    def may_render(self, word: str) -> bool:
        """False if no source term has a word that this one translates: cheap, for leaving places out."""
        return bool(self._word(_bare(word))[1])

    def is_thinkable(self, text: str) -> bool:
        """False if the table knows all words of a text, and none of them translates a word of any source term."""
        links = [self._word(word)[0] for word in telling_words(text)]
        return not all(links) or any(not self._vocabulary.isdisjoint(found) for found in links)

    def source_words(self, text: str) -> set[str]:
        """Keys of what may stand for the words of `text` in the source."""
        return {key for word in telling_words(text) for key in self._word(word)[0]}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return self.matcher.vocabulary(self.source_lang)

    def renderings(self, text: str) -> list[Rendering]:
        """Source terms of which `text` translates a word that no accepted rendering translates, surest first."""
        if text not in self._said:
            if len(self._said) > KNOWN_TEXTS:
                self._said.clear()
            named = [
                r
                for r in self._renderings(text)
                if r.concept.is_name and r.translated - self._accepted_words(r.concept, r.term)
            ]
            self._said[text] = sorted(named, key=lambda r: (-r.strength, r.term.text))
        return self._said[text]

    def _renderings(self, text: str) -> list[Rendering]:
        words = [word for m in TOKEN_RE.finditer(text) if (word := _bare(m.group())) not in ARTICLES]
        met = {word: self._word(word) for word in words}
        if len(met) < len(words) or all(self.lang in function_words().get(word, ()) for word in met):
            return []  # a name says nothing twice, and more than "it"
        links = {word: found for word, (found, _) in met.items()}
        least = sum(word not in self._small for word in met)
        rows = {
            (concept.id, term.text): (concept, term, wanted)
            for _, found in met.values()
            for concept, term, wanted, telling in found
            if telling <= len(met) and least <= len(wanted)
        }
        return [r for row in rows.values() if (r := self._paired(links, *row))]

    def _word(self, word: str) -> tuple[dict[str, Link], list[Row]]:
        """What may stand for a word, whatever its inflection, and the terms whose rarest word that is."""
        if word not in self._met:
            # A name has translations, too (John, Juan), but is no word.
            forms = keys(word, self.lang) if is_word(word, self.lang) else ()
            if self.lang == "en":
                forms = tuple(spelled for form in forms for spelled in spellings(form))
            links = {key: link for form in forms for key, link in self.dictionary.links(form).items()}
            rows = (row for key in links for row in self.matcher.anchored(key, self.source_lang))
            self._met[word] = links, [(c, t, wanted, _telling(wanted)) for c, t, wanted in rows if _is_of_words(t)]
        return self._met[word]

    def _paired(
        self, links: Mapping[str, Mapping[str, Link]], concept: Concept, term: Term, words: Sequence[Keys]
    ) -> Rendering | None:
        """The rendering, if each word of the text stands for a word of the term and no telling one is left over."""
        spelled = [word if isinstance(word, str) else word[0] for word in words]
        rows = [[self._strength(links[e], e, wanted) for wanted in words] for e in links]
        free = [e in self._small and not any(row) for e, row in zip(links, rows, strict=True)]
        chosen = _assign([row for row, spare in zip(rows, free, strict=True) if not spare])
        if not chosen or max(chosen.values()) <= SPELLED:
            return None
        if any(word not in LEFT for place, word in enumerate(spelled) if place not in chosen):
            return None
        said = [e for e, spare in zip(links, free, strict=True) if not spare]
        pairs = tuple(zip(said, (spelled[place] for place in chosen), strict=True))
        translated = frozenset(spelled[place] for place, n in chosen.items() if n > SPELLED)
        if len(said) == 1 and chosen[next(iter(chosen))] < ALONE:
            return None
        foreign = any(n == SPELLED and not is_word(e, self.lang) for e, n in zip(said, chosen.values(), strict=True))
        return Rendering(concept, term, pairs, min(n for n in chosen.values() if n > SPELLED), translated, foreign)

    def _strength(self, options: Mapping[str, Link], word: str, wanted: Keys) -> float:
        """How sure a word of the text stands for a word of the term; SPELLED if it is only put in Latin letters."""
        forms = (wanted,) if isinstance(wanted, str) else wanted
        best = max((options[form].strength for form in forms if form in options), default=0.0)
        sound = sound_key(word)
        begin = sound[: max(SAME_SOUND, len(sound) - 1)]
        for key in (_sound(form, self.source_lang) for form in forms):
            if key == sound or (key.startswith(begin) and not is_word(word, self.lang)):
                return SPELLED
        return max(best, WEAK) if best else 0.0

    def is_translated(self, concept: Concept, term: Term) -> bool:
        """True if accepted renderings translate every word of a term, or of another that shares none with it.

        Then another translation may be as good: Ministry of Defence, Department of Defence.
        """
        own = self._words_of(term)
        others = {t: self._words_of(t) for t in concept.accepted(self.source_lang)}
        return any(
            words <= self._accepted_words(concept, t)
            for t, words in others.items()
            if t == term or own.isdisjoint(words)
        )

    def _words_of(self, term: Term) -> frozenset[str]:
        found = (term_keys(m.group(), self.source_lang) for m in TOKEN_RE.finditer(term.text))
        return frozenset(keys[0] for keys in found if keys) - LEFT

    def _accepted_words(self, concept: Concept, term: Term) -> frozenset[str]:
        """The words of a source term that accepted renderings translate themselves, so that others may as well."""
        if concept.id not in self._translated:
            said = [r for accepted in concept.accepted(self.lang) for r in self._renderings(accepted.text)]
            mine = [r for r in said if r.concept.id == concept.id]
            self._translated[concept.id] = {
                one: frozenset().union(*(r.translated for r in mine if r.term == one)) for one in {r.term for r in mine}
            }
        return self._translated[concept.id].get(term, frozenset())


@lru_cache(maxsize=100_000)
def _sound(word: str, lang: str) -> str:
    """What a word of the source sounds like; a blank, which no word does, where that is not known."""
    return sound_key(romanised(word, lang)) or " "


def _is_of_words(term: Term) -> bool:
    """False for a term with an acronym in it, which nobody translates word by word."""
    return term.status.accepted and not any(w.isupper() and len(w) > 1 for w in TOKEN_RE.findall(term.text))


def anticipation(matcher: Matcher, lang: str, source_lang: str | None) -> Anticipation | None:
    """What finds renderings in `lang` of terms in `source_lang`; None where no table knows the two."""
    table = find_dictionary(lang, source_lang) if source_lang else None
    return Anticipation(matcher, table, lang, source_lang) if table and source_lang else None


def _telling(words: Sequence[Keys]) -> int:
    return sum((word if isinstance(word, str) else word[0]) not in LEFT for word in words)


def telling_words(text: str) -> list[str]:
    """The words of a name but for its small ones and single letters, in small letters."""
    return [word for m in TOKEN_RE.finditer(text) if (word := _bare(m.group())) not in SMALL and len(word) > 1]


def _bare(word: str) -> str:
    return fold(word).removesuffix("'s")


def _assign(rows: Sequence[Sequence[float]]) -> dict[int, float] | None:
    """A column for each row, none twice, so that the weakest of the numbers is strongest; 0 is no choice.

    Returns {column: number} in the order of the rows, or None. Rows are the few words of a name.
    """
    best: dict[int, float] | None = None

    def go(row: int, taken: dict[int, float]) -> None:
        nonlocal best
        if row == len(rows):
            if taken and (best is None or min(taken.values()) > min(best.values())):
                best = dict(taken)
            return
        for column, number in enumerate(rows[row]):
            if number and column not in taken:
                go(row + 1, {**taken, column: number})

    go(0, {})
    return best
