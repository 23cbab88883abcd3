"""What the words of a Russian sentence say of one another, for sister.py: which reading each has, and which form.

Neighbours decide: a preposition asks for a case, a number for the genitive, an adjective goes with
its noun, a verb in the past with its subject, whose gender is another one in Ukrainian.
"""

from __future__ import annotations

import re

from forms import Form
from kin import CASES, FEW, GENDERS, GOVERNED, MANY, PARTICLES, PERSONS
from lexicon import Lexicon

MOST = "самый"
VERBAL = {"VERB", "INFN", "GRND", "actv"}
CASED = ("noun", "adjective")
JOINING = frozenset(["и", "или"])


class Reading:
    """The words of a sentence, each in the reading that fits.

    `before` are the two tokens before each word: what stands there that is no word.
    """

    def __init__(self, lexicon: Lexicon, given: list[str], before: list[str]) -> None:
        self.lexicon, self.given, self.before = lexicon, given, before
        self.lower = [word.lower() for word in given]
        self.counts = [counted(self.lower[i - 1] if i else "", near) for i, near in enumerate(before)]
        self.forms: list[Form | None] = []
        for i in range(len(given)):
            self.forms.append(self._choose(i))

    def grammar(self, i: int) -> frozenset[str]:
        """Return what the Ukrainian of a word has to say: case, number, gender, person, tense, degree."""
        form = self.forms[i]
        if form is None:
            return frozenset()
        grammar = inflection(form, self._noun(i))
        if form.kind == "adjective" and i and self.highest(i - 1):
            grammar |= {"Supr"}
        if form.short or ("past" in grammar and not {"GRND", "actv"} & form.grammar):
            grammar = self._subject(i, form, grammar)
        if form.kind == "noun" and grammar == {"gent"} and self.few(i):
            return frozenset({"nomn", "plur"})  # три дома: три будинки
        return grammar

    def few(self, i: int) -> bool:
        """Say whether a word follows a number from two to four, perhaps after an adjective."""
        left = self.forms[i - 1] if i else None
        return self.counts[i] == "few" or bool(left and left.kind == "adjective" and self.counts[i - 1] == "few")

    def highest(self, i: int) -> bool:
        """Say whether a word makes the next one a superlative, and is nothing by itself."""
        form, after = self.forms[i], self.forms[i + 1] if i + 1 < len(self.forms) else None
        return bool(form and after and form.word.lemma == MOST and {"ADJF", "Qual"} <= after.grammar)

    def initial(self, i: int) -> bool:
        """Say whether a letter is a name's, and no preposition or conjunction: a capital within a sentence."""
        return self.given[i].isupper() and re.fullmatch(r"\w+ ", self.before[i]) is not None

    def _choose(self, i: int) -> Form | None:
        """Return the reading that fits the words before."""
        options = self.lexicon.forms(self.lower[i])
        if len(options) < 2:
            return options[0] if options else None
        before, left = (self.lower[i - 1], self.forms[i - 1]) if i else ("", None)
        if "вы" not in self.lower and {"futr", "2per", "plur"} <= options[0].grammar:
            options = [o for o in options if "impr" in o.grammar] or options  # Спросите
        if self.counts[i]:
            plural = self.counts[i] == "many"
            genitives = [o for o in options if "gent" in o.grammar]
            options = [o for o in genitives if ("plur" in o.grammar) == plural] or genitives or options
        elif before in GOVERNED:
            options = [o for o in options if set(GOVERNED[before]) & o.grammar] or options
        elif left and left.kind == "adjective" and not (options[0].kind == "verb" and "nomn" in left.grammar):
            cases = {c for form in self.lexicon.forms(before) for c in CASES if c in form.grammar}
            options = [o for o in options if cases & o.grammar] or options
            options = [o for o in options if set(CASES) & left.grammar & o.grammar] or options
        elif left and left.kind == "noun":
            genitives = [o for o in options if "gent" in o.grammar and o.word == options[0].word]
            options = genitives or [o for o in options if o.kind not in CASED] or options
        elif options[0].kind in CASED:
            case = "accs" if self._acted(i) else "nomn"
            likely = [o for o in options if case in o.grammar and o.kind == options[0].kind]
            options = likely or options
        return self._with_noun(i, options) or options[0]

    def _with_noun(self, i: int, options: list[Form]) -> Form | None:
        """Return the reading of an adjective that goes with the noun after it; of a pronoun alone, the nominative."""
        if options[0].kind == "adjective" and (k := self._next_noun(i)):
            nouns = self.lexicon.forms(self.lower[k])
            return next((own for noun in nouns for own in options if agree(own, noun)), None)
        if options[0].kind == "adjective" and self.lower[i].endswith(("ого", "его")):
            return next((o for o in options if "gent" in o.grammar), None)  # the accusative of things is another form
        return next((o for o in options if {"Apro", "nomn"} <= o.grammar), None)

    def _noun(self, i: int) -> tuple[Form, str | None] | None:
        """Return the noun that an adjective goes with, and its Ukrainian gender.

        It stands within two words after, in the same case and number; that of a relative pronoun before it.
        """
        here = self.forms[i]
        if here is None or here.kind != "adjective":
            return None
        if here.word.lemma == "который":
            number = {"plur", *GENDERS} & here.grammar
            for form in reversed(self.forms[max(0, i - 4) : i]):
                if form and form.kind == "noun" and number & form.grammar:
                    return here, None if "plur" in number else self._gender(form)
            return None
        k = self._next_noun(i)
        form = self.forms[k] if k else None
        fits = form and any(agree(own, form) for own in self.lexicon.forms(self.lower[i]))
        return (form, self._gender(form)) if form and fits else None

    def _acted(self, i: int) -> bool:
        """Say whether a transitive verb stands before a word, in its clause."""
        for k in reversed(range(max(0, i - 3), i)):
            form = self.forms[k]
            if "," in self.before[k + 1]:
                return False
            if form and "tran" in form.grammar and VERBAL & form.grammar:
                return True
        return False

    def _next_noun(self, i: int) -> int | None:
        """Return the place of the noun that follows an adjective, perhaps after others, which may be joined to it."""
        for k in range(i + 1, min(i + 5, len(self.lower))):
            options = self.lexicon.forms(self.lower[k])
            if options and options[0].kind == "noun":
                return k if self.lower[k - 1] not in JOINING else None
            if (options and options[0].kind == "verb") or not (options or self.lower[k] in PARTICLES | JOINING):
                return None
        return None

    def _gender(self, form: Form) -> str | None:
        """Return the gender of a noun in Ukrainian; that of a person's name is the person's."""
        if {"Name", "Surn", "Patr"} & form.grammar:
            return next((g for g in GENDERS if g in form.grammar), None)
        return self.lexicon.gender(form.word)

    def _subject(self, i: int, here: Form, grammar: frozenset[str]) -> frozenset[str]:
        """Return what a verb in the past or a short adjective says, with the Ukrainian gender of its likely subject."""
        gender = set(GENDERS) & here.grammar
        for k in [*reversed(range(max(0, i - 4), i)), *range(i + 1, min(i + 3, len(self.forms)))]:
            form = self.forms[k]
            if form is None or "nomn" not in form.grammar or not gender & form.grammar:
                continue
            noun = self._noun(k) if form.word.lemma == "который" else None
            own = self._gender(form) if form.kind == "noun" else noun and noun[1]
            if own:
                return (grammar - gender - {"short"}) | {own} | ({"nomn"} if here.short else set())
            if form.kind == "noun" or noun:
                break
        return grammar


def counted(word: str, near: str) -> str:
    """Say which number stands before a word: "few" (two to four), "many", or none; `near` are the two tokens before."""
    digits = re.fullmatch(r"(\d+)\s", near)
    if digits:
        end, tens = int(digits[1]) % 10, int(digits[1]) % 100
        return "many" if end in (0, *range(5, 10)) or 10 < tens < 15 else "few" if end > 1 else ""
    return "few" if word in FEW else "many" if word in MANY else ""


def agree(adjective: Form, noun: Form) -> bool:
    """Say whether the reading of an adjective can go with that of a noun."""
    one, other = adjective.grammar, noun.grammar
    if not one & other & set(CASES) or ("plur" in one) != ("plur" in other):
        return False
    return "plur" in one or bool(one & other & set(GENDERS))


def inflection(form: Form, noun: tuple[Form, str | None] | None) -> frozenset[str]:
    """Return what inflects: an adjective takes case and number of its noun, and the gender that it has in Ukrainian."""
    if form.kind == "verb":
        return conjugation(form.grammar)
    source = noun[0].grammar if noun else form.grammar
    case = next((c for c in CASES if c in source), None)
    number = "plur" if "plur" in source else None
    if form.kind == "noun":
        return frozenset(g for g in (case, number) if g)
    if form.short and "neut" in form.grammar:
        return frozenset({"short"})
    gender = (noun and noun[1]) or next((g for g in GENDERS if g in source), None)
    return frozenset(g for g in (case, number or gender) if g) | ({"anim", "Supr"} & (source | form.grammar))


def conjugation(grammar: frozenset[str]) -> frozenset[str]:
    """Return tense, person, number and gender of a verb; an active participle is said as the verb."""
    if "INFN" in grammar:
        return frozenset({"INFN"})
    if "GRND" in grammar:
        return frozenset({"GRND", *({"past"} & grammar)})
    number = "plur" if "plur" in grammar else "sing"
    if "actv" in grammar and "pres" in grammar:
        return frozenset({"pres", "3per", number})
    kept = {"past", "pres", "futr", "impr", *PERSONS} & grammar
    if "impr" in grammar:
        kept |= {"1per" if "incl" in grammar else "2per"}
    if "past" in grammar:
        return frozenset(kept | ({"plur"} if "plur" in grammar else set(GENDERS) & grammar))
    return frozenset(kept | {"plur", "sing"} & grammar)
