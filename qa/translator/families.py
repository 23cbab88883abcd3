"""How each model family wants its text: language marks, prompts, pieces.

A `Family` turns a text into encoder ids, a translation into decoder ids, and decoder ids
into text. Marks: OPUS-MT puts >>xxx<< before the source of a multilingual model; NLLB and
mBART-50 put a source code on the source and make the decoder begin with the target code;
M2M-100 the same with `__xx__`; small100 marks the source with the *target*; MADLAD puts
<2xx> before the source; T5 has no marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qa.errors import TishinaError
from qa.translator import languages

Mark = Callable[[Any, str], str | None]


@dataclass(frozen=True, slots=True)
class Family:
    """One family's conventions: the token for a source and for a target language.

    `source` and `target` return the token for a language, or None if the model lacks it;
    `source_mark` says which of the two languages is marked on the encoder side.
    """

    name: str
    token: Mark
    source_mark: str  # "source", "target" or "none"
    forced: bool  # the decoder begins with the target's token


def _known(tokenizer: Any, token: str | None) -> str | None:
    """`token` if it is one whole token of the vocabulary."""
    if not token:
        return None
    number = tokenizer.convert_tokens_to_ids(token)
    return token if number is not None and number != tokenizer.unk_token_id else None


def _nllb(tokenizer: Any, lang: str) -> str | None:
    codes = languages.find(lang)
    return _known(tokenizer, codes.nllb if codes else None)


def _m2m(tokenizer: Any, lang: str) -> str | None:
    codes = languages.find(lang)
    return _known(tokenizer, f"__{codes.m2m100}__" if codes and codes.m2m100 else None)


def _mbart(tokenizer: Any, lang: str) -> str | None:
    codes = languages.find(lang)
    return _known(tokenizer, codes.mbart50 if codes else None)


def _madlad(tokenizer: Any, lang: str) -> str | None:
    codes = languages.find(lang)
    names = dict.fromkeys([lang, lang.replace("-", "_"), codes.tag if codes else lang, lang.partition("-")[0]])
    return next((found for name in names if (found := _known(tokenizer, f"<2{name}>"))), None)


def _marian(tokenizer: Any, lang: str) -> str | None:
    return languages.marian_tag(lang, tokenizer.supported_language_codes)


FAMILIES = {
    family.name: family
    for family in (
        Family("marian", _marian, "target", False),
        Family("nllb", _nllb, "source", True),
        Family("m2m100", _m2m, "source", True),
        Family("small100", _m2m, "target", False),
        Family("mbart50", _mbart, "source", True),
        Family("madlad", _madlad, "target", False),
        Family("t5", lambda tokenizer, lang: None, "none", False),
    )
}


def family_of(config: Any, tokenizer: Any, where: str) -> Family:
    """Which family a loaded model belongs to, by its configuration and its vocabulary."""
    kind = getattr(config, "model_type", "")
    if kind == "marian":
        return FAMILIES["marian"]
    if kind == "m2m_100":
        if _known(tokenizer, "eng_Latn"):
            return FAMILIES["nllb"]
        shallow = config.decoder_layers * 2 <= config.encoder_layers
        return FAMILIES["small100" if shallow else "m2m100"]
    if kind == "mbart":
        return FAMILIES["mbart50"]
    if kind in ("t5", "mt5", "umt5"):
        return FAMILIES["madlad" if _known(tokenizer, "<2en>") else "t5"]
    raise TishinaError(where, f"{kind or 'unknown'} is not a translation model that qa can run",
                       "use a Marian/OPUS-MT, NLLB, M2M-100, mBART-50 or MADLAD/T5 model")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """One language pair of one model: what goes before the source, and how the decoder begins.

    `prefix` and `suffix` surround the ids of a source text; `prompt` are the ids that the
    decoder is given, the first being its start token.
    """

    prefix: tuple[int, ...]
    suffix: tuple[int, ...]
    prompt: tuple[int, ...]


def route(family: Family, tokenizer: Any, config: Any, pair: tuple[str, str], where: str) -> Route:
    """The marks for a language pair; raises `TishinaError` when the model does not have it."""
    src, tgt = pair
    eos, start = int(config.eos_token_id), int(config.decoder_start_token_id)
    marked = {"source": src, "target": tgt}.get(family.source_mark)
    token = family.token(tokenizer, marked) if marked else None
    single = family.name == "marian" and not tokenizer.supported_language_codes
    if family.source_mark != "none" and token is None and not single:
        raise _unknown(where, str(marked))
    prefix = (int(tokenizer.convert_tokens_to_ids(token)),) if token else ()
    prompt: tuple[int, ...] = (start,)
    if family.forced:
        forced = family.token(tokenizer, tgt)
        if forced is None:
            raise _unknown(where, tgt)
        prompt = (start, int(tokenizer.convert_tokens_to_ids(forced)))
    return Route(prefix, (eos,), prompt)


def _unknown(where: str, lang: str) -> TishinaError:
    return TishinaError(where, f"the model does not know the language {lang}",
                        "choose another model; `tishina models list` shows the pairs")  # fmt: skip


def source_ids(tokenizer: Any, text: str) -> list[int]:
    """Ids of a source text without any mark."""
    return [int(i) for i in tokenizer(text, add_special_tokens=False)["input_ids"]]


def target_ids(family: Family, tokenizer: Any, text: str) -> list[int]:
    """Ids of a translation without any mark (Marian has a second set of pieces for it)."""
    if family.name != "marian":
        return source_ids(tokenizer, text)
    encoded = tokenizer(text_target=text, add_special_tokens=False)
    return [int(i) for i in encoded["input_ids"]]


def to_text(family: Family, tokenizer: Any, ids: list[int]) -> str:
    """The text that decoder ids stand for, without marks."""
    extra = {"use_source_tokenizer": False} if family.name == "marian" else {}
    return str(tokenizer.decode(ids, skip_special_tokens=True, **extra)).strip()
