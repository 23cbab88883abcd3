"""Take short phrases out of aligned sentences: where no dictionary is, they teach names.

Why: names are one to three words in title case ("Golden Dawn"), of which sentences hold few;
what sentences do hold is the words of such names beside each other. A phrase pair is kept if
no word of it is aligned outside it (Koehn et al. 2003), if sentences attest it several
times, and if it is what its English is mostly translated by.

Usage: ``extract.py CONFIG OUT``; reads ``OUT/train.npz`` (align.py) and the tokenizer; writes the
rows of the group ``phrases`` to ``OUT/phrases.tsv``, each as in a sentence and in title case. Then
run align.py again.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from align import Pieces
from prepare import DENSE
from tokenizer import CAPITAL, TAGS

Span = tuple[int, int]
WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*|[\u3400-\u9fff]+")
# A phrase neither begins nor ends with these: they have no translation of their own.
SMALL = frozenset(
    """a an the this that these those and or but if of to in on at by for from with as is are was were be been being am
    do does did has have had having will would can could shall should may might must not no i you he she it we they me
    him her us them my your his its our their who whom whose which what there here so than then too very just also about
    into over after before up down out off all any some such more most much many own other one two when where why
    how""".split()
)
LONGEST = 3  # words of English


def words(pieces: list[str], start: str | None) -> list[tuple[str, Span]]:
    """Return the words of a row and which pieces they are (from, to); `start` begins a word, None: every piece does."""
    found: list[tuple[str, Span]] = []
    for place, piece in enumerate(pieces):
        if found and start and not piece.startswith(start):
            text, (first, _) = found[-1]
            found[-1] = (text + piece, (first, place + 1))
        else:
            found.append((piece.lstrip("▁"), (place, place + 1)))
    return found


def spans(read: list[str]) -> Iterator[Span]:
    """Yield where phrases may be (first and last word): in small letters, without marks, no small word at an end."""
    plain = [bool(WORD.fullmatch(text)) and text.islower() for text in read]
    for first, text in enumerate(read):
        if text in SMALL:
            continue
        for last in range(first, min(first + LONGEST, len(read))):
            if not plain[last]:
                break
            if read[last] not in SMALL:
                yield first, last


def rendering(phrase: Span, seen: list[set[int]], needed: set[int], most: int) -> Span | None:
    """Return the written words that are a phrase's and no other's; None where the alignment is not sure.

    `seen` are, for every written word, the read ones that it looks at; `needed` are those of the phrase that count;
    `most` is how far the last written word may be from the first.
    """
    mine = [number for number, at in enumerate(seen) if any(phrase[0] <= one <= phrase[1] for one in at)]
    if not mine or mine[-1] - mine[0] > most:
        return None
    within = seen[mine[0] : mine[-1] + 1]
    attested = set().union(*within)
    whole = needed <= attested <= set(range(phrase[0], phrase[1] + 1))
    return (mine[0], mine[-1]) if whole and sum(not at for at in within) < 2 else None


def pairs(source: list[str], target: list[str], looks: list[int], spaced: bool) -> Iterator[tuple[str, str]]:
    """Yield the phrase pairs of one row that its alignment bears out."""
    read = [one for one in words(source, "▁") if one[0] != CAPITAL]
    written = words(target, "▁" if spaced else None)
    home = {piece: number for number, (_, span) in enumerate(read) for piece in range(*span)}
    seen = [{home[at] for at in looks[first:last] if at in home} for _, (first, last) in written]
    texts = [text for text, _ in read]
    for first, last in spans(texts):
        phrase = texts[first : last + 1]
        needed = {first + number for number, text in enumerate(phrase) if text not in SMALL}
        found = rendering((first, last), seen, needed, LONGEST + 1 if spaced else 2 * LONGEST)
        said = [text for text, _ in written[found[0] : found[1] + 1]] if found else []
        if said and all(map(WORD.fullmatch, said)):
            yield " ".join(phrase), (" " if spaced else "").join(said)


def counted(data: dict[str, Any], pieces: Pieces, language: str, own: int) -> dict[str, Counter[str]]:
    """Return the translations of every phrase of a language, counted in all groups but `own`."""
    names = {number: piece for piece, number in pieces.vocabulary.items()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = np.flatnonzero((data["tags"] == pieces.vocabulary[TAGS[language]]) & (data["group"] != own))
    for row in rows:
        source, target = (
            [names[n] for n in data[side][data[f"{side}_at"][row] : data[f"{side}_at"][row + 1]]]
            for side in ("source", "target")
        )
        looks = data["looks"][data["target_at"][row] : data["target_at"][row + 1]].tolist()
        for english, other in pairs(source, target, looks, language not in DENSE):
            found[english][other] += 1
    return found


def chosen(found: dict[str, Counter[str]], settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the phrases that were said often enough and mostly so, the commonest first."""
    kept: dict[bool, list[tuple[int, str, str]]] = {True: [], False: []}
    for english, said in found.items():
        other, count = min(said.items(), key=lambda item: (-item[1], item[0]))
        single = " " not in english
        if count >= settings["least"] + single and count >= 0.4 * said.total():
            kept[single].append((-count, english, other))
    for single, most in ((True, settings["words"]), (False, settings["phrases"])):
        yield from ((english, other) for _, english, other in sorted(kept[single])[:most])


def titled(text: str) -> str:
    """Return a phrase in title case."""
    return " ".join(word if word in SMALL else word[:1].upper() + word[1:] for word in text.split(" "))


def run(config: dict[str, Any], out: Path) -> None:
    """Write the phrases of all languages."""
    pieces, data = Pieces(out / "tokenizer"), dict(np.load(out / "train.npz"))
    own = [group["name"] for group in config["group"]].index("phrases")
    with (out / "phrases.tsv").open("w", encoding="utf-8", newline="") as file:
        for language in config["data"]["languages"]:
            number = 0
            for english, other in chosen(counted(data, pieces, language, own), config["extract"]):
                number += 1
                for one, two in ((english, other), (titled(english), other[:1].upper() + other[1:])):
                    file.write(f"phrases\t{language}\t{one}\t{two}\n")
            print(language, number, flush=True)


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    run(tomllib.loads(args.config.read_text("utf-8")), args.out)


if __name__ == "__main__":
    main()
