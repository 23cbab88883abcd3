"""A translator that remembers: what was asked before is not computed again, across runs.

Content-addressed: the key is a hash of the translator's signature (model and tokenizer
bytes, dtype, decoding), the verb, the languages and the text. One SQLite file, safe with
parallel processes (WAL), bounded in size (the longest unused leave first). A file that
cannot be read is set aside and a new one begun; a cache never fails a run.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from qa.translator.types import Hypothesis, Link, TokenScores, Translator

MOST_BYTES = 1 << 30
AT_ONCE = 500
"""Keys a query; SQLite allows 999 in its oldest builds."""
STALE = 3600.0
"""Seconds: an entry's time of use is written anew only when it is older than this."""
TABLE = """CREATE TABLE IF NOT EXISTS said
(key BLOB PRIMARY KEY, value TEXT NOT NULL, used REAL NOT NULL) WITHOUT ROWID"""

T = TypeVar("T")
OnMiss = Callable[[list[str]], object]


def default_path() -> Path:
    """The cache file, in the folder TISHINA_CACHE, else in the user's cache directory."""
    if chosen := os.environ.get("TISHINA_CACHE"):
        return Path(chosen) / "translations.sqlite"
    from platformdirs import user_cache_path

    return user_cache_path("tishina", appauthor=False) / "translations.sqlite"


def key_of(*parts: object) -> bytes:
    """A 16-byte hash of the parts, unambiguous however they are cut."""
    return blake2b(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Store:
    """Keys → JSON texts in one SQLite file of at most `most_bytes`."""

    def __init__(self, path: str | Path, most_bytes: int = MOST_BYTES) -> None:
        self.path, self.most_bytes = Path(path), most_bytes

    def get(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values of those keys that are there, in batches of one query each."""
        found: dict[bytes, str] = self._safely(lambda db: self._read(db, keys), {})
        return found

    def put(self, values: dict[bytes, str]) -> None:
        """Store values, then drop the longest unused if the file has grown too large."""
        if values:
            self._safely(lambda db: self._write(db, values), None)

    def _read(self, db: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, str]:
        found: dict[bytes, str] = {}
        old: list[tuple[float, bytes]] = []
        now = time.time()
        for start in range(0, len(keys), AT_ONCE):
            part = keys[start : start + AT_ONCE]
            marks = ",".join("?" * len(part))
            for key, value, used in db.execute(f"SELECT key, value, used FROM said WHERE key IN ({marks})", part):
                found[key] = value
                if now - used > STALE:
                    old.append((now, key))
        if old:
            with db:
                db.executemany("UPDATE said SET used = ? WHERE key = ?", old)
        return found

    def _write(self, db: sqlite3.Connection, values: dict[bytes, str]) -> None:
        now = time.time()
        with db:
            db.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", [(k, v, now) for k, v in values.items()])
        while _bytes_used(db) > self.most_bytes:
            with db:
                gone = db.execute("DELETE FROM said WHERE key IN (SELECT key FROM said ORDER BY used LIMIT "
                                  "(SELECT 1 + count(*) / 5 FROM said))").rowcount  # fmt: skip
            if not gone:
                break
            db.execute("PRAGMA incremental_vacuum")

    def _safely(self, act: Callable[[sqlite3.Connection], Any], otherwise: Any) -> Any:
        """Act on the database; set a broken file aside and try once more, else go without."""
        for _ in range(2):
            try:
                with closing(self._open()) as db:
                    return act(db)
            except sqlite3.OperationalError:
                return otherwise  # locked for too long, disk full, read-only: go without
            except sqlite3.DatabaseError:
                self._set_aside()
            except OSError:
                return otherwise
        return otherwise

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=30)
        try:
            if not db.execute("PRAGMA page_count").fetchone()[0]:  # a new file; asked of an old one it is dear
                db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute(TABLE)
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _set_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.broken-{os.getpid()}-{time.time_ns()}")
        try:
            self.path.rename(aside)
        except OSError:
            return
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


def _bytes_used(db: sqlite3.Connection) -> int:
    pages = db.execute("PRAGMA page_count").fetchone()[0] - db.execute("PRAGMA freelist_count").fetchone()[0]
    return int(pages * db.execute("PRAGMA page_size").fetchone()[0])


class CachedTranslator:
    """Any translator, with a memory: the same two verbs, the same answers.

    `asked` and `computed` count the texts that came and those that reached the translator;
    `on_miss` is told the latter (of pairs to score, the sources).
    """

    def __init__(self, inner: Translator, store: Store, on_miss: OnMiss | None = None) -> None:
        self.inner, self.store, self.on_miss = inner, store, on_miss
        self.asked = self.computed = 0

    @property
    def signature(self) -> str:
        """The inner translator's: a cache changes no number."""
        return self.inner.signature

    def translate(self, texts: Sequence[str], src_lang: str, tgt_lang: str, n_best: int = 1) -> list[list[Hypothesis]]:
        """See `Translator.translate`."""

        def compute(missing: list[str]) -> list[list[Hypothesis]]:
            self._tell(missing)
            return self.inner.translate(missing, src_lang, tgt_lang, n_best)

        head = ("translate", src_lang, tgt_lang, n_best)
        return self._through(list(texts), head, compute, _dump_hypotheses, _load_hypotheses)

    def score(self, src: Sequence[str], tgt: Sequence[str], src_lang: str, tgt_lang: str) -> list[TokenScores]:
        """See `Translator.score`."""

        def compute(missing: list[tuple[str, str]]) -> list[TokenScores]:
            sources = [s for s, _ in missing]
            self._tell(sources)
            return self.inner.score(sources, [t for _, t in missing], src_lang, tgt_lang)

        pairs = list(zip(src, tgt, strict=True))
        return self._through(pairs, ("score", src_lang, tgt_lang), compute, _dump_scores, _load_scores)

    def _tell(self, missing: list[str]) -> None:
        if self.on_miss:
            self.on_miss(missing)

    def _through(
        self, items: list[Any], head: tuple[object, ...], compute: Callable[[list[Any]], list[T]],
        dump: Callable[[T], str], load: Callable[[str], T],
    ) -> list[T]:  # fmt: skip
        """Items from the store where it has them, from the translator where it has not."""
        keys = {item: key_of(self.signature, *head, item) for item in items}
        stored = self.store.get(list(keys.values()))
        missing = [item for item, key in keys.items() if key not in stored]
        self.asked, self.computed = self.asked + len(items), self.computed + len(missing)
        fresh = dict(zip(missing, compute(missing), strict=True)) if missing else {}
        self.store.put({keys[item]: dump(value) for item, value in fresh.items()})
        return [fresh[item] if item in fresh else load(stored[keys[item]]) for item in items]


def _dump_hypotheses(found: list[Hypothesis]) -> str:
    rows = [[h.text, h.tokens, h.logprobs, [[k.hyp, k.src, k.weight] for k in h.alignment], h.finished] for h in found]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _load_hypotheses(value: str) -> list[Hypothesis]:
    return [
        Hypothesis(text, tuple(tokens), tuple(logprobs),
                   tuple(Link((h[0], h[1]), (s[0], s[1]), w) for h, s, w in links), finished)
        for text, tokens, logprobs, links, finished in json.loads(value)
    ]  # fmt: skip


def _dump_scores(one: TokenScores) -> str:
    row = [one.tokens, one.offsets, one.logprobs, one.favourites]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _load_scores(value: str) -> TokenScores:
    tokens, offsets, logprobs, favourites = json.loads(value)
    return TokenScores(tuple(tokens), tuple((a, b) for a, b in offsets), tuple(logprobs), tuple(favourites))
