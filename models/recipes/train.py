"""Train the model: a plain loop that stops, resumes and ends on time.

Why its own loop: on two CPU cores every token counts, so the graph is compiled
on fixed shapes in bf16, the hidden matrices are trained by Muon (Jordan et al.
2024: fewer tokens than Adam), the decoder is shown the alignment, and the
learning rate follows the clock (warm up, hold, fall to nothing at the end of
`minutes`), whatever else the machine does. The same file runs on a GPU.

Usage: ``train.py CONFIG OUT [--minutes N] [--start FOLDER]``; reads what align.py wrote in OUT,
keeps ``OUT/state.pt`` (to resume) and ``OUT/ema.pt`` (averaged weights), and
appends to ``OUT/curve.jsonl``. With ``--start`` a fresh run begins at the weights
of an exported folder that has the same tokenizer and width, instead of at the
alignment: where a state file is lost, its work is not, and a network may be
given more layers.
"""

from __future__ import annotations

import argparse
import copy
import json
import signal
import time
import tomllib
from pathlib import Path
from typing import Any

import network
import torch
from align import Pieces
from feed import Feed
from look import develop, greedy
from tokenizer import EOS, PAD, TAGS
from torch import Tensor, nn
from transformers import MarianMTModel
from unpack import weights


class Step(nn.Module):
    """The loss as a module, for the compiler."""

    def __init__(self, model: MarianMTModel, written: int, smoothing: float) -> None:
        super().__init__()
        self.model, self.written, self.smoothing = model, written, smoothing

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """See network.loss."""
        return network.loss(self.model, batch, self.written, self.smoothing)


def optimisers(model: MarianMTModel, settings: dict[str, Any]) -> list[torch.optim.Optimizer]:
    """Return Muon for the hidden matrices, AdamW for embeddings, norms and biases."""
    hidden: list[Tensor] = []
    other: list[Tensor] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            (hidden if weight.ndim == 2 and "layers" in name else other).append(weight)
    muon = torch.optim.Muon(
        hidden, lr=settings["rate"], weight_decay=0.01, momentum=0.95, adjust_lr_fn="match_rms_adamw"
    )
    adam = torch.optim.AdamW(other, lr=settings["embed_rate"], betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return [muon, adam]


def rate(progress: float, step: int, settings: dict[str, Any]) -> float:
    """Return the share of the full learning rate: warm up, hold, fall."""
    fall = (1 - progress) / (1 - settings["fall_from"])
    share: float = min(1.0, (step + 1) / settings["warm_steps"], max(0.0, fall) + 0.01)
    return share


class Trainer:
    """What a run holds, and how it goes on."""

    def __init__(self, config: dict[str, Any], out: Path, minutes: float, begin: Path | None = None) -> None:
        self.config, self.settings, self.out = config, config["train"], out
        torch.manual_seed(self.settings["seed"])
        torch.set_num_threads(self.settings["threads"])
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.pieces = Pieces(out / "tokenizer")
        words = self.pieces.vocabulary
        size = json.loads((out / "vocabulary.json").read_text("utf-8"))
        self.model = network.create(config["model"], size["all"], words[EOS], words[PAD])
        if begin:
            network.adopt(self.model, weights(begin))
        else:
            network.start(self.model, torch.load(out / "embeddings.pt"))
        self.model.to(device=self.device)  # type: ignore[call-arg]
        self.plain = Step(self.model, size["written"], self.settings["smoothing"])
        self.compiled = torch.compile(self.plain, dynamic=False) if self.settings["compile"] else self.plain
        self.average = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self.optimisers = optimisers(self.model, self.settings)
        self.feed = Feed(out / "train.npz", config, words[PAD])
        self.progress = [0.0]
        self.seconds, self.budget = 0.0, minutes * 60
        self.step = self.round = self.tokens = self.slots = 0
        self.stop = False
        if (out / "state.pt").exists():
            self.load()

    def load(self) -> None:
        """Go on from the state file."""
        state = torch.load(self.out / "state.pt", map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.seconds, self.step, self.round, self.tokens = state["counts"]

    def save(self) -> None:
        """Write the state beside the old one, then put it in its place."""
        state = {
            "model": self.model.state_dict(),
            "average": self.average,
            "optimisers": [o.state_dict() for o in self.optimisers],
            "counts": (self.seconds, self.step, self.round, self.tokens),
        }
        for name, value in (("state.pt", state), ("ema.pt", self.average)):
            torch.save(value, self.out / f"{name}.new")
            (self.out / f"{name}.new").replace(self.out / name)

    def update(self, parts: list[dict[str, Tensor]]) -> tuple[float, float]:
        """Take one step over some batches; return plain and attention loss per token."""
        tokens = sum(int((part["labels"] >= 0).sum()) for part in parts)
        share = rate(self.progress[0], self.step, self.settings)
        guide = self.settings["guide"] * max(0.15, 1 - 2 * self.progress[0])
        sums = [0.0, 0.0]
        for part in parts:
            batch = {name: value.to(self.device) for name, value in part.items()}
            with torch.autocast(self.device.type, torch.bfloat16, enabled=self.settings["bf16"]):
                smooth, plain, guided = self.compiled(batch)
            ((smooth + guide * guided) / tokens).backward()
            sums = [sums[0] + float(plain.detach()), sums[1] + float(guided.detach())]
        nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        for optimiser, full in zip(self.optimisers, ("rate", "embed_rate"), strict=True):
            for group in optimiser.param_groups:
                group["lr"] = self.settings[full] * share
            optimiser.step()
            optimiser.zero_grad()
        self.step += 1
        self.tokens += tokens
        if self.step % 8 == 0:
            decay = min(self.settings["average"], self.step / (self.step + 60))
            names = dict(self.model.named_parameters())
            torch._foreach_lerp_([*self.average.values()], [names[n].detach() for n in self.average], 1 - decay)
        return sums[0] / tokens, sums[1] / tokens

    def run(self) -> None:
        """Train until the time is up or a signal comes."""
        began, spent = time.monotonic(), self.seconds
        marks = dict.fromkeys(("save", "look", "print"), began)
        parts: list[dict[str, Tensor]] = []
        recent: list[tuple[float, float, int]] = []
        for number, batch in self.feed.batches(self.round, self.progress):
            self.round = number
            parts.append(batch)
            pace = sum(self.progress[0] >= start for start in self.settings["batches_from"])
            if len(parts) < 1 + pace:
                continue
            before = self.tokens
            recent.append((*self.update(parts), self.tokens - before))
            parts = []
            now = time.monotonic()
            self.seconds = spent + now - began
            self.progress[0] = min(1.0, self.seconds / self.budget)
            if now - marks["print"] > 30 or self.step <= 3:
                self.report(recent, now - marks["print"])
                recent, marks["print"] = [], now
            if now - marks["save"] > 300:
                self.save()
                marks["save"] = now
            if now - marks["look"] > self.settings["look_every"]:
                self.look()
                marks["look"] = time.monotonic()
            if self.progress[0] >= 1 or self.stop:
                break
        self.save()
        if not self.stop:
            self.look()

    def report(self, recent: list[tuple[float, float, int]], seconds: float) -> None:
        """Print how it goes."""
        total = sum(n for _, _, n in recent)
        plain, guided = (sum(r[k] * r[2] for r in recent) / total for k in (0, 1))
        print(
            f"{self.seconds / 60:6.1f} min  step {self.step}  {self.tokens / 1e6:.2f} M tokens  "
            f"{total / seconds:.0f}/s  loss {plain:.3f}  attention {guided:.3f}",
            flush=True,
        )

    def look(self) -> None:
        """Score the averaged weights on the development rows; print a few words."""
        model = copy.deepcopy(self.model)
        model.load_state_dict(self.average, strict=False)
        model.train(False)
        lines = [line.rstrip("\n").split("\t") for line in (self.out / "dev.tsv").open(encoding="utf-8")]
        losses = develop(model, self.pieces, lines, self.plain.written)
        probes = self.config["probe"]["texts"]
        tag = TAGS[self.config["probe"]["language"]]
        said = [greedy(model, self.pieces, tag, text, self.plain.written) for text in probes]
        record = {
            "minutes": round(self.seconds / 60, 1),
            "tokens": self.tokens,
            "step": self.step,
            **losses,
            "probes": dict(zip(probes, said, strict=True)),
        }
        with (self.out / "curve.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        print(json.dumps(record, ensure_ascii=False), flush=True)


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, help="instead of the config's")
    parser.add_argument("--start", type=Path, help="begin at the weights of this exported folder")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    torch._dynamo.config.cache_size_limit = 64
    trainer = Trainer(config, args.out, args.minutes or config["train"]["minutes"], args.start)

    def halt(*_: object) -> None:
        trainer.stop = True

    signal.signal(signal.SIGTERM, halt)
    signal.signal(signal.SIGINT, halt)
    trainer.run()


if __name__ == "__main__":
    main()
