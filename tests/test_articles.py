"""Reading: formats, encodings, line ends, folders, and what is broken."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from qa.articles import read
from qa.document import Document
from qa.errors import TishinaError
from qa.schema import Article

TEXT = "Überschrift\n\nDer Bürgermeister sprach über «Москву».\r\nEnde."


def one(path: Path) -> Article:
    (article,) = read([str(path)])
    return article


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 le", "utf-16 be"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    article = one(path)
    assert (article.text, article.notes, article.error) == (TEXT, (), None)


def test_other_encoding_is_detected_and_said(tmp_path: Path) -> None:
    text = "Суд отложил заседание до пятницы, сообщила пресс-служба. Адвокат подал жалобу. " * 20
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("windows-1251"))
    article = one(path)
    assert article.text == text
    assert article.notes[0].startswith("not UTF-8; read as")


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, b"\xff\xfe\x00"])
def test_binary_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    error = one(path).error
    assert error is not None and ";" in error


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert one(path) == Article(str(path), "", path=str(path))


def test_missing_path_is_said_before_anything_is_read() -> None:
    with pytest.raises(TishinaError, match="no such file"):
        list(read(["no/such/file.txt"]))


def test_folder_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", "ignored.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    assert [Path(a.id).name for a in read([str(tmp_path)])] == ["a.md", "b.txt", "c.txt"]


def test_markdown_leaves_code_and_front_matter_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: «x»..\n---\n\n# News\n\nHe said `a..` and [it](http://a..b/).\n\n```\nx.. «y»\n```\n\nIt ended..\n",
        encoding="utf-8",
    )
    article = one(path)
    doc = Document(article)
    ignored = "".join(s.of(article.text) for s in article.ignored)
    assert "«x».." in ignored and "`a..`" in ignored and "x.. «y»" in ignored
    assert [b.of(article.text) for b in doc.blocks][-1] == "It ended.."


def test_records(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": "one", "target": "Text.", "source": "Текст.", "source_lang": "ru", "target_lang": "en", "title": "T"},
        {"text": "Other."},
    ]
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n\n", encoding="utf-8")
    first, second = read([str(path)])
    assert (first.id, first.text, first.source, first.source_lang, first.title) == ("one", "Text.", "Текст.", "ru", "T")
    assert (second.id, second.text) == (f"{path}:2", "Other.")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not a record"),
        ('{"id": 1}', "no text"),
        ('{"target": 5}', "no text"),
        ('{"target": "a", "title": ["b"]}', "'title' is not a text"),
    ],
)
def test_a_broken_record_does_not_stop_the_others(tmp_path: Path, line: str, what: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line + '\n{"target": "Good."}\n', encoding="utf-8")
    broken, good = read([str(path)])
    assert broken.error is not None and what in broken.error
    assert good.text == "Good." and good.error is None


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,target\n1,"One, two.\nThree."\n', encoding="utf-8")
    assert one(path).text == "One, two.\nThree."
    path.write_text("id,words\n1,One\n", encoding="utf-8")
    assert "no column" in (one(path).error or "")


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The two sides met in Geneva on Monday for talks that were\nexpected to last a week.\n\nNext."
    doc = Document(Article("x", text, target_lang="en"))
    assert len(doc.blocks) == 2
    assert doc.title is None
