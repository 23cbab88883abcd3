"""Trains a tiny Marian model on the made-up language, and builds tiny models of other families."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from . import tongue


def pieces(lines: list[str], prefix: Path, size: int, **options: Any) -> Path:
    """Train a SentencePiece model; returns its file."""
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(prefix), vocab_size=size, hard_vocab_limit=False,
        character_coverage=1.0, minloglevel=2, **options,
    )  # fmt: skip
    return prefix.with_name(prefix.name + ".model")


def marian_tokenizer(
    folder: Path, sources: list[str], targets: list[str], tags: tuple[str, ...] = (), size: int = 0
) -> Any:
    """A Marian tokenizer in `folder`, learnt from the texts; filled up to `size` pieces."""
    import sentencepiece
    from transformers import MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for side, lines in (("source", sources), ("target", targets)):
        path = pieces(lines, folder / side, 400)
        path.rename(folder / f"{side}.spm")
        path.with_suffix(".vocab").unlink()
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{side}.spm"))
        names += [model.id_to_piece(i) for i in range(3, len(model))]
    listed = ["</s>", "<unk>", *tags, *dict.fromkeys(names)]
    listed += [*(f"▁filler{i}" for i in range(size - len(listed) - 1)), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({name: i for i, name in enumerate(listed)}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would like sacremoses
        tokenizer = MarianTokenizer(str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json"))
    tokenizer.save_pretrained(folder)
    return tokenizer


def marian_model(size: int, eos: int, pad: int, **changes: Any) -> Any:
    """A Marian network with fresh weights."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(7)
    settings: dict[str, Any] = {
        "d_model": 64, "encoder_layers": 2, "decoder_layers": 1, "encoder_attention_heads": 4,
        "decoder_attention_heads": 4, "encoder_ffn_dim": 128, "decoder_ffn_dim": 128, "dropout": 0.0,
        "max_position_embeddings": 64, "scale_embedding": True, "activation_function": "swish",
        "init_std": 0.1, "attn_implementation": "eager",
    }  # fmt: skip
    config = MarianConfig(vocab_size=size, eos_token_id=eos, pad_token_id=pad, bos_token_id=None,
                          decoder_start_token_id=pad, forced_eos_token_id=eos, **{**settings, **changes})  # fmt: skip
    model = MarianMTModel(config)
    with torch.no_grad():  # the cross-attention begins by copying what it looks at: words are learnt sooner
        for layer in model.model.decoder.layers:
            for block in (layer.encoder_attn.v_proj, layer.encoder_attn.out_proj):
                block.weight.mul_(0.1).add_(torch.eye(config.d_model))
        for layer in [*model.model.encoder.layers, *model.model.decoder.layers]:
            layer.fc2.weight.mul_(0.3)
            layer.self_attn.out_proj.weight.mul_(0.3)
    return model


def train(folder: Path, steps: int = 650, batch: int = 32, rate: float = 6e-3) -> None:
    """Train English → made-up, and save it as a Marian model."""
    import torch

    pairs = tongue.corpus(6000, seed=1)
    tokenizer = marian_tokenizer(folder, [p[0] for p in pairs], [p[1] for p in pairs])
    model = marian_model(len(tokenizer.encoder), tokenizer.eos_token_id, tokenizer.pad_token_id)
    sources = tokenizer([p[0] for p in pairs]).input_ids
    targets = tokenizer(text_target=[p[1] for p in pairs]).input_ids
    looks = [
        looked(tokenizer, pair, source, target) for pair, source, target in zip(pairs, sources, targets, strict=True)
    ]
    order = sorted(range(len(pairs)), key=lambda i: len(sources[i]))
    batches = [order[i : i + batch] for i in range(0, len(order) - batch, batch)]
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.15)
    generator = torch.Generator().manual_seed(3)
    model.train()
    for _ in range(steps):
        chosen = batches[int(torch.randint(len(batches), (1,), generator=generator))]
        source, mask = padded([sources[i] for i in chosen], tokenizer.pad_token_id)
        labels, real = padded([targets[i] for i in chosen], tokenizer.pad_token_id)
        out = model(input_ids=source, attention_mask=mask, labels=labels.masked_fill(real == 0, -100),
                    output_attentions=True)  # fmt: skip
        places, known = padded([looks[i] for i in chosen], 0)
        seen = out.cross_attentions[-1].mean(1).gather(2, places[:, :, None])[:, :, 0]
        loss = out.loss - ((seen + 1e-4).log() * known).sum() / known.sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    save(model, folder)


def looked(tokenizer: Any, pair: tongue.Pair, source: list[int], target: list[int]) -> list[int]:
    """For each target piece, the place of the source piece to look at (guided attention)."""
    starts = [i for i, piece in enumerate(tokenizer.convert_ids_to_tokens(source)) if piece.startswith("▁")]
    english = [word.strip(".").lower() for word in pair[0].split()]
    links = {said.lower(): english.index(word.lower()) for said, word in pair[2].items()}
    places, word = [], -1
    foreign = [said.strip(".").lower() for said in pair[1].split()]
    for piece in tokenizer.convert_ids_to_tokens(target):
        word += piece.startswith("▁")
        places.append(starts[links.get(foreign[word], 0)] if piece != "</s>" else len(source) - 1)
    return places


def padded(rows: list[list[int]], fill: int) -> tuple[Any, Any]:
    """Ids and mask, both (rows, longest)."""
    import torch

    longest = max(map(len, rows))
    ids = torch.tensor([row + [fill] * (longest - len(row)) for row in rows])
    return ids, torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])


def save(model: Any, folder: Path) -> None:
    """Save weights and configuration beside the tokenizer."""
    model.eval()
    model.generation_config.bad_words_ids = None if model.config.pad_token_id is None else [[model.config.pad_token_id]]
    model.save_pretrained(folder)
