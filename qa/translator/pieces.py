"""Marian's tokenizer over sentencepiece alone: texts to ids of one shared vocabulary, and back.

Piece for piece what transformers' MarianTokenizer does with the same files
(tests/translator/test_marian.py); `open_pieces` returns None for files that it may read otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

END, UNKNOWN, FILL = SPECIAL = ("</s>", "<unk>", "<pad>")
SPECIAL_RE = re.compile("(" + "|".join(map(re.escape, SPECIAL)) + ")")
MARK_RE = re.compile(">>.*?<<", re.DOTALL)
OTHER = ("tokenizer.json", "added_tokens.json")
"""Files that add tokens, or make transformers choose another tokenizer."""
NEUTRAL = {
    "source_lang", "target_lang", "model_max_length", "backend", "name_or_path", "is_local", "local_files_only",
}  # fmt: skip
"""Settings that change no id and no text."""
USUAL: dict[str, Any] = {
    "tokenizer_class": "MarianTokenizer", "eos_token": END, "unk_token": UNKNOWN, "pad_token": FILL,
    "separate_vocabs": False, "sp_model_kwargs": {}, "target_vocab_file": None, "tokenizer_file": None,
    "extra_special_tokens": [], "clean_up_tokenization_spaces": False, "split_special_tokens": False,
}  # fmt: skip
"""Settings that are known with this value only."""
UNMARKED = {"lstrip": False, "rstrip": False, "single_word": False}


class Pieces:
    """Source and target pieces, both numbered by one vocabulary.

    The methods are those of a transformers tokenizer that families.py and batch.py call, with
    the arguments that they give. Texts may begin with a language mark (`>>rus<<`).
    """

    def __init__(self, folder: Path, vocabulary: dict[str, int]) -> None:
        from sentencepiece import SentencePieceProcessor

        self.source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self.target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
        self.numbers = vocabulary
        self.names = {number: name for name, number in vocabulary.items()}
        self.unk_token_id = vocabulary[UNKNOWN]
        self.all_special_tokens = list(SPECIAL)
        self.supported_language_codes = [name for name in vocabulary if name.startswith(">>") and name.endswith("<<")]

    def __call__(
        self, text: str = "", *, text_target: str | None = None, add_special_tokens: bool = True
    ) -> dict[str, list[int]]:
        """Ids of a source text, or of a translation, under `input_ids`."""
        found = _cut(text, self.source) if text_target is None else _cut(text_target, self.target)
        end = [self.numbers[END]] if add_special_tokens else []
        return {"input_ids": [*map(self.convert_tokens_to_ids, found), *end]}

    def convert_tokens_to_ids(self, token: str) -> int:
        """The number of a piece; an unknown one has that of `<unk>`."""
        return self.numbers.get(token, self.unk_token_id)

    def convert_ids_to_tokens(self, ids: Iterable[int]) -> list[str]:
        """The piece of each number."""
        return [self.names[number] for number in ids]

    def decode(
        self, ids: Iterable[int], *, skip_special_tokens: Literal[True], use_source_tokenizer: Literal[False]
    ) -> str:
        """The text of a translation, without special tokens."""
        kept = [name for name in self.convert_ids_to_tokens(ids) if name not in SPECIAL]
        return str(self.target.decode_pieces(kept)).replace("▁", " ").strip()


def _cut(text: str, model: Any) -> Iterator[str]:
    """Pieces of a text: special tokens whole, and a language mark where it begins what is between them."""
    for part in SPECIAL_RE.split(text):
        found = MARK_RE.match(part)
        mark = part if part in SPECIAL else found[0] if found else ""
        if mark:
            yield mark
        if rest := part[len(mark) :]:
            yield from model.encode(rest, out_type=str)


def open_pieces(folder: Path, size: int) -> Pieces | None:
    """The tokenizer of a folder whose vocabulary numbers all of `size` rows; None if it is not such a one.

    Raises whatever a broken file makes its reader raise.
    """
    files = [folder / name for name in ("source.spm", "target.spm", "vocab.json")]
    if not all(map(Path.is_file, files)) or any((folder / name).exists() for name in OTHER):
        return None
    vocabulary = json.loads(files[-1].read_text("utf-8"))
    whole = isinstance(vocabulary, dict) and set(vocabulary.values()) == set(range(size)) and len(vocabulary) == size
    if not whole or not all(token in vocabulary for token in SPECIAL) or not _usual(folder, vocabulary):
        return None
    return Pieces(folder, vocabulary)


def _usual(folder: Path, vocabulary: dict[str, int]) -> bool:
    """True if nothing in the settings makes the tokenizer another than the usual one."""
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        path = folder / name
        settings = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        for number, token in settings.pop("added_tokens_decoder", {}).items():
            if token.get("content") not in SPECIAL or str(vocabulary[token["content"]]) != number:
                return False
            if any(token.get(key, False) is not value for key, value in UNMARKED.items()):
                return False
        if any(key not in NEUTRAL and (key not in USUAL or USUAL[key] != value) for key, value in settings.items()):
            return False
    return True
