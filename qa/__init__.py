"""Tishina: finds what machine translation left in an article, says why, and scores it.

>>> import qa
>>> report = qa.score("He was poisoned with the nerve agent “Newbie”.", source_lang="ru")
>>> report.findings[0].suggestions[0]
'Novichok'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "Article": "qa.schema", "Finding": "qa.schema", "Report": "qa.schema", "Score": "qa.schema",
    "Severity": "qa.schema", "Span": "qa.schema",
    "Checker": "qa.pipeline", "score": "qa.pipeline",
    "Config": "qa.config", "Policy": "qa.gate", "judge": "qa.gate", "rules": "qa.catalogue",
    "Glossary": "qa.glossary", "Translator": "qa.translator", "TishinaError": "qa.errors",
    "read": "qa.articles",
}  # fmt: skip

__all__ = [
    "Article",
    "Checker",
    "Config",
    "Finding",
    "Glossary",
    "Policy",
    "Report",
    "Score",
    "Severity",
    "Span",
    "TishinaError",
    "Translator",
    "__version__",
    "judge",
    "read",
    "rules",
    "score",
]

if TYPE_CHECKING:
    from qa.articles import read as read
    from qa.catalogue import rules as rules
    from qa.config import Config as Config
    from qa.errors import TishinaError as TishinaError
    from qa.gate import Policy as Policy
    from qa.gate import judge as judge
    from qa.glossary import Glossary as Glossary
    from qa.pipeline import Checker as Checker
    from qa.pipeline import score as score
    from qa.schema import Article as Article
    from qa.schema import Finding as Finding
    from qa.schema import Report as Report
    from qa.schema import Score as Score
    from qa.schema import Severity as Severity
    from qa.schema import Span as Span
    from qa.translator import Translator as Translator


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
