"""Concepts and their terms: the model, the files, and finding terms in a text."""

from qa.glossary.builtin import builtin, load_matcher
from qa.glossary.matcher import Match, Matcher
from qa.glossary.model import Concept, Glossary, Status, Term

__all__ = ["Concept", "Glossary", "Match", "Matcher", "Status", "Term", "builtin", "load_matcher"]
