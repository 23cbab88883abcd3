"""Words of two languages by way of English, where no table knows the two themselves.

Of a German word and a Russian one, p(Russian | German) is the sum over English words of
p(English | German) p(Russian | English), and the same the other way round. Words that share
an English one without meaning the same get little of it, and what has little is left out.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from qa.glossary.dictionary import Dictionary, Link

LEAST = 0.06  # strength of a link
LEAST_FORTH = 0.02  # else it is a rare word, and says nothing of the other


class Bridge(Dictionary):
    """The links from the words of one table's other language to those of another's, through English."""

    def __init__(self, near: Dictionary, far: Dictionary) -> None:
        super().__init__(f"{near.name}+{far.name}", b"")
        self._near, self._far = near, far

    @cached_property
    def _english(self) -> dict[str, list[Link]]:
        """The English words of each word of the near language: its table turned round, once it is asked for."""
        found: defaultdict[str, list[Link]] = defaultdict(list)
        for english, links in self._near.lines():
            for link in links:
                found[link.word].append(Link(english, link.back, link.forth))
        return found

    def _read(self, word: str) -> dict[str, Link]:
        forth: defaultdict[str, float] = defaultdict(float)
        back: defaultdict[str, float] = defaultdict(float)
        for english in self._english.get(word, ()):
            for other in self._far.links(english.word).values():
                forth[other.word] += english.forth * other.forth
                back[other.word] += english.back * other.back
        links = (Link(other, share, back[other]) for other, share in forth.items() if share >= LEAST_FORTH)
        return {link.word: link for link in sorted(links, key=lambda k: -k.strength) if link.strength >= LEAST}
