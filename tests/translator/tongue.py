"""A made-up language, so that a model that really translates can be trained in seconds.

It differs from English where a translator has to work: the verb comes last, adjectives
follow their noun, objects and places are inflected, names are spelt another way, and a
name made of common words ("Sailor Silence") has a word-for-word rendering.
"""

from __future__ import annotations

import random

NOUNS = {
    "sailor": "matros", "silence": "tishin", "prison": "turm", "guard": "strazh", "town": "gorod", "river": "rek",
    "judge": "sud", "letter": "pism", "doctor": "vrach", "house": "dom", "newspaper": "gazet", "swan": "lebed",
    "general": "voevod", "minister": "ministr", "bridge": "most", "poison": "yad",
}  # fmt: skip
ADJECTIVES = {"old": "star", "white": "bel", "new": "nov", "cold": "holod", "black": "chorn", "quiet": "tih"}
VERBS = {"sees": "vidi", "knows": "zna", "leaves": "bros", "finds": "naho", "reads": "chita", "guards": "steret"}
NAMES = {"Anna": "Ana", "Boris": "Boriz", "Ivan": "Yvan", "Maria": "Marya", "Oleg": "Oleh", "Vera": "Wera"}

PHRASES = 0.2
Pair = tuple[str, str, dict[str, str]]


def thing(draw: random.Random, ending: str) -> tuple[list[str], list[str], dict[str, str]]:
    """English words, foreign words, and which foreign word came from which English one."""
    if draw.random() < 0.3:
        name = draw.choice(list(NAMES))
        return [name], [NAMES[name] + ending], {NAMES[name] + ending: name}
    noun = draw.choice(list(NOUNS))
    foreign = NOUNS[noun] + (ending or "a")
    if draw.random() < 0.25:  # two nouns, the first as an adjective: "sailor silence"
        first = draw.choice([n for n in NOUNS if n != noun])
        said = NOUNS[first] + "ska"
        return ["the", first, noun], [said, foreign], {foreign: noun, said: first}
    if draw.random() < 0.45:
        adjective = draw.choice(list(ADJECTIVES))
        said = ADJECTIVES[adjective] + "iy"
        return ["the", adjective, noun], [foreign, said], {foreign: noun, said: adjective}
    return ["the", noun], [foreign], {foreign: noun}


def sentence(draw: random.Random) -> Pair:
    """An English sentence (or phrase), its translation, and the word alignment (foreign → English)."""
    if draw.random() < PHRASES:
        return phrase(draw)
    english, foreign, links = thing(draw, "")
    verb = draw.choice(list(VERBS))
    parts = [thing(draw, "u")]
    place = thing(draw, "e") if draw.random() < 0.4 else None
    english = [*english, verb, *parts[0][0], *(["in", *place[0]] if place else [])]
    said = VERBS[verb] + "t"
    foreign = [*foreign, *(["vo", *place[1]] if place else []), *parts[0][1], said]
    links = {**links, **parts[0][2], **(place[2] if place else {}), said: verb}
    return _capital(" ".join(english)) + ".", _capital(" ".join(foreign)) + ".", links


def phrase(draw: random.Random) -> Pair:
    """A thing by itself, as a name in quotation marks is asked for: "white swan"."""
    english, foreign, links = thing(draw, "")
    english = [word for word in english if word != "the"]
    return " ".join(english), " ".join(foreign), links


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def corpus(size: int, seed: int) -> list[Pair]:
    """`size` sentences, the same for the same seed."""
    draw = random.Random(seed)
    return [sentence(draw) for _ in range(size)]
