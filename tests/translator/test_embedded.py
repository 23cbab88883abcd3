"""The models that come with the package: found, whole, and of use."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa import models
from qa.cli import main

ARTICLES = Path(__file__).parent.parent / "articles"
NAME, BACK, WEST = "en-ru-uk-small", "ru-uk-en-small", "en-cs-de-es-fr-pl-zh-small"


def test_is_found_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = [m.name for m in models.list_models() if m.origin == "embedded" and m.kind == "translation"]
    assert found == [WEST, NAME, BACK]
    assert [models.verify(name) for name in found] == [[], [], []]
    assert main(["models", "list"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in found)


def test_demo_has_a_name_that_only_back_translation_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISHINA_CACHE", str(tmp_path))
    (article,) = qa.read([str(ARTICLES / "demo.txt")])
    house = {"select": ("literal-name",), "glossaries": (str(ARTICLES / "house.csv"),), "device": "cpu"}
    without = {f.text for f in qa.Checker(qa.Config(neural="off", **house)).check(article).findings}  # type: ignore[arg-type]
    found = {f.text: f for f in qa.Checker(qa.Config(neural="on", **house)).check(article).findings}  # type: ignore[arg-type]
    assert "Northern Wind" in without, "its words say it: северный, ветер"
    assert set(found) - without == {"Polar Bear"}, "in Russian it is a white one"
    assert found["Polar Bear"].suggestions == ("Bely Medved",)
    assert NAME in found["Polar Bear"].evidence["model"]


HOUSE = """ru,en
Комсомольская правда,Komsomolskaya Pravda
Ленинская смена,Leninskaya Smena
Министерство обороны,Ministry of Defence
Москва,Moskva
Сказка,Skazka
Сокол,Sokol
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> qa.Checker:
    path = tmp_path_factory.mktemp("house") / "house.csv"
    path.write_text(HOUSE, encoding="utf-8")
    return qa.Checker(
        qa.Config(select=("literal-name",), glossaries=(str(path),), builtin_glossary=False, neural="on", device="cpu")
    )


def findings(checker: qa.Checker, text: str) -> list[qa.Finding]:
    report = checker.check(qa.Article("x", text, source_lang="ru", target_lang="en"))
    assert report.error is None, report.error
    return list(report.findings)


def test_a_term_that_the_model_does_not_write_but_holds_likely(house: qa.Checker) -> None:
    (finding,) = findings(house, "The newspaper “Lenin's Shift” had printed an interview.")
    assert finding.suggestions == ("Leninskaya Smena",)
    assert finding.evidence["likely"] == "Ленинская смена"
    assert -2 < finding.evidence["nats_a_token"] < 0
    assert "Back-translation fits “ленинская смена”" in finding.message


def test_fewer_words_of_the_source_stand_for_all_of_the_name(house: qa.Checker) -> None:
    (finding,) = findings(house, "Passengers of the train “Fairy Tale” waited near Tver.")
    assert finding.suggestions == ("Skazka",)


@pytest.mark.parametrize(
    "text",
    [
        "He joined the pickets in support of the “Moscow case”.",  # one word of it is the name
        "The lawyers of the “Department of Defense” filed a motion.",  # as good as the accepted translation
        "They spoke of a “recipe for disaster”.",
    ],
)
def test_what_a_model_that_leaves_words_out_may_not_prove(house: qa.Checker, text: str) -> None:
    assert findings(house, text) == []


def test_no_model_for_a_pair_is_a_note_or_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISHINA_MODELS", str(tmp_path))
    article = qa.Article("x", "He works for the newspaper “Green Lamp”.", source_lang="tr", target_lang="en")
    report = qa.Checker(qa.Config()).check(article)
    assert report.notes == ("no model translates en to tr; names were not back-translated",)
    with pytest.raises(qa.TishinaError, match="no translation model"):
        qa.Checker(qa.Config(neural="on")).check(article)


def test_the_way_back_anticipates_what_a_machine_may_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house, made = tmp_path / "house.csv", tmp_path / "made.csv"
    names = "Полярная сова,Polyarnaya Sova\nНовая газета,Novaya Gazeta\nМинистерство культуры,Ministry of Culture\n"
    house.write_text(f"ru,en\n{names}", encoding="utf-8")
    arguments = ["--from", "ru", "--to", "en", "--device", "cpu", "--output", str(made)]
    assert main(["glossary", "anticipate", str(house), *arguments]) == 0
    said = capsys.readouterr()
    assert "Полярная сова (Polyarnaya Sova): Polar Owl" in said.out
    assert "Новая газета (Novaya Gazeta): New Newspaper" in said.out
    assert "Министерство" not in said.out, "the model says the accepted name itself"
    assert "2 of 3 names" in said.err
    config = qa.Config(select=("literal-name",), glossaries=(str(made),), builtin_glossary=False, neural="off")
    article = qa.Article("x", "A reporter of the “New Newspaper” was fined.", source_lang="ru", target_lang="en")
    assert [f.suggestions[0] for f in qa.Checker(config).check(article).findings] == ["Novaya Gazeta"]


def bare(tmp_path: Path, lang: str, rows: str) -> qa.Checker:
    path = tmp_path / f"{lang}.csv"
    path.write_text(f"{lang},en\n{rows}", encoding="utf-8")
    return qa.Checker(
        qa.Config(select=("literal-name",), glossaries=(str(path),), builtin_glossary=False, neural="on", device="cpu")
    )


def test_fewer_words_than_the_name_has_want_a_head_noun(house: qa.Checker) -> None:
    assert not findings(house, "Everyone in Tver knew the “Fairy Tale” of that year.")


def test_a_term_with_one_word_of_another_meaning_is_not_likely(tmp_path: Path) -> None:
    checker = bare(tmp_path, "uk", "Економічна правда,Ekonomichna Pravda\n")
    text = "The “economic pressure” that journalists have felt has increased up to 79%."
    report = checker.check(qa.Article("x", text, source_lang="uk", target_lang="en"))
    assert (report.error, report.findings) == (None, ())


def test_chinese_by_the_model_of_six_languages(tmp_path: Path) -> None:
    checker = bare(tmp_path, "zh", "快手,Kuaishou\n海參崴,Vladivostok\n")
    text = "The app “Quick Hand” was fined. Diners queued outside the “Seabed Fishing” restaurant."
    (finding,) = checker.check(qa.Article("x", text, source_lang="zh", target_lang="en")).findings
    assert (finding.text, finding.suggestions) == ("Quick Hand", ("Kuaishou",))
    assert WEST in finding.evidence["model"]
