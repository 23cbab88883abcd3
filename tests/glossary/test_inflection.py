"""Terms are found through inflection, word by word, in every language that the glossary serves."""

from __future__ import annotations

import pytest

from qa.glossary import Concept, Matcher, Status, Term
from qa.glossary.matcher import tokens

FOUND = [
    # Russian: oblique cases, plural, gender, stress marks, ё; names that no dictionary has
    ("ru", "Матросская тишина", "Его держат в «Матросской тишине» с весны."),
    ("ru", "Матросская тишина", "Он вышел из Матро́сской тишины́."),
    ("ru", "оппозиционер", "Задержаны двое оппозиционеров."),
    ("ru", "оппозиционеры", "Задержан один оппозиционер."),
    ("ru", "Следственный комитет", "Дело ведут в Следственном комитете."),
    ("ru", "Чистые пруды", "Встретились на Чистых прудах."),
    ("ru", "Кресты", "Она два года провела в Крестах."),
    ("ru", "Чкаловская", "Выход со станции «Чкаловской» закрыт."),
    ("ru", "Ашурков", "Это подтвердили Ашуркову."),
    ("ru", "самолёт", "Два самолета сели в Сочи."),
    ("ru", "МИД", "Заявили в МИДе."),
    ("ru", "бить баклуши", "Он целый год бил баклуши."),
    # Ukrainian: pymorphy3 takes Києві for another word, simplemma does not
    ("uk", "Київ", "Засідання пройшло в Києві."),
    ("uk", "Українська правда", "Про це повідомила журналістка «Української правди»."),
    ("uk", "спецслужба", "Він працював на спецслужби."),
    ("uk", "Служба безпеки України", "Його затримала СБУ, тобто співробітники Служби безпеки України."),
    # English: possessive, plural, hyphen, quotes, dashes, article, case
    ("en", "Newbie", "The Newbies' poison."),
    ("en", "Newbie", "Newbie’s inventor spoke."),
    ("en", "New Newspaper", "the “New” Newspaper reported"),
    ("en", "Sailor silence", "held in Sailor-Silence"),
    ("en", "Sailor silence", "held in Sailor – silence"),
    ("en", "the Yabloko party", "the leader of Yabloko party"),
    ("en", "secret agency", "two secret agencies"),
    ("en", "opposition man", "two opposition men"),
    # German
    ("de", "Gelbe Weste", "Die Polizei stoppte die Gelben Westen."),
    ("de", "Der Spiegel", "Wie der Spiegel berichtet."),
    ("de", "Verfassungsschutz", "Ein Sprecher des Verfassungsschutzes."),
    ("de", "Kreml", "Die Haltung des Kremls."),
    ("de", "Süddeutsche Zeitung", "Laut der Süddeutschen Zeitung."),
    # French
    ("fr", "gilet jaune", "Des centaines de gilets jaunes."),
    ("fr", "Humanité", "Selon l’Humanité."),
    ("fr", "Assemblée nationale", "Les Assemblées nationales se tiennent."),
    # Spanish
    ("es", "chaleco amarillo", "Cientos de chalecos amarillos."),
    ("es", "partido popular", "Los partidos populares."),
    # Italian
    ("it", "giubbotto giallo", "I giubbotti gialli."),
    ("it", "Osservatore Romano", "Lo scrive l'Osservatore Romano."),
    # Polish
    ("pl", "Gazeta Wyborcza", "Dziennikarz Gazety Wyborczej."),
    ("pl", "Straż Graniczna", "Funkcjonariusze Straży Granicznej."),
    ("pl", "Prawo i Sprawiedliwość", "Posłowie Prawa i Sprawiedliwości."),
    # Turkish: apostrophe of names, suffixes, dotted and dotless i
    ("tr", "Adalet ve Kalkınma Partisi", "Adalet ve Kalkınma Partisi'nin genel merkezi."),
    ("tr", "İstanbul", "İSTANBUL'DA toplandı."),
    ("tr", "Cumhuriyet", "Cumhuriyet’in haberine göre."),
    ("tr", "gazete", "Bütün gazetelerde yer aldı."),
    ("tr", "kitap", "Kitabı okudu."),
    # Chinese, Japanese: no blanks
    ("zh", "人民日报", "据《人民日报》报道,会议昨天结束。"),
    ("zh-Hans", "新华社", "新华社北京电"),
    ("ja", "朝日新聞", "昨日の朝日新聞によると"),
    ("ja", "しんぶん赤旗", "「しんぶん赤旗」が報じた"),
    # Arabic: article, conjunctions, prepositions, suffix pronouns, vowels, tatweel, letters written two ways
    ("ar", "الجزيرة", "وقالت قناة الجزيرة اليوم"),
    ("ar", "الجزيرة", "بحسب مراسل للجزيرة"),
    ("ar", "الجزيرة", "وبالجزيرة نفسها"),
    ("ar", "الجزيره", "الجَزِيرَةُ"),
    ("ar", "حركة المقاومة", "لحركة المقاومة موقف آخر"),
    ("ar", "صحيفة", "في صحيفتهم اليوم"),
    ("ar", "الأهرام", "صحيفة الاهرام المصرية"),
    ("ar", "الأهرام", "الأهـــرام"),
    ("ar", "حزب الله", "وحزب الله ينفي"),
    # Everywhere: composed and decomposed letters, full width, region
    ("fr", "Libération", "Selon Libe\u0301ration."),
    ("en", "NATO", "ＮＡＴＯ said"),
    ("en-US", "color revolution", "color revolutions"),
]

NOT_FOUND = [
    ("en", "News", "a new idea"),
    ("en", "New Newspaper", "a new. Newspaper reports"),
    ("en", "Rain", "it was raining"),
    ("en", "site", "a website"),
    ("en", "FSB", "the fsbo market"),
    ("ru", "ГАИ", "Его зовут Гай."),
    ("ru", "Новая газета", "новая статья в газете"),
    ("de", "Die Zeit", "die Zeitung"),
    ("zh", "人民日报", "人民的日报"),
    ("ar", "بنك", "البنات"),
    ("ar", "كتاب", "تاب الرجل"),
]


def matches(lang: str, term: str, text: str, kind: str = "media", status: Status = Status.PREFERRED) -> list[str]:
    case = "any" if term.islower() else "smart"
    matcher = Matcher([Concept("c", kind, (Term(term, lang, status, case=case),))])
    return [match.span.of(text) for match in matcher.search(text, tokens(text), lang)]


@pytest.mark.parametrize(("lang", "term", "text"), FOUND)
def test_found(lang: str, term: str, text: str) -> None:
    assert len(matches(lang, term, text)) == 1


@pytest.mark.parametrize(("lang", "term", "text"), NOT_FOUND)
def test_not_found(lang: str, term: str, text: str) -> None:
    assert matches(lang, term, text) == []


@pytest.mark.xfail(reason="pymorphy3 knows only the plural of this prison's name")
def test_plural_of_a_name() -> None:
    assert matches("ru", "Бутырка", "Письмо из Бутырки.")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("carry out a search", "Police carried out a search"),
        ("carry out a search", "after carrying out a search"),
        ("take under control", "was taken under control"),
        ("stop the work", "stopped the work"),
        ("held negotiations", "holding negotiations"),
        ("special services", "the special service"),
    ],
)
def test_first_verb_of_an_english_phrase(term: str, text: str) -> None:
    expected = 0 if term == "special services" else 1  # a term is never stripped
    assert len(matches("en", term, text, kind="calque", status=Status.DEPRECATED)) == expected


def test_verbs_only_begin_turns_of_phrase() -> None:
    wrong = Status.DEPRECATED
    assert matches("en", "rain", "raining", kind="calque", status=wrong) == []
    assert matches("en", "rain check", "raining check", kind="media", status=wrong) == []
