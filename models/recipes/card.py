"""Write a model's card from what the other steps left: so that it cannot lie.

Origins and licences are read from the data folder's SOURCES.md, rows from
prepare.json, the learning curve from curve.jsonl, scores from scores.json.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from prepare import made

# Rows that a recipe makes itself: from what, and under which licence.
MADE = {
    "phrases": "by phrases.py from the lexicon rows above, inflected with pymorphy3 and its OpenCorpora dictionary "
    "(MIT; CC BY-SA) | as the lexicons",
    "pivot": "by pivot.py: Russian sides above turned into Ukrainian by models that learnt from the rows above "
    "| as their origins",
    "sister": "by sister.py: Russian sides above said in Ukrainian word for word, with what the rows above taught, "
    "word lists of our own, and pymorphy3 with its OpenCorpora and LanguageTool dictionaries (MIT; CC BY-SA) "
    "| as their origins",
    "sister-words": "by sister.py: the lexicon rows and the phrases, likewise | as the lexicons",
    "extracted": "by extract.py: phrases of the sentences above, as they are aligned | as their origins",
    "pivot-words": "by pivot.py: the lexicon rows and the phrases, turned likewise | as the lexicons",
}


def licences(sources: Path) -> dict[str, tuple[str, str]]:
    """Return {file: (origin, licence)} from the table in SOURCES.md."""
    found = {}
    for line in sources.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 6 and cells[1].isdigit():
            found[cells[0]] = (cells[3], cells[5])
    return found


def short(origin: str) -> str:
    """Name the first three repositories of an origin, and how many more there are."""
    names = origin.split("; ")
    return "; ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def data_table(config: dict[str, Any], out: Path, sources: Path) -> list[str]:
    """Return the table of training files."""
    rows = json.loads((out / "prepare.json").read_text("utf-8"))
    papers = licences(sources)
    lines = ["| file | rows kept | origin | licence |", "|---|---|---|---|"]
    for name, counts in rows.items():
        origin, licence = papers.get(name, ("see SOURCES.md", "see SOURCES.md"))
        lines.append(f"| {name} | {counts.get('kept', 0)} | {short(origin)} | {licence} |")
    own = Counter(row[0] for row in made(out, "phrases", "pivot", "sister"))
    made_from = {**MADE, "phrases": MADE["extracted"]} if "extract" in config else MADE
    return [*lines, *(f"| {group} (made) | {count} | {made_from[group]} |" for group, count in own.items())]


def score_table(scores: dict[str, Any]) -> list[str]:
    """Return the table of scores, and their signatures."""
    lines = ["| test | rows | BLEU | chrF |", "|---|---|---|---|"]
    signatures = set()
    for name, result in scores["tests"].items():
        lines.append(f"| {name} | {result['rows']} | {result['BLEU']['score']} | {result['chrF2']['score']} |")
        signatures |= {f"BLEU `{result['BLEU']['signature']}`", f"chrF `{result['chrF2']['signature']}`"}
    return [*lines, "", f"Beam {scores['beams']}. " + "; ".join(sorted(signatures)) + "."]


def curve(out: Path) -> list[str]:
    """Return the learning curve as a table."""
    looks = [json.loads(line) for line in (out / "curve.jsonl").read_text("utf-8").splitlines()]
    devs = [name for name in looks[0] if name.startswith("dev_")]
    probe = next(iter(looks[0]["probes"]))
    lines = [f"| minutes | M target tokens | {' | '.join(devs)} | “{probe}” (greedy) |", "|---" * (len(devs) + 3) + "|"]
    for r in looks:
        scores = " | ".join(str(r[dev]) for dev in devs)
        lines.append(f"| {r['minutes']} | {r['tokens'] / 1e6:.1f} | {scores} | {r['probes'].get(probe, '')} |")
    return [line.replace("dev_", "dev ") for line in lines]


def probes(scores: dict[str, Any], language: str) -> list[str]:
    """Return what it says to the probes, ten best, in the language that they were made for (else the first)."""
    pair = next((pair for pair in scores["probes"] if pair.endswith(f"-{language}")), next(iter(scores["probes"])))
    said = [f"- {text}: {'; '.join(best)}" for text, best in scores["probes"][pair].items()]
    return [f"## Probes: ten best, {pair}", "", *said]


def names(found: dict[str, Any]) -> list[str]:
    """Return how often the original name was among ten back-translations."""
    hits = [f"{row['span']} ({'; '.join(row['terms'][:1])})" for row in found["rows"] if row["alone"] or row["inside"]]
    missed = [f"{row['span']} ({row['best'][0]})" for row in found["rows"] if not row["alone"] and not row["inside"]]
    total = found["cases"]
    return [
        "Literal names of the project's own cases, the original name by lemma among ten hypotheses: "
        f"{found['alone']} of {total} for the name alone, {found['inside']} in its sentence, "
        f"{found['either']} in either. Many of these names are not compositional (a street, a person, a "
        "free rendering), and no dictionary can find them.",
        "",
        f"Found: {'; '.join(hits)}.",
        "",
        f"Missed (its first hypothesis): {'; '.join(missed)}.",
    ]


def measured(own: dict[str, Any], language: str, out: Path) -> list[str]:
    """Return the sections on what was measured, as far as it was."""
    parts: list[str] = []
    if (out / "scores.json").exists():
        scores = json.loads((out / "scores.json").read_text("utf-8"))
        parts += [
            "## Scores",
            "",
            *score_table(scores),
            "",
            own.get("score_note", "").strip(),
            "",
            *probes(scores, language),
            "",
        ]
    if (out / "names.json").exists():
        parts += ["## Names", "", *names(json.loads((out / "names.json").read_text("utf-8"))), ""]
    if (out / "curve.jsonl").exists():
        parts += [
            "## Learning curve",
            "",
            "Development rows (news, not trained on): nats per character of the other side, lower is better.",
            "",
            *curve(out),
            "",
        ]
    return parts


def card(config: dict[str, Any], sources: Path, out: Path, parameters: int, folder: Path) -> str:
    """Return the card's text."""
    own = config["card"]
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    parts = [
        f"# {config['name']} ({own['status']})",
        "",
        own["summary"].strip(),
        "",
        f"Pairs {', '.join(config['pairs'])}; {parameters / 1e6:.1f} M parameters, {size:.1f} MB (8 bits a weight); "
        f"{config['model']['encoder_layers']}+{config['model']['decoder_layers']} layers, width "
        f"{config['model']['width']}. Trained {own['training'].strip()}",
        "",
        "## Intended use",
        "",
        own["use"].strip(),
        "",
        "## Known weaknesses",
        "",
        own["weaknesses"].strip(),
        "",
    ]
    data = ["## Data", "", own["licence_note"].strip(), "", *data_table(config, out, sources), ""]
    return "\n".join([*parts, *measured(own, config["probe"]["language"], out), *data])


def words_papers(
    config: dict[str, Any], files: dict[str, int], sources: Path, folder: Path, sizes: dict[str, Any]
) -> None:
    """Write card.md and model.toml of a table of words; `files` are the pairs that each file gave."""
    name, papers = f"words-en-{sizes['language']}", licences(sources)
    rows = ["| file | pairs | origin | licence |", "|---|---|---|---|"]
    for file, count in files.items():
        origin, licence = papers.get(file, ("see SOURCES.md", "see SOURCES.md"))
        rows += [f"| {file} | {count} | {short(origin)} | {licence} |"] if count else []
    size = (folder / "words.tsv.gz").stat().st_size / 1e6
    text = config["card"]["text"].strip().format(size=size, **sizes)
    (folder / "card.md").write_text("\n".join([f"# {name}", "", text, "", "## Data", "", *rows, ""]), "utf-8")
    hashes = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in ("words.tsv.gz", "card.md")}
    lines = [
        f'name = "{name}"',
        f'revision = "{hashes["words.tsv.gz"][:12]}"',
        'kind = "words"',
        f"pairs = {json.dumps([name.removeprefix('words-')])}",
        f'licence = "{config["card"]["licence"]}"',
        "",
        "[sha256]",
        *(f'"{file}" = "{value}"' for file, value in hashes.items()),
        "",
    ]
    (folder / "model.toml").write_text("\n".join(lines), "utf-8")
