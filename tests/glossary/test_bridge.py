"""Words of two languages by way of English, and the literal names that they prove in German, French and Spanish."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.glossary.bridge import LEAST, LEAST_FORTH, Bridge
from qa.glossary.dictionary import Dictionary, find_dictionary

HOUSE = """id,kind,ru,de,fr,es,pl
whale,media,Белый кит,Bely Kit,Bely Kit,Bely Kit,Biely Kit
rain,media,Дождь,Doschd,Dojd,Dozhd,Dożd
ministry,agency,Министерство культуры,Kulturministerium,ministère de la Culture,ministerio de Cultura,Ministerstwo Kultury
"""


def test_the_two_chances_are_sums_over_english_words() -> None:
    near = Dictionary("near", b"bank\tufer 400 500\tbank 600 900\nshore\tufer 800 500\n")
    far = Dictionary("far", "bank\tбанк 700 1000\tберег 300 400\nshore\tберег 900 600\n".encode())
    links = Bridge(near, far).links("ufer")
    assert {word: (round(link.forth, 3), round(link.back, 3)) for word, link in links.items()} == {
        "берег": (0.5 * 0.3 + 0.5 * 0.9, round(0.4 * 0.4 + 0.8 * 0.6, 3)),
        "банк": (0.5 * 0.7, 0.4 * 1.0),
    }
    assert next(iter(links)) == "берег", "the surer first"
    assert Bridge(near, far).links("fluss") == {}


@pytest.mark.parametrize("pair", [("de", "ru"), ("fr", "uk"), ("es", "ru"), ("pl", "ru"), ("de", "fr")])
def test_english_stands_between_two_of_its_tables(pair: tuple[str, str]) -> None:
    table = find_dictionary(*pair)
    assert isinstance(table, Bridge)
    assert table.name.startswith(f"words-en-{pair[0]}@") and f"+words-en-{pair[1]}@" in table.name
    assert find_dictionary(*pair) is table, "opened once"


def test_no_bridge_where_one_table_is_enough_or_none_is_there() -> None:
    assert not isinstance(find_dictionary("en", "ru"), Bridge)
    assert find_dictionary("ru", "ru") is None
    assert find_dictionary("de", "xx") is None and find_dictionary("xx", "ru") is None


@pytest.mark.parametrize(
    ("lang", "word", "other"),
    [("de", "regen", "дождь"), ("fr", "vérité", "правда"), ("es", "marinero", "матрос"), ("pl", "deszcz", "дождь")],
)
def test_words_of_a_kind(lang: str, word: str, other: str) -> None:
    table = find_dictionary(lang, "ru")
    assert table is not None
    links = table.links(word)
    assert other in links
    assert all(link.strength >= LEAST and link.forth >= LEAST_FORTH for link in links.values())
    assert [k.strength for k in links.values()] == sorted((k.strength for k in links.values()), reverse=True)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> qa.Checker:
    house: Path = tmp_path_factory.mktemp("house") / "house.csv"
    house.write_text(HOUSE, "utf-8")
    return qa.Checker(
        qa.Config(select=("literal-name",), neural="off", glossaries=(str(house),), builtin_glossary=False)
    )


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "Der Fernsehsender „Regen“ verlor seine Lizenz.", ["Regen"]),
        ("de", "Die Zeitung »Weißer Wal« erscheint nicht mehr.", ["Weißer Wal"]),
        ("fr", "La chaîne « Pluie » a perdu sa licence.", ["Pluie"]),
        ("es", "El diario «Ballena Blanca» cerró en mayo.", ["Ballena Blanca"]),
        ("pl", "Telewizja „Deszcz” straciła licencję.", ["Deszcz"]),
        ("pl", "Telewizja zapowiada deszcz.", []),
        ("de", "Der Fernsehsender warnte vor Regen.", []),
        ("fr", "La chaîne annonce de la pluie.", []),
        ("de", "Das „Ministerium für Kultur“ schwieg.", []),  # the accepted name is a translation itself
        ("fr", "Le « ministère de la Culture » se tait.", []),
    ],
)
def test_a_glossary_of_terms_and_accepted_renderings_is_enough(
    checker: qa.Checker, lang: str, text: str, found: list[str]
) -> None:
    report = checker.check(qa.Article("x", text, source_lang="ru", target_lang=lang))
    assert report.error is None, report.error
    assert [finding.text for finding in report.findings] == found
    assert all("→" in finding.message for finding in report.findings)
