"""What the formats share: the language pair, tags, ids, the tally of what was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import count

from qa.errors import TishinaError
from qa.glossary.model import Concept, Status, Term, same_language

LANG_RE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
CASES, MATCHES = ("smart", "exact", "any"), ("lemma", "exact")
DATE_RE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
# What is given up, by kind ("deprecated terms").
Loss = Counter[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Source and target language as the user gave them; "" where not given."""

    source: str = ""
    target: str = ""

    def asked(self, where: str) -> Pair:
        """The pair with its tags in good form.

        Raises:
            TishinaError: a language is missing.
        """
        if not self.source or not self.target:
            raise TishinaError(where, "does not say which languages it is in", "give --from and --to")
        return Pair(tag(self.source, where), tag(self.target, where))

    def of(self, concepts: Sequence[Concept], where: str) -> Pair:
        """The pair, or the only two languages that the concepts have, in order of appearance."""
        langs = list(dict.fromkeys(t.lang for c in concepts for t in c.terms))
        if not (self.source and self.target) and len(langs) == 2:
            first, second = langs
            if (self.source or first) != first or (self.target or second) != second:
                first, second = second, first
            return Pair(self.source or first, self.target or second)
        if not self.source or not self.target:
            raise TishinaError(where, f"holds two languages, the glossary {len(langs)}", "give --from and --to")
        return self.asked(where)


def decode(data: bytes, where: str) -> str:
    """UTF-8, or UTF-16 with its byte order mark, as spreadsheets write it."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise TishinaError(f"{where}:{line}:{column}", "not UTF-8", "save the glossary as UTF-8") from None


def tag(text: str, where: str) -> str:
    """A BCP 47 tag in its usual case: `EN_us` → `en-US`.

    Raises:
        TishinaError: it is none.
    """
    first, *rest = text.strip().replace("_", "-").split("-")
    named = "-".join([first.lower(), *(_subtag(part) for part in rest)])
    if not LANG_RE.fullmatch(named):
        raise TishinaError(where, f"{text!r} is not a language tag", "write one like ru or en-US")
    return named


def _subtag(part: str) -> str:
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower()


@cache
def languages() -> frozenset[str]:
    """ISO 639 codes that news is written in (`data/languages.txt`)."""
    lines = (files("qa") / "data" / "languages.txt").read_text("utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def is_known(lang: str) -> bool:
    """Whether the primary language of a tag exists."""
    return lang.partition("-")[0].lower() in languages()


def slug(text: str) -> str:
    """An id made from a term."""
    return "-".join(text.casefold().split())


class Ids:
    """The ids of a file: those that it gives, once each; others made from terms, numbered where taken."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def give(self, id: str, made_from: str, where: str, line: int) -> str:
        """The id of an entry in `line`.

        Raises:
            TishinaError: another entry has it.
        """
        if id in self._lines:
            what = f"id {id!r} is in line {self._lines[id]} too"
            raise TishinaError(f"{where}:{line}", what, "give each concept an id of its own")
        name = id or self._free(slug(made_from))
        self._lines[name] = line
        return name

    def _free(self, name: str) -> str:
        numbered = (f"{name}-{number}" for number in count(2))
        return name if name not in self._lines else next(n for n in numbered if n not in self._lines)


def checked(value: str, choices: Sequence[str], what: str, where: str) -> str:
    """The value if it is one of `choices`."""
    if value not in choices:
        raise TishinaError(where, f"{what} is {value!r}", f"use one of: {', '.join(choices)}")
    return value


def date(value: str, what: str, where: str) -> str:
    """An ISO date, or nothing."""
    if value and not DATE_RE.fullmatch(value):
        raise TishinaError(where, f"{what} is {value!r}", "write a date like 2024-03-31")
    return value


def ranked(terms: Iterable[tuple[Term, bool]]) -> tuple[Term, ...]:
    """Terms with a status: where a file gave none (False), the first of a language is preferred, others admitted."""
    taken: set[str] = set()
    done = []
    for term, given in terms:
        status = term.status if given else Status.ADMITTED if term.lang in taken else Status.PREFERRED
        if status.accepted:
            taken.add(term.lang)
        done.append(term if status is term.status else replace(term, status=status))
    return tuple(done)


def count_left_out(concepts: Sequence[Concept], pair: Pair, loss: Loss) -> None:
    """Tallies terms in languages outside the pair."""
    loss["terms in other languages"] += sum(
        not same_language(t.lang, pair.source) and not same_language(t.lang, pair.target)
        for c in concepts
        for t in c.terms
    )


def count_details(concept: Concept, loss: Loss, keeps: Sequence[str] = ()) -> None:
    """Tallies what a plain format drops of a concept, but for what it `keeps`."""
    held = {
        "kinds": int(concept.kind != "other"),
        "context words": sum(map(len, (*concept.near.values(), *concept.not_near.values()))),
        "notes": int(bool(concept.note)),
        "facts": int(bool(concept.fact)),
        "dates": bool(concept.valid_from) + bool(concept.valid_to),
    }
    loss.update({name: n for name, n in held.items() if n and name not in keeps})
