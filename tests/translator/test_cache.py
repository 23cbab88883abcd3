"""The memory: the same answers, no second call, whatever happens to the file."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from qa.translator import CachedTranslator, Hypothesis, Link, NeuralTranslator, Store, TokenScores
from qa.translator.cache import key_of


class Fake:
    """A translator that counts the texts it was asked for."""

    signature = "fake@1"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        self.texts += texts
        return [[Hypothesis(t.upper(), ("▁" + t, "</s>"), (-0.5, -0.25), (Link((0, 1), (0, 1), 0.9),))] * n_best
                for t in texts]  # fmt: skip

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        self.texts += tgt
        return [TokenScores((t,), ((0, len(t)),), (-0.5,), (-0.25,)) for t in tgt]


def test_the_second_run_asks_nothing(tmp_path: Path) -> None:
    texts = [f"text {i % 700}" for i in range(1500)]
    first, second = Fake(), Fake()
    cold = CachedTranslator(first, Store(tmp_path / "c.sqlite"))
    warm = CachedTranslator(second, Store(tmp_path / "c.sqlite"))
    assert cold.translate(texts, "en", "ru") == warm.translate(texts, "en", "ru")
    assert cold.score(texts, texts, "en", "ru") == warm.score(texts, texts, "en", "ru")
    assert len(first.texts) == 1400
    assert second.texts == []
    assert (warm.asked, warm.computed) == (3000, 0)


def test_a_real_translators_answers_survive(translator: NeuralTranslator, tmp_path: Path) -> None:
    texts = ["Anna sees the prison.", "", "The guard knows Boris."]
    cold, warm = (CachedTranslator(translator, Store(tmp_path / "c.sqlite")) for _ in range(2))
    assert cold.translate(texts, "en", "ru", 2) == warm.translate(texts, "en", "ru", 2)
    assert warm.computed == 0


def test_what_it_does_not_have_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    cached = CachedTranslator(Fake(), Store(tmp_path / "c.sqlite"), told.extend)
    cached.translate(["a", "b", "a"], "en", "ru")
    cached.translate(["b", "c"], "en", "ru")
    cached.score(["d", "a"], ["x", "y"], "en", "ru")
    cached.score(["d", "a"], ["x", "y"], "en", "ru")
    assert told == ["a", "b", "c", "d", "a"]


def test_keys_tell_everything_apart(tmp_path: Path) -> None:
    fake = Fake()
    cached = CachedTranslator(fake, Store(tmp_path / "c.sqlite"))
    cached.translate(["a"], "en", "ru")
    cached.translate(["a"], "en", "uk")
    cached.translate(["a"], "en", "ru", 2)
    cached.score(["a"], ["a"], "en", "ru")
    fake.signature = "fake@2"
    cached.translate(["a"], "en", "ru")
    assert len(fake.texts) == 5
    assert key_of("ab", "c") != key_of("a", "bc")


def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is no database" * 100)
    cached = CachedTranslator(Fake(), Store(path))
    assert cached.translate(["a"], "en", "ru")[0][0].text == "A"
    again = CachedTranslator(Fake(), Store(path))
    again.translate(["a"], "en", "ru")
    assert again.computed == 0
    assert len(list(tmp_path.glob("*.broken-*"))) == 1


def test_a_page_that_breaks_later_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    store = Store(path)
    store.put({key_of(i): "x" * 500 for i in range(400)})
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = bytearray(path.read_bytes())
    data[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(data)
    cached = CachedTranslator(Fake(), store)
    assert cached.translate(["a"] * 3, "en", "ru")[2][0].text == "A"


def test_a_place_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cached = CachedTranslator(Fake(), Store(tmp_path / "file" / "c.sqlite"))
    assert cached.translate(["a"], "en", "ru")[0][0].text == "A"


def test_the_file_stays_within_its_bound(tmp_path: Path) -> None:
    store = Store(tmp_path / "c.sqlite", most_bytes=200_000)
    for start in range(0, 3000, 300):
        store.put({key_of(i): "x" * 300 for i in range(start, start + 300)})
    assert store.path.stat().st_size < 400_000
    newest = [key_of(i) for i in range(2950, 3000)]
    assert len(store.get(newest)) == 50


def _write(path: str, start: int) -> None:
    store = Store(path)
    for i in range(start, start + 40):
        store.put({key_of(i): str(i)})
        store.get([key_of(j) for j in range(start)])


def test_a_file_is_set_up_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "c.sqlite")
    store.put({b"k": "v"})
    with closing(store._open()) as db:
        assert db.execute("PRAGMA auto_vacuum").fetchone() == (2,), "incremental, set before the first table"
        before = db.execute("PRAGMA data_version").fetchone()
        assert store.get([b"k"]) == {b"k": "v"}
        assert db.execute("PRAGMA data_version").fetchone() == before, "a look-up writes nothing"


def test_parallel_processes(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_write, args=(str(path), start)) for start in range(0, 160, 40)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * 4
    assert len(Store(path).get([key_of(i) for i in range(160)])) == 160
    assert not list(tmp_path.glob("*.broken-*"))
