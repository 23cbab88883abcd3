"""Turn the rows of a recipe round: what was written becomes what is read.

Why: the way back into English learns from the same cleaned rows, phrases and pivot
sentences. Usage: ``reverse.py OUT BACK``; reads what prepare.py, phrases.py and pivot.py
left in OUT, and writes it into BACK with the sides exchanged, for tokenizer.py and on.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from prepare import made

FILES = ("train", "dev", "phrases", "pivot")


def main() -> None:
    """Run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("back", type=Path)
    args = parser.parse_args()
    args.back.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        with (args.back / f"{name}.tsv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{group}\ten\t{other}\t{english}\n" for group, _, english, other in made(args.out, name))
    shutil.copyfile(args.out / "prepare.json", args.back / "prepare.json")


if __name__ == "__main__":
    main()
