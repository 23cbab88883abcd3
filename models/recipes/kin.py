"""Russian and Ukrainian words: what the two languages share, and how one spells the other's.

The part of sister.py that knows the languages and nothing of the text at hand.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

CLASSES = {
    "NOUN": "noun", "ADVB": "adverb", **dict.fromkeys(["VERB", "INFN", "GRND"], "verb"),
    **dict.fromkeys(["ADJF", "ADJS", "PRTF", "PRTS"], "adjective"),
}  # fmt: skip
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
GENDERS = ("masc", "femn", "neut")
PERSONS = ("1per", "2per", "3per")
SAME = {"gen2": "gent", "loc2": "loct", "gen1": "gent", "loc1": "loct"}
# Which case follows a preposition, and which does in Ukrainian where it is another one.
GOVERNED = {
    **dict.fromkeys(["из", "из-за", "от", "до", "для", "без", "у", "около", "после", "против", "кроме"], ("gent",)),
    **dict.fromkeys(["среди"], ("gent",)), **dict.fromkeys(["в", "на", "во"], ("loct", "accs")),
    **dict.fromkeys(["о", "об", "при"], ("loct",)),
    **dict.fromkeys(["с", "со"], ("ablt", "gent")), **dict.fromkeys(["к", "ко", "по", "согласно"], ("datv",)),
    **dict.fromkeys(["за", "под", "перед"], ("ablt", "accs")), **dict.fromkeys(["над", "между"], ("ablt",)),
    **dict.fromkeys(["через", "про"], ("accs",)),
}  # fmt: skip
OTHERWISE = {
    "к": ("до", "gent"), "ко": ("до", "gent"), "по": ("по", "loct"), "о": ("про", "accs"), "об": ("про", "accs"),
    "из-за": ("через", "accs"), "согласно": ("згідно з", "ablt"),
}  # fmt: skip
PARTICLES = frozenset(["же", "ли", "бы"])
# What a pronoun is where its preposition asks for another case (к нему, о нём).
AFTER = {
    "мне": "мене", "тебе": "тебе", "себе": "себе", "нему": "нього", "нём": "нього", "нем": "нього", "ней": "неї",
    "ним": "них", "них": "них", "нам": "нас", "нас": "нас", "вам": "вас", "вас": "вас", "кому": "кого", "ком": "кого",
    "чему": "чого", "чём": "що", "чем": "що", "этому": "цього", "этом": "це", "тому": "того", "том": "те",
    "году": "року", "мерах": "заходи", "всему": "всього", "всём": "все", "всем": "всіх", "всех": "всіх",
}  # fmt: skip
SMALL = {
    "и": "і", "а": "а", "но": "але", "в": "в", "во": "в", "с": "з", "со": "з", "из": "з", "от": "від", "для": "для",
    "на": "на", "не": "не", "или": "або", "у": "у", "за": "за", "под": "під", "над": "над", "до": "до", "без": "без",
    "после": "після", "между": "між", "через": "через", "перед": "перед", "при": "при",
}  # fmt: skip
# Pronouns are too often translated freely for a table.
PRONOUNS = {
    "этот": "цей", "тот": "той", "самый": "самий", "свой": "свій", "мой": "мій", "твой": "твій", "наш": "наш",
    "ваш": "ваш", "который": "який", "какой": "який", "такой": "такий", "каждый": "кожний", "другой": "інший",
    "некоторый": "деякий", "всякий": "всякий", "весь": "весь", "любой": "будь-який", "никакой": "ніякий",
    "иной": "інший", "некий": "якийсь", "чей": "чий", "какой-то": "якийсь", "какой-нибудь": "якийсь",
    "сей": "цей", "один": "один",
}  # fmt: skip
# Numbers that a singular genitive follows in Russian, and what a plural one follows.
FEW = frozenset(["два", "две", "три", "четыре", "оба", "обе", "полтора"])
MANY = frozenset(
    "пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто много мало несколько сколько столько "
    "тысяча тысячи тысяч миллион миллиона миллионов млн млрд миллиард миллиарда миллиардов множество".split()
)
HIGHEST = {
    "хороший": "найкращий", "большой": "найбільший", "крупный": "найбільший", "малый": "найменший",
    "плохой": "найгірший", "маленький": "найменший", "высокий": "найвищий", "низкий": "найнижчий",
    "близкий": "найближчий", "дорогой": "найдорожчий", "тяжелый": "найважчий", "глубокий": "найглибший",
    "далекий": "найдальший", "великий": "найбільший", "больший": "найбільший", "краткий": "найкоротший",
    "короткий": "найкоротший", "быстрый": "найшвидший", "длинный": "найдовший", "легкий": "найлегший",
    "молодой": "наймолодший", "слабый": "найслабший", "тонкий": "найтонший", "узкий": "найвужчий",
    "широкий": "найширший", "дешевый": "найдешевший", "богатый": "найбагатший", "мягкий": "найм'якший",
}  # fmt: skip
NAMED = {  # not том, тот; not Майко
    "Том": "Том", "Тома": "Тома", "Тому": "Тому", "Томом": "Томом", "Томе": "Томі", "Мэри": "Мері",
    "Майк": "Майк", "Майка": "Майка", "Майку": "Майку", "Майком": "Майком",
}  # fmt: skip
# Endings of lemmas, longest first; the rest of a word is spelt letter by letter.
ENDINGS = (
    ("ированный", ("ований", "йований")), ("ованный", ("ований",)), ("анный", ("аний",)), ("янный", ("яний",)),
    ("енный", ("ений", "єний", "енний")), ("ировать", ("увати", "ювати")), ("ироваться", ("уватися",)),
    ("овать", ("увати", "овувати")), ("оваться", ("уватися",)), ("ивать", ("увати",)), ("ывать", ("увати",)),
    ("ический", ("ичний", "ічний", "їчний")), ("ческий", ("чний",)), ("ский", ("ський",)),
    ("цкий", ("цький",)), ("ость", ("ість",)), ("есть", ("ість",)),
    ("ение", ("ення", "іння")), ("ание", ("ання",)), ("ие", ("тя", "я", "ия")), ("ство", ("ство", "цтво")),
    ("ться", ("тися",)), ("тись", ("тися",)), ("ть", ("ти",)), ("ый", ("ий",)), ("ой", ("ий",)),
    ("ний", ("ній", "ний")), ("ий", ("ий", "ій")), ("ия", ("ія",)), ("а", ("а",)), ("я", ("я",)),
)  # fmt: skip
SPELT = {
    "и": ("и", "і", "ї"), "ы": ("и",), "е": ("е", "і", "є"), "э": ("е",), "ё": ("е", "ьо", "йо"), "ъ": ("'",),
    "о": ("о", "і"), "г": ("г", "ґ"),
}  # fmt: skip
VOWELS = frozenset("аеёиоуыэюяєії")
# How the endings of surnames are written, where a name is transcribed.
SURNAMES = {
    "ий": "ий", "ая": "а", "ого": "ого", "ому": "ому", "им": "им", "ом": "ому", "ую": "у", "ие": "і", "их": "их",
}  # fmt: skip
NAMES = {
    **{stem + "к" + own: stem + "ьк" + other for stem in "сц" for own, other in SURNAMES.items()},
    **{
        stem + "к" + own: stem + "ьк" + other
        for stem in ("вс", "нс", "рс", "мс", "ец")
        for own, other in {"": "", "а": "а", "у": "у", "ом": "ом", "е": "у"}.items()
    },
    **{"ин" + end: "ін" + other for end, other in {"": "", "а": "а", "у": "у", "ым": "им", "е": "і"}.items()},
    "ый": "ий",
}
ORDINALS = {
    "й": "й", "ый": "й", "ой": "й", "я": "а", "ая": "а", "е": "е", "го": "го", "му": "му", "м": "му", "ю": "у",
    "х": "х", "ые": "і", "ми": "ми",
}  # fmt: skip


@cache
def table() -> dict[str, Any]:
    """Return ru-uk-words.toml: the pairs of every class of words, and `idioms`."""
    return tomllib.loads(Path(__file__).with_name("ru-uk-words.toml").read_text("utf-8"))


def given() -> Iterator[tuple[str, str, str]]:
    """Yield (class, Russian, Ukrainian) of the pairs in ru-uk-words.toml."""
    for kind, pairs in table()["pairs"].items():
        for pair in re.split(r"[;\n]", pairs.strip()):
            russian, ukrainian = pair.split(maxsplit=1)
            yield kind, russian, ukrainian


def spellings(lemma: str) -> Iterator[str]:
    """Yield how a Russian lemma may be spelt in Ukrainian, likeliest first."""
    ending, others = next((e for e in ENDINGS if lemma.endswith(e[0]) and len(lemma) > len(e[0]) + 1), ("", ("",)))
    stem = lemma.removesuffix(ending)
    options = [SPELT.get(letter, (letter,)) for letter in stem]
    if len(stem) < 3 or sum(len(o) > 1 for o in options) > 6:
        return
    ways = sorted(itertools.product(*(range(len(o)) for o in options)), key=sum)
    for way in ways[:40]:
        letters = "".join(o[k] for o, k in zip(options, way, strict=True))
        for other in others:
            yield letters + other


def transcribed(word: str, located: bool = False) -> str:
    """Return the Russian spelling of a name, in lower case, in Ukrainian letters; -е of the locative is -і."""
    if located and word.endswith("е") and not word.endswith("ке"):  # в Неваде; -ке would be -ку or -ці
        word = word.removesuffix("е") + "и"
    ending, other = next((pair for pair in NAMES.items() if word[1:].endswith(pair[0])), ("", ""))
    said: list[str] = []
    before = ""
    stem = word.removesuffix(ending)
    for letter, after in zip(stem, [*stem[1:], ending[:1]], strict=True):
        alone = before in VOWELS | {"ъ", "ь", ""}
        if letter == "ь" and said and said[-1] in "бпвмф":
            said.append("'")
        elif letter == "и":
            hard = before and before in "дтзсцжшчр" and after not in VOWELS | {"й", ""}
            said.append("и" if hard else "ї" if before in VOWELS else "і")
        else:
            other_letter = {"ы": "и", "э": "е", "ё": "йо" if alone else "ьо", "ъ": "'", "е": "є" if alone else "е"}
            said.append(other_letter.get(letter, letter))
        before = letter
    return "".join(said) + other


def cased(said: str, like: str) -> str:
    """Return `said` with the capitals of `like`."""
    if like.isupper() and len(like) > 1:
        return said.upper()
    parts, models = said.split("-"), like.split("-")
    if len(parts) != len(models):
        parts, models = [said], [like]
    return "-".join(p[:1].upper() + p[1:] if m[:1].isupper() else p for p, m in zip(parts, models, strict=True))


def euphony(text: str) -> str:
    """Return a text with у between consonants, й between vowels, and би, же, із, зі where they are due."""
    text = re.sub(r"(?<=[бвгґджзклмнпрстфхцчшщь] )в(?= [бвгґджзклмнпрстфхцчшщ])|\bв(?= [вф])", "у", text)
    text = re.sub(r"\bВ(?= [бвгґджзклмнпрстфхцчшщ])", "У", text)
    text = re.sub(r"(?<=[бвгґджзйклмнпрстфхцчшщь] б)(?=[ ,.?!])", "и", text)
    text = re.sub(r"(?<=[бвгґджзйклмнпрстфхцчшщь] ж)(?=[ ,.?!])", "е", text)
    text = re.sub(r"\bз(?= [сзш][бвгґджзклмнпрстфхцчшщ])", "зі", text)
    text = re.sub(r"(?<=[бвгґджзйклмнпрстфхцчшщь] )з(?= [сзшжцч])", "із", text)
    return re.sub(r"(?<=[аеєиіїоуюя] )і(?= [аеєиіоу])", "й", text)


def idiomatic(text: str) -> str:
    """Return a text said word for word as one says it."""
    for pattern, said in table()["idioms"]:
        text = re.sub(pattern, said, text)
    return re.sub(r"^([\"«]?)(\w+) чи ", lambda found: f"{found[1]}Чи {found[2].lower()} ", text)
