"""How fast the translator is, against transformers and CTranslate2, on the same weights in one run.

    python benchmarks/neural.py [--model FOLDER] [--sentences N] [--device cpu|cuda] [--only NAME …]
    python benchmarks/neural.py --model FOLDER --articles NEWS.tsv.gz [--segments N] [--every N]

Without a model: a Marian network of OPUS-MT's base size (6 + 6 layers, 512 wide, 58,101
tokens) with random weights, which never ends a sentence by itself, so that every system
writes exactly `--length` tokens with 4 beams. With a model (the embedded one, say): real
sentences, made from the words of its own vocabulary, and real lengths. With articles: what
the cascade saves on them against back-translating everything (see cascade.py).

Each system runs in a process of its own (peak memory is its own), warmed up, best of
`--repeats`. Ratios are to transformers, one sentence at a time. On a machine that
others use too, trust `--cores 1` and the CPU milliseconds a sentence. CTranslate2 is compared
where it is installed. `--flops` adds the share of a GPU's peak that decoding reaches.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cascade

ROOT = Path(__file__).resolve().parents[1]
BEAMS = 4
ARTICLE = 30
"""Sentences an article has, for articles a second."""
SYSTEMS = ("transformers-1", "transformers-pipeline", "qa-float32", "qa-int8", "qa-cached", "ctranslate2-int8")
SHARES = {"transformers-1": 4, "transformers-pipeline": 2}
"""Slow systems are timed on every n-th sentence only."""


def build(folder: Path, vocabulary: int) -> None:
    """Save a Marian network with random weights, and a tokenizer of made-up words."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    sys.path.insert(0, str(ROOT))
    from tests.translator import training

    draw = random.Random(1)
    words = ["".join(draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(draw.randint(2, 9))) for _ in range(4000)]
    lines = [" ".join(draw.choice(words) for _ in range(20)) for _ in range(2000)]
    tokenizer = training.marian_tokenizer(folder, lines, lines, size=vocabulary)
    torch.manual_seed(0)
    settings: dict[str, Any] = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": vocabulary - 1,
                                "decoder_start_token_id": vocabulary - 1, "bos_token_id": None}  # fmt: skip
    config = MarianConfig(
        vocab_size=vocabulary, d_model=512, encoder_layers=6, decoder_layers=6, encoder_attention_heads=8,
        decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
        scale_embedding=True, activation_function="swish", init_std=0.05, **settings,
    )  # fmt: skip
    model = MarianMTModel(config)
    model.final_logits_bias[:, [tokenizer.eos_token_id, vocabulary - 1]] = -1e4
    model.generation_config.forced_eos_token_id = None
    model.save_pretrained(folder)


def sentences(folder: Path, count: int) -> list[str]:
    """Distinct sentences of 6 to 32 words, each one piece to the model."""
    draw = random.Random(7)
    pieces = json.loads((folder / "vocab.json").read_text())
    words = [p[1:] for p in pieces if p.startswith("▁") and p[1:].isalpha() and p.isascii() is False and len(p) > 3]
    words = [word for word in words if word.isascii()]
    return [" ".join(draw.choice(words) for _ in range(draw.randint(6, 32))) + "." for _ in range(count)]


def ours(folder: Path, dtype: str, args: argparse.Namespace, cached: bool = False) -> Callable[[list[str]], Any]:
    """This package."""
    sys.path.insert(0, str(ROOT))
    from qa.translator import CachedTranslator, Decoding, NeuralTranslator, Store, Translator

    how = Decoding(BEAMS, ratio=0.0, spare=args.length) if args.length else Decoding(BEAMS)
    inner = NeuralTranslator(
        folder, dtype=dtype, device=args.device, decoding=how, budget=args.budget, workers=args.cores
    )
    translator: Translator = inner
    if cached:
        translator = CachedTranslator(inner, Store(Path(tempfile.mkdtemp()) / "cache.sqlite"))
    return lambda texts: translator.translate(texts, args.src, args.tgt)


def transformers_model(folder: Path, args: argparse.Namespace) -> tuple[Any, Any, dict[str, Any]]:
    """Model, tokenizer and generation options, as a user of transformers would have them."""
    import warnings

    warnings.simplefilter("ignore")
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    model = AutoModelForSeq2SeqLM.from_pretrained(folder).to(args.device).eval()
    options: dict[str, Any] = {"num_beams": BEAMS, "do_sample": False}
    options |= {"max_new_tokens": args.length, "min_new_tokens": args.length} if args.length else {"max_length": 128}
    return model, AutoTokenizer.from_pretrained(folder), options


def tagged(tokenizer: Any, texts: list[str], tgt: str) -> list[str]:
    """Texts with the tag that a multilingual model wants."""
    from qa.translator.languages import marian_tag

    tag = marian_tag(tgt, getattr(tokenizer, "supported_language_codes", []))
    return [f"{tag} {text}" if tag else text for text in texts]


def one_at_a_time(folder: Path, args: argparse.Namespace) -> Callable[[list[str]], Any]:
    """transformers as most people use it."""
    import torch

    model, tokenizer, options = transformers_model(folder, args)

    def run(texts: list[str]) -> None:
        with torch.inference_mode():
            for text in tagged(tokenizer, texts, args.tgt):
                encoded = tokenizer([text], return_tensors="pt").to(args.device)
                tokenizer.batch_decode(model.generate(**encoded, **options), skip_special_tokens=True)

    return run


def in_batches(folder: Path, args: argparse.Namespace, size: int = 16) -> Callable[[list[str]], Any]:
    """transformers with a batch size, in the order of the texts, as its pipeline feeds a model."""
    import torch

    model, tokenizer, options = transformers_model(folder, args)

    def run(texts: list[str]) -> None:
        marked = tagged(tokenizer, texts, args.tgt)
        with torch.inference_mode():
            for start in range(0, len(marked), size):
                encoded = tokenizer(marked[start : start + size], return_tensors="pt", padding=True).to(args.device)
                tokenizer.batch_decode(model.generate(**encoded, **options), skip_special_tokens=True)

    return run


def ctranslate(folder: Path, args: argparse.Namespace) -> Callable[[list[str]], Any]:
    """CTranslate2 in int8, all cores, its own sorting and batching."""
    import ctranslate2
    from ctranslate2.converters import TransformersConverter

    _, tokenizer, _ = transformers_model(folder, args)
    goal = Path(tempfile.mkdtemp()) / "ct2"
    TransformersConverter(str(folder)).convert(str(goal), quantization="int8")
    threads: dict[str, int] = {"inter_threads": args.cores, "intra_threads": 1}
    engine = ctranslate2.Translator(str(goal), device=args.device, **(threads if args.device == "cpu" else {}))
    lengths = {"max_decoding_length": args.length, "min_decoding_length": args.length} if args.length else {}

    def run(texts: list[str]) -> None:
        rows = [tokenizer.convert_ids_to_tokens(tokenizer(t).input_ids) for t in tagged(tokenizer, texts, args.tgt)]
        engine.translate_batch(rows, beam_size=BEAMS, max_batch_size=1024, batch_type="tokens", **lengths)

    return run


def make(name: str, folder: Path, args: argparse.Namespace) -> Callable[[list[str]], Any]:
    """The system of this name, ready to be timed."""
    if name in cascade.SYSTEMS and name not in SYSTEMS:
        return cascade.make(name, folder, args)
    if name.startswith("qa-"):
        kind = name.removeprefix("qa-")
        return ours(folder, args.dtype if kind == "cached" else kind, args, cached=kind == "cached")
    table = {"transformers-1": one_at_a_time, "transformers-pipeline": in_batches, "ctranslate2-int8": ctranslate}
    return table[name](folder, args)


def load(name: str, folder: Path, args: argparse.Namespace) -> tuple[list[Any], int]:
    """What a system works on, and how many sentences it is."""
    if args.articles and name in cascade.CHECKED:
        articles = cascade.feed(args)
        return articles, len(cascade.sentences(articles))
    every = SHARES.get(name, 1) * (args.every if args.articles else 1)
    texts = (cascade.sentences(cascade.feed(args)) if args.articles else sentences(folder, args.sentences))[::every]
    return texts, len(texts)


def measure(name: str, folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Seconds and CPU seconds a sentence (best of the repeats), peak memory in MiB; in a process of its own."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.cores])
    work, count = load(name, folder, args)
    run = make(name, folder, args)
    run(work if name.endswith("-cached") else work[:4])
    taken, worked = [], []
    for _ in range(args.repeats):
        start, cpu = time.perf_counter(), time.process_time()
        said = run(work)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    share = said.share if name in cascade.CHECKED else ""
    return {"seconds": min(taken) / count, "cpu": min(worked) / count, "peak": peak, "share": share}


def child(name: str, folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """`measure` in a fresh process, called as this one was."""
    call = [sys.executable, __file__, *sys.argv[1:], "--child", name, "--model", str(folder),
            "--length", str(args.length)]  # fmt: skip
    threads = {**os.environ, "OMP_NUM_THREADS": str(args.cores)}
    done = subprocess.run(call, capture_output=True, text=True, check=False, env=threads)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def flops(folder: Path, tokens: int) -> float:
    """Floating-point operations of the decoder's products for so many tokens of all beams."""
    config = json.loads((folder / "config.json").read_text())
    width, inner = config["d_model"], config["decoder_ffn_dim"]
    layer = 6 * width * width + 2 * width * inner
    return float(2.0 * BEAMS * tokens * (config["decoder_layers"] * layer + width * config["vocab_size"]))


def report(name: str, result: dict[str, Any], base: float | None, args: argparse.Namespace, work: float) -> None:
    """Print one line of the table; `base` is transformers' seconds a sentence."""
    rate = 1 / result["seconds"]
    ratio = f"{base / result['seconds']:.1f}" if base else "–"
    print(
        f"{name:24}{rate:12.2f}{rate / ARTICLE:12.3f}{ratio:>14}{result['cpu'] * 1000:9.1f}{result['peak']:10.0f}",
        flush=True,
    )
    if args.flops and args.length and name.startswith("qa-"):
        print(f"{'':24}{work / result['seconds'] / (args.flops * 1e12):12.1%} of the card's {args.flops:g} TFLOP/s")


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--sentences", type=int, default=64)
    parser.add_argument("--length", type=int, default=None, help="tokens written a sentence; 0: as the model ends")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", default="auto", help="of qa-cached")
    parser.add_argument("--budget", type=int)
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--src", default="en")
    parser.add_argument("--tgt", default="ru")
    parser.add_argument("--flops", type=float, help="the card's peak in TFLOP/s, for the share that is reached")
    parser.add_argument("--only", nargs="*", help="systems, instead of all")
    parser.add_argument("--child")
    cascade.add_options(parser)
    args = parser.parse_args()
    if args.length is None:
        args.length = 0 if args.model else 30
    if args.child:
        print(json.dumps(measure(args.child, args.model, args)))
        return
    with tempfile.TemporaryDirectory() as work:
        folder = args.model or Path(work) / "marian-base"
        if not args.model:
            build(folder, 58101)
        chosen = args.only or (cascade.SYSTEMS if args.articles else SYSTEMS)
        names = [n for n in chosen if n != "ctranslate2-int8" or importlib.util.find_spec("ctranslate2")]
        print(
            f"{'system':24}{'sentences/s':>12}{'articles/s':>12}{'× one by one':>14}{'CPU ms':>9}{'peak MiB':>10}",
            flush=True,
        )
        base, results = None, {}
        for name in names:
            try:
                result = child(name, folder, args)
            except SystemExit as failed:
                if name != "ctranslate2-int8":
                    raise
                print(f"{name:24}could not take this model: {str(failed).splitlines()[-1]}")
                continue
            results[name] = result
            base = result["seconds"] if name == "transformers-1" else base
            report(name, result, base, args, flops(folder, args.length))
        if args.articles:
            cascade.conclude(results)


if __name__ == "__main__":
    main()
