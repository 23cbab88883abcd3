"""Which language a text is in: by script where that decides, else by its small words.

The script decides for most of the world (Han without kana is Chinese, ґ or ї Ukrainian).
Latin-script text is first compared with lists of the commonest function words
(`data/function-words.tsv`), which settles almost any sentence of prose in
microseconds; only what stays open goes to langdetect (seeded; about 200 segments/s).
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files

from qa.text import TOKEN_RE, script_of

MIN_LETTERS = 20
BY_SCRIPT = {
    "Greek": "el",
    "Hebrew": "he",
    "Kana": "ja",
    "Hangul": "ko",
    "Armenian": "hy",
    "Georgian": "ka",
    "Devanagari": "hi",
    "Thai": "th",
}
BY_LETTER = {
    "Cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("ru", "ыэъё"), ("sr", "ђћљњџј"), ("mk", "ѓќѕ")),
    "Arabic": (("fa", "پچژگ"), ("ur", "ٹڈڑں")),
}


def base(tag: str | None) -> str | None:
    """The language of a BCP 47 tag, without script or region: `en-US` → `en`."""
    return tag.replace("_", "-").split("-")[0].lower() if tag else None


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Word → languages that use it among their commonest words."""
    table: dict[str, set[str]] = {}
    for line in (files("qa") / "data" / "function-words.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        lang, listed = line.split("\t")
        for word in listed.split():
            table.setdefault(word, set()).add(lang)
    return {word: frozenset(langs) for word, langs in table.items()}


@lru_cache(maxsize=4096)
def detect(text: str, min_letters: int = MIN_LETTERS) -> str | None:
    """Language of `text` as an ISO 639 code, or None when there is too little to tell."""
    scripts = Counter(script_of(c) for c in text if c.isalpha())
    letters = sum(scripts.values())
    if not letters:
        return None
    if scripts["Kana"] * 10 > letters:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if script == "Han":
        return "zh" if letters >= 4 else None
    if letters < min_letters:
        return None
    if script in BY_SCRIPT:
        return BY_SCRIPT[script]
    if script in BY_LETTER:
        return _by_letter(text, script)
    if script != "Latin" or count * 2 < letters:
        return None
    return _by_words(text) or _by_langdetect(text)


def _by_letter(text: str, script: str) -> str | None:
    lowered = text.lower()
    votes = Counter({lang: sum(map(lowered.count, letters)) for lang, letters in BY_LETTER[script]})
    lang, count = votes.most_common(1)[0]
    if count:
        return lang
    return "ar" if script == "Arabic" else _by_langdetect(text)


def _by_words(text: str) -> str | None:
    """The language most of whose function words occur, if it leads clearly."""
    table = function_words()
    tokens = [t.lower() for t in TOKEN_RE.findall(text)]
    votes = Counter(lang for token in tokens for lang in table.get(token, ()))
    ranked = [*votes.most_common(2), ("", 0), ("", 0)]
    (lang, first), (_, second) = ranked[0], ranked[1]
    return lang if first >= 2 and first >= 0.12 * len(tokens) and first >= 1.5 * second + 1 else None


def _by_langdetect(text: str) -> str | None:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        ranked = detect_langs(text[:2000])
    except (LangDetectException, IndexError):  # no profile fits: the library trips over its empty list
        return None
    return str(ranked[0].lang).split("-")[0] if ranked and ranked[0].prob >= 0.9 else None
