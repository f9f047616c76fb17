"""What somebody took over from the rubric: a whole sentence of it, or many of its words in a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from agent.document import fingerprint
from agent.judge.quotes import normalised
from agent.prose import sentences, words
from agent.rubric import Rubric

OWN_RUN, EXAMPLE_RUN = 5, 10
"""So many words in a row of what a rubric says of levels and indicators, and of its examples, are nobody's by chance."""
WHOLE = 3
"""A sentence of so many words is taken over where it is one of the rubric's."""

_Run = tuple[str, ...]


class Wording:
    """All that a rubric says of its levels and indicators, and their examples."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric

    def is_in(self, text: str) -> bool:
        """True if `text` is a sentence of the rubric, or has a run of its words."""
        said = _words(text)
        if tuple(said) in self._known.whole:
            return True
        return any(run in self._known.own for run in _runs(said, OWN_RUN)) or any(
            run in self._known.examples for run in _runs(said, EXAMPLE_RUN)
        )

    @cached_property
    def _known(self) -> _Known:
        key = fingerprint(self._rubric)
        if key not in _KEPT:
            if len(_KEPT) >= MOST_KEPT:
                _KEPT.clear()
            _KEPT[key] = _known(self._rubric)
        return _KEPT[key]


class _Known(NamedTuple):
    whole: frozenset[_Run]
    own: frozenset[_Run]
    examples: frozenset[_Run]


MOST_KEPT = 8
_KEPT: dict[str, _Known] = {}


def _known(rubric: Rubric) -> _Known:
    indicators = [one for each in rubric.competencies for one in (*each.indicators, *each.counter_indicators)]
    own = [text for each in rubric.competencies for text in each.levels.values()] + [one.text for one in indicators]
    examples = [text for one in indicators for text in one.heard.examples]
    whole = {said for text in (*own, *examples) for one in (text, *sentences(text)) if len(said := tuple(_words(one))) >= WHOLE}
    return _Known(
        frozenset(whole),
        frozenset(run for text in own for run in _runs(_words(text), OWN_RUN)),
        frozenset(run for text in examples for run in _runs(_words(text), EXAMPLE_RUN)),
    )


def _words(text: str) -> list[str]:
    return words(normalised(text))


def _runs(said: list[str], length: int) -> Iterator[_Run]:
    return zip(*(said[start:] for start in range(length)), strict=False)
