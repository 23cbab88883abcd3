"""Sentences, words, language, lines."""

from __future__ import annotations

import pytest

from qa.language import base, detect
from qa.text import Lines, sentences, words

SENTENCES = {
    "en": [
        "Mr. Smith met J. R. Miller in Washington, D.C., on Jan. 5.",
        "The U.S. troops left at 5 p.m. on Monday.",
        "“Go home,” he said.",
        "Prof. Lee of St. Mary's Hospital vs. Dr. No agreed!",
        "It cost $3.5 million.",
    ],
    "de": ["Am 5. Oktober kam Dr. Müller z. B. nach Berlin.", "„Ich gehe.“", "Es kostet 3 Mio. Euro."],
    "fr": ["M. Dupont est parti le 3 janv. 2020 avec Mme. Durand.", "« Oui. »", "Il est là."],
    "es": ["El Sr. García llegó a EE. UU. el lunes.", "¿De verdad?", "Sí."],
    "it": ["Il dott. Rossi parla.", "È vero?", "Sì."],
    "pl": ["Prof. Kowalski mieszka przy ul. Długiej od 2010 r. w Warszawie.", "Tak."],
    "ru": ["В 2020 г. А. С. Пушкин жил в г. Москве.", "«Он ушёл».", "Это стоит 5 млн руб. в год."],
    "uk": ["У 2020 р. Т. Г. Шевченко жив у м. Києві.", "«Він пішов».", "Так."],
    "zh": ["今天下雨！", "真的吗？", "是的。"],
    "ja": ["今日は雨です。", "本当ですか？", "はい。"],
    "ar": ["هل هذا صحيح؟", "نعم.", "ثم غادر."],
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_sentences(lang: str) -> None:
    text = ("" if lang in ("zh", "ja") else " ").join(SENTENCES[lang])
    assert [s.of(text) for s in sentences(text, lang)] == SENTENCES[lang]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The court adjourned the hearing until Friday, a spokesman said.", "en"),
        ("Das Gericht vertagte die Verhandlung auf Freitag, sagte ein Sprecher.", "de"),
        ("Le tribunal a reporté l'audience à vendredi, selon un porte-parole.", "fr"),
        ("El tribunal aplazó la audiencia hasta el viernes, dijo un portavoz.", "es"),
        ("Il tribunale ha rinviato l'udienza a venerdì, ha detto un portavoce.", "it"),
        ("Sąd odroczył rozprawę do piątku, powiedział rzecznik.", "pl"),
        ("Суд отложил заседание до пятницы, сообщил представитель.", "ru"),
        ("Суд відклав засідання до п'ятниці, повідомив речник.", "uk"),
        ("法院将听证会推迟到周五。", "zh"),
        ("裁判所は審理を金曜日まで延期した。", "ja"),
        ("أجلت المحكمة الجلسة إلى يوم الجمعة", "ar"),
        ("12 345 — 67", None),
        ("Yes.", None),
    ],
)
def test_language(text: str, lang: str | None) -> None:
    assert detect(text) == lang


def test_tags() -> None:
    assert (base("en-US"), base("zh_Hans"), base(None)) == ("en", "zh", None)


def test_words_and_lines() -> None:
    assert words("Well-known U.S. don't — 5%") == 5
    assert words("今天下雨") == 2
    lines = Lines("a\r\nb\rc\nd")
    assert [lines.place(i) for i in (0, 3, 5, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]
