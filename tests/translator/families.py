"""Tiny untrained models of every family, saved as their real ones are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import tongue, training

LINES = [text for pair in tongue.corpus(300, seed=5) for text in pair[:2]]
SIZES: dict[str, Any] = {
    "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
    "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 64,
    "init_std": 0.3,
}  # fmt: skip


def _finish(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def marian(folder: Path) -> Path:
    """Multilingual OPUS-MT: the target language is a tag before the source."""
    sources, targets = LINES[::2], LINES[1::2]
    tokenizer = training.marian_tokenizer(folder, sources, targets, (">>rus<<", ">>ukr<<"))
    model = training.marian_model(len(tokenizer.encoder), tokenizer.eos_token_id, tokenizer.pad_token_id, init_std=0.3)
    training.save(model, folder)
    return folder


def _seeded() -> None:
    import torch

    torch.manual_seed(11)


def nllb(folder: Path) -> Path:
    """NLLB: M2M-100's network, a fast BPE tokenizer with codes like eng_Latn."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    learner = Tokenizer(models.BPE(unk_token="<unk>"))
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    learner.train_from_iterator(LINES, trainers.BpeTrainer(vocab_size=200, show_progress=False,
                                special_tokens=["<s>", "<pad>", "</s>", "<unk>"]))  # fmt: skip
    learnt = json.loads(learner.to_str())["model"]
    merges: Any = [tuple(pair) for pair in learnt["merges"]]
    tokenizer = NllbTokenizer(vocab=learnt["vocab"], merges=merges, src_lang="eng_Latn", tgt_lang="rus_Cyrl")
    _seeded()
    config = M2M100Config(vocab_size=len(tokenizer), pad_token_id=1, bos_token_id=0, eos_token_id=2,
                          decoder_start_token_id=2, **SIZES)  # fmt: skip
    return _finish(M2M100ForConditionalGeneration(config), tokenizer, folder)


def m2m100(folder: Path, **changes: int) -> Path:
    """M2M-100: SentencePiece with a vocabulary file, codes like __en__."""
    import sentencepiece
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True)
    model_file = training.pieces(LINES, folder / "sentencepiece.bpe", 150, model_type="bpe", pad_id=1, bos_id=0,
                                 eos_id=2, unk_id=3)  # fmt: skip
    learnt = sentencepiece.SentencePieceProcessor(model_file=str(model_file))
    vocabulary = {learnt.id_to_piece(i): i for i in range(len(learnt))}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(model_file))
    _seeded()
    size = len(vocabulary) + len(tokenizer.lang_code_to_id) + 8
    config = M2M100Config(vocab_size=size, pad_token_id=1, bos_token_id=0, eos_token_id=2,
                          decoder_start_token_id=2, **{**SIZES, **changes})  # fmt: skip
    return _finish(M2M100ForConditionalGeneration(config), tokenizer, folder)


def small100(folder: Path) -> Path:
    """small100: M2M-100 with a deep encoder, a shallow decoder, and the target's code on the source."""
    return m2m100(folder, encoder_layers=4, decoder_layers=1)


def mbart50(folder: Path) -> Path:
    """mBART-50: a fast Unigram tokenizer, codes like en_XX."""
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration

    tokenizer = MBart50Tokenizer(
        vocab=_unigram(("<s>", "<pad>", "</s>", "<unk>"), 3), src_lang="en_XX", tgt_lang="ru_RU"
    )
    _seeded()
    config = MBartConfig(vocab_size=len(tokenizer), pad_token_id=1, bos_token_id=0, eos_token_id=2,
                         decoder_start_token_id=2, scale_embedding=True, **SIZES)  # fmt: skip
    return _finish(MBartForConditionalGeneration(config), tokenizer, folder)


def madlad(folder: Path) -> Path:
    """MADLAD: T5 with <2xx> before the source."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    vocabulary = [*_unigram(("<pad>", "</s>", "<unk>"), 2), ("<2en>", 0.0), ("<2ru>", 0.0)]
    tokenizer = T5Tokenizer(vocab=vocabulary, extra_ids=0, additional_special_tokens=["<2en>", "<2ru>"])
    _seeded()
    settings: dict[str, Any] = {
        "d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4, "feed_forward_proj": "gated-gelu",
        "pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0, "tie_word_embeddings": False,
        "initializer_factor": 2.0,
    }  # fmt: skip
    config = T5Config(vocab_size=len(tokenizer), **settings)
    return _finish(T5ForConditionalGeneration(config), tokenizer, folder)


def _unigram(specials: tuple[str, ...], unknown: int) -> list[tuple[str, float]]:
    """A Unigram vocabulary with its scores."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    learner = Tokenizer(models.Unigram())
    learner.pre_tokenizer = pre_tokenizers.Metaspace()
    learner.train_from_iterator(LINES, trainers.UnigramTrainer(vocab_size=150, show_progress=False,
                                special_tokens=list(specials), unk_token=specials[unknown]))  # fmt: skip
    return [(piece, score) for piece, score in json.loads(learner.to_str())["model"]["vocab"]]


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "marian": marian, "nllb": nllb, "m2m100": m2m100, "small100": small100, "mbart50": mbart50, "madlad": madlad,
}  # fmt: skip
