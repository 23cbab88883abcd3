"""What a place says for and against a wrong rendering, on a glossary of a few made-up names."""

from __future__ import annotations

import pytest

import qa

HOUSE = """id,kind,ru,tr,en,en:deprecated,en:near,en:not-near
lamp,media,Зелёная лампа,,Zelyonaya Lampa,Green Lamp,Ivanov,shade
tide,media,Прилив,,Priliv,Tide,Ivanov,
rowan,weapon,Рябина,,Ryabina,Rowan,launcher,
ferry,place,,Feribot,Ferry Point,,,
ferry-ru,place,Паромная,,Paromnaya,Ferry Point,Ivanov,
band,work,Тени,,Shadows of Clay,Shadow of Clay,Ivanov,
lamp-press,media,Лампа Пресс,,Lampa Press,Green Lamp Press,zeppelin,
"""


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> qa.Checker:
    path = tmp_path_factory.mktemp("house") / "house.csv"
    path.write_text(HOUSE, encoding="utf-8")
    config = qa.Config(select=("literal-name",), glossaries=(str(path),), builtin_glossary=False, neural="off")
    return qa.Checker(config)


def found(checker: qa.Checker, text: str) -> list[str]:
    report = checker.check(qa.Article("x", text, source_lang="ru", target_lang="en"))
    assert report.error is None, report.error
    return [f.text for f in report.findings]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Ivanov wrote for the Green Lamp until May.", "Green Lamp"),  # a word of the concept is near
        ("Ivanov wrote for the Green “Lamp” until May.", "Green “Lamp”"),  # never one mark of a pair alone
        ("Ivanov wrote for the “Green” Lamp until May.", "“Green” Lamp"),
        ("Ivanov wrote for the Green «Lamp » until May.", "Green «Lamp »"),
        ('Ivanov wrote for the "Green" Lamp until May.', '"Green" Lamp'),
        ("He wrote for the Green Lamp in Moscow until May.", "Green Lamp"),  # a word of its home is
        ("A Russian court fined the Green Lamp on Monday.", "Green Lamp"),
        ("The daily Tide was fined, Ivanov said.", "Tide"),
        ("A rocket of the Russian Rowan launcher hit the bridge.", "Rowan"),  # an adjective makes no longer name
        ("The newspaper The Tide was closed, Ivanov said.", "Tide"),  # nor does an article
        ("The Green Lamp, Ivanov said, moved.", "Green Lamp"),  # its own capitals do not make a title of a sentence
        ("“Tide”, the loss-making Riga daily, was fined.", "Tide"),  # what is set after it says what it is
        ("He wrote for “Tide”, a small newspaper of the harbour.", "Tide"),
        ("Ivanov left the Ferry Point on Monday.", "Ferry Point"),  # accepted of something in another language
        ("Ivanov printed the Green Lamp Press on Monday.", "Green Lamp"),  # the longer one is not meant
    ],
)
def test_speaks_for_it(checker: qa.Checker, text: str, span: str) -> None:
    assert found(checker, text) == [span]


@pytest.mark.parametrize(
    "text",
    [
        "She lit the Green Lamp of the harbour in Oslo.",
        "“Tide”, a word of the sea that the newspaper printed, is old.",  # the head noun of another clause
        "Ivanov bought a Green Lamp with a paper shade.",
        "The Rising Tide group is led by Ivanov.",
        "IVANOV READS GREEN LAMP EVERY DAY IN MOSCOW.",
        "Zelyonaya Lampa, or “Green Lamp”, is edited by Ivanov.",
        "Ivanov staged Shadows of Clay in Perm.",  # the plural is the accepted name, not the wrong one inflected
    ],
)
def test_speaks_against_it(checker: qa.Checker, text: str) -> None:
    assert found(checker, text) == []
