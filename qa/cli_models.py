"""`tishina models list|verify|add` and `tishina translate`: thin layers over `qa.models` and `qa.Translator`."""

from __future__ import annotations

import argparse
from typing import Any


def add_to(commands: Any) -> None:
    """Adds `models` and `translate` to the parser."""
    text = "translation models at hand"
    verbs = commands.add_parser("models", help=text, description=text).add_subparsers(required=True, metavar="VERB")
    verbs.add_parser("list", help="what there is, for which pairs, on which terms").set_defaults(run=list_models)
    command = verbs.add_parser("verify", help="whether the files of models are whole; exit status 1 if not")
    command.add_argument("names", nargs="*", metavar="NAME", help="else all")
    command.set_defaults(run=verify)
    _add_add(verbs)
    _add_translate(commands)


def _add_add(verbs: Any) -> None:
    text = "take a model from a folder or, asked for by name and revision, from the hub"
    command = verbs.add_parser("add", help=text, description=text)
    command.add_argument("model", metavar="FOLDER_OR_HUB_ID")
    command.add_argument("--revision", metavar="COMMIT", help="40 digits; needed for a hub id")
    command.add_argument("--name")
    command.add_argument("--pair", action="append", metavar="en-ru", help="repeatable; else read from the model")
    command.add_argument("--licence")
    command.set_defaults(run=add)


def _add_translate(commands: Any) -> None:
    text = "what the back-translator says, with its hypotheses and their scores"
    command = commands.add_parser("translate", help=text, description=text)
    command.add_argument("texts", nargs="+", metavar="TEXT")
    command.add_argument("--from", dest="source", required=True, metavar="TAG")
    command.add_argument("--to", dest="target", required=True, metavar="TAG")
    command.add_argument("--n-best", type=int, default=1, metavar="N")
    command.add_argument("--model", metavar="NAME_OR_FOLDER")
    command.add_argument("--device", default="auto", metavar="auto|cpu|cuda|cuda:N|mps")
    command.set_defaults(run=translate)


def list_models(options: argparse.Namespace) -> int:
    from qa import models

    found = models.list_models()
    for model in found:
        pairs = ", ".join(model.pairs or [f"any of {', '.join(model.languages)}"])
        print(f"{model.name}  {model.kind}  {pairs}  {model.terms}  {model.origin}  {model.folder}")
    if not found:
        print("none; add one with `tishina models add FOLDER`")
    return 0


def verify(options: argparse.Namespace) -> int:
    from qa import models

    wrong = 0
    for name in options.names or [model.name for model in models.list_models()]:
        problems = models.verify(name)
        wrong += bool(problems)
        print("\n".join(problems) or f"{name}: whole")
    return int(wrong > 0)


def add(options: argparse.Namespace) -> int:
    from qa import models

    model = models.add(
        options.model, revision=options.revision, name=options.name, pairs=options.pair, licence=options.licence
    )
    print(f"{model.name}: {', '.join(model.pairs or model.languages)}, {model.terms}, in {model.folder}")
    return 0


def translate(options: argparse.Namespace) -> int:
    from qa.translator import open_translator

    translator = open_translator(options.source, options.target, model=options.model, device=options.device)
    found = translator.translate(options.texts, options.source, options.target, options.n_best)
    for text, hypotheses in zip(options.texts, found, strict=True):
        print(text)
        for hypothesis in hypotheses:
            print(f"  {hypothesis.mean:8.3f} nats a token  {hypothesis.text}")
    print(translator.signature)
    return 0
