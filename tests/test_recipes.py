"""The recipes: Russian sentences in Ukrainian, word for word; a network that is given more layers."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

RECIPES = Path(__file__).parents[1] / "models" / "recipes"
PAIRS = (
    ("правительство приняло новый закон", "уряд прийняв новий закон"),
    ("он принял решение", "він прийняв рішення"),
    ("она живет в доме", "вона живе в будинку"),
    ("он живет в городе", "він живе в місті"),
    ("дом стоит в городе", "будинок стоїть у місті"),
    ("мы видим дом", "ми бачимо будинок"),
    ("мы видим город", "ми бачимо місто"),
    ("увидеть дом", "побачити будинок"),
    ("это было в городе", "це було в місті"),
    ("это было важно", "це було важливо"),
    ("его слова", "його слова"),
    ("нет закона", "немає закону"),
    ("два закона", "два закони"),
    ("пять слов", "п'ять слів"),
)


@pytest.fixture(scope="module")
def recipes() -> Any:
    sys.path.insert(0, str(RECIPES))
    try:
        yield {name: importlib.import_module(name) for name in ("forms", "kin", "lexicon", "network", "sister")}
    finally:
        sys.path.remove(str(RECIPES))


@pytest.fixture(scope="module")
def sister(recipes: Any) -> Any:
    words, lexicon = recipes["lexicon"].words, recipes["lexicon"].Lexicon
    found = recipes["lexicon"].links([(words(ru), words(uk)) for ru, uk in PAIRS * 5])
    return recipes["sister"].Sister(lexicon(found, least=1.0, share=0.4))


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("Правительство приняло старые законы.", "Уряд прийняв старі закони."),  # forms that no pair has
        ("Больница приняла новое решение!", "Лікарня прийняла нове рішення!"),  # the verb as its new subject
        ("Мы видим большой дом.", "Ми бачимо великий будинок."),
        ("Мы видим старые города.", "Ми бачимо старі міста."),
        ("Дом стоит в новом городе.", "Будинок стоїть у новому місті."),  # the adjective's form, у after a consonant
        ("Он живет в Ижевске.", "Він живе в Іжевську."),
        ("Астрономический институт", "Астрономічний інститут"),  # spelt by rule, known to the dictionary
        ("НОВЫЙ закон — «Белый лебедь»", "НОВИЙ закон — «Білий лебідь»"),
        ("3,5 % и 2021", "3,5 % і 2021"),
        ("Этот дом стоит в нашем городе.", "Цей будинок стоїть у нашому місті."),
        ("Мы видим дом, который стоит в городе.", "Ми бачимо будинок, який стоїть у місті."),
        ("Она, живущая в городе, видит дом.", "Вона, що живе в місті, бачить будинок."),
        ("Самый новый город страны", "Найновіше місто країни"),
        ("Мы видим два больших дома и пять новых школ.", "Ми бачимо два великих будинки і п'ять нових шкіл."),
        ("Было принято решение.", "Було прийняте рішення."),
        ("Увидев дом, он принял решение.", "Побачивши будинок, він прийняв рішення."),
        ("К нему и к этому закону", "До нього і до цього закону"),
        ("По его словам, это важно.", "За його словами, це важливо."),
        ("Нет, Том живет в городе.", "Ні, Том живе в місті."),
        ("Она участвует в войне.", "Вона бере участь у війні."),  # one word for two
        ("Найдите дом.", "Знайдіть будинок."),  # the imperative: nobody is addressed by a pronoun
        ("Большая война", "Велика війна"),  # no comparative
        ("Больший дом", "Більший будинок"),
        ("Закон для взрослых", "Закон для дорослих"),  # a noun that inflects as an adjective
        ("5-й закон и 2-я школа", "5-й закон і 2-а школа"),
        ("Закон К. Андреева", "Закон К. Андреєва"),  # an initial, no preposition
        ("Ветер 3 км/с", "Вітер 3 км/с"),
        ("Дмитрий Петелин живет в Неваде.", "Дмитро Петелін живе в Неваді."),
        ("Между ними был тайный сговор.", "Між ними була таємна змова."),  # the subject, not the object
        ("Он увидел новую школу и большую войну.", "Він побачив нову школу і велику війну."),
        ("Она была доброй и новой школой.", "Вона була доброю і новою школою."),  # adjectives that are joined
    ],
)
def test_word_for_word(sister: Any, russian: str, ukrainian: str) -> None:
    assert sister.sentence(russian) == ukrainian


@pytest.mark.parametrize("russian", ["Он живет в пощёчине.", "Мы видим хмыря", "Она ушла восвояси."])
def test_a_sentence_with_an_unknown_word_is_left_out(sister: Any, russian: str) -> None:
    assert sister.sentence(russian) is None


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("достоевский", "достоєвський"), ("троицкая", "троїцька"), ("виктор", "віктор"), ("мария", "марія"),
        ("чикаго", "чикаго"), ("объектов", "об'єктов"), ("елисеев", "єлісеєв"), ("грозный", "грозний"),
        ("зеленского", "зеленського"), ("путина", "путіна"), ("прокопьев", "прокоп'єв"), ("ижевску", "іжевську"),
    ],
)  # fmt: skip
def test_names_are_transcribed(recipes: Any, russian: str, ukrainian: str) -> None:
    assert recipes["kin"].transcribed(russian) == ukrainian


def test_a_link_is_of_the_lemma_whose_form_fits(recipes: Any) -> None:
    lexicon, word = recipes["lexicon"].Lexicon, recipes["forms"].Word
    learnt = lexicon({"критика": {"критика": 5.0}, "работы": {"роботи": 5.0}, "немощная": {"він": 5.0}}, 1.0, 0.4)
    assert learnt.lemmas[word("критика", "noun")] == word("критика", "noun")  # not критик
    assert learnt.lemmas[word("работа", "noun")] == word("робота", "noun")  # not робот
    assert word("немощный", "adjective") not in learnt.lemmas  # no pronoun


def test_capitals_go_with_the_parts_of_a_word(recipes: Any) -> None:
    cased = recipes["kin"].cased
    assert cased("нью-йорк", "Нью-Йорк") == "Нью-Йорк"
    assert cased("telegram-каналу", "Telegram-каналу") == "Telegram-каналу"
    assert cased("південний захід", "Юго-Запад") == "Південний захід"


def test_every_given_pair_is_one_of_words(recipes: Any) -> None:
    pairs = list(recipes["kin"].given())
    assert len(pairs) > 1500
    assert {kind for kind, _, _ in pairs} == {"noun", "verb", "adjective", "adverb", "word"}
    assert len({(kind, russian) for kind, russian, _ in pairs}) == len(pairs)


def test_a_deeper_network_begins_where_the_shallow_one_stopped(recipes: Any) -> None:
    network = recipes["network"]
    torch.manual_seed(3)
    shape = {"width": 32, "heads": 2, "feed_forward": 48, "positions": 16, "dropout": 0.0}
    shallow, deep = (
        network.create({**shape, "encoder_layers": wide, "decoder_layers": high}, 40, 0, 1)
        for wide, high in ((2, 1), (4, 3))
    )
    for weight in shallow.parameters():
        torch.nn.init.normal_(weight, std=0.3)
    network.adopt(deep, shallow.state_dict())
    source, previous = torch.randint(2, 40, (3, 7)), torch.randint(2, 40, (3, 5))
    lengths = torch.tensor([7, 4, 2])
    for said, same in zip(*(network.forward(m, source, lengths, previous) for m in (shallow, deep)), strict=True):
        torch.testing.assert_close(same, said, rtol=1e-4, atol=1e-4)
    network.loss(deep, {"source": source, "lengths": lengths, "previous": previous, "labels": previous,
                        "looks": previous.clamp(max=1)}, 40, 0.1)[0].backward()  # fmt: skip
    assert all(layer.fc2.weight.grad.abs().max() > 0 for layer in deep.model.decoder.layers)


def test_weights_of_another_network_are_refused(recipes: Any) -> None:
    network = recipes["network"]
    shape = {"width": 32, "heads": 2, "feed_forward": 48, "positions": 16, "dropout": 0.0, "encoder_layers": 1}
    deep, shallow = (network.create({**shape, "decoder_layers": n}, 40, 0, 1) for n in (2, 1))
    with pytest.raises(SystemExit, match="not weights of this configuration"):
        network.adopt(shallow, deep.state_dict())
