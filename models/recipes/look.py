"""How a model in training does: likelihood of the development rows, and a few words greedily."""

from __future__ import annotations

import network
import torch
from align import Pieces
from tokenizer import EOS, PAD, TAGS
from transformers import MarianMTModel


@torch.no_grad()
def develop(model: MarianMTModel, pieces: Pieces, rows: list[list[str]], written: int) -> dict[str, float]:
    """Return nats per character of the other side, a language (any vocabulary compares)."""
    words, device = pieces.vocabulary, model.model.shared.weight.device
    nats: dict[str, float] = {}
    letters: dict[str, int] = {}
    for _, language, english, other in rows:
        source = [words[TAGS[language]], *pieces.encode(0, [english])[0], words[EOS]]
        labels = [*pieces.encode(1, [other])[0], words[EOS]]
        batch = {
            "source": [source],
            "lengths": [len(source)],
            "previous": [[words[PAD], *labels[:-1]]],
            "labels": [labels],
            "looks": [[-1] * len(labels)],
        }
        tensors = {name: torch.tensor(value, device=device) for name, value in batch.items()}
        nats[language] = nats.get(language, 0.0) + float(network.loss(model, tensors, written, 0.0)[1])
        letters[language] = letters.get(language, 0) + len(other)
    return {f"dev_{language}": round(nats[language] / letters[language], 4) for language in nats}


@torch.no_grad()
def greedy(model: MarianMTModel, pieces: Pieces, tag: str, text: str, written: int) -> str:
    """Translate, the likeliest piece each time (no cache; for a look only)."""
    words, device = pieces.vocabulary, model.model.shared.weight.device
    source = torch.tensor([[words[tag], *pieces.encode(0, [text])[0], words[EOS]]], device=device)
    lengths, out = torch.tensor([source.shape[1]], device=device), [words[PAD]]
    for _ in range(40):
        states, _ = network.forward(model, source, lengths, torch.tensor([out], device=device))
        best = int((states[0, -1] @ model.model.shared.weight[:written].T).argmax())
        if best == words[EOS]:
            break
        out.append(best)
    names = {number: piece for piece, number in words.items()}
    return "".join(names[number] for number in out[1:]).replace("▁", " ").strip()
