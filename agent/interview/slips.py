"""Lines that a person must not say, recognised by what they mean: giving up a view that is still held, and coaching the candidate.

Two linear heads (`agent.heads`), fitted to `personas/slips.yaml` against what the people of the scene say while they hold their views.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, get_args

from agent.document import Pattern
from agent.heads import Heads
from agent.interview.signs import straight
from agent.interview.stage import Stage
from agent.interview.taking_back import takes_back
from agent.move import MoveKind
from agent.persona import LINE_KINDS, LineKind
from agent.prose import sentences, words
from agent.protocols import Embedder
from agent.recognition import looked_at

Slip = Literal["concedes", "coaches"]
"""What a line does that its speaker would not do."""

ASKING: tuple[LineKind, ...] = (
    *(kind for kind in LINE_KINDS if kind.startswith("probe_")),
    "insistence", "flattery", "hostile", "blame", "too_short", "rambling", "dont_know", "recall",
)  # fmt: skip
"""Occasions on which a person answers what was said, and asks on."""
ANSWERING: frozenset[MoveKind] = frozenset(
    {"pushback", "softened", "hardened", "follow", "press", "probe", "pickup", "contingency", "recall"}
)
"""Moves that answer what was said."""
WHEN: dict[Slip, frozenset[MoveKind]] = {"concedes": ANSWERING | {"conduct"}, "coaches": ANSWERING | {"beat"}}
"""Moves in which a slip is listened for."""
THRESHOLDS: dict[Slip, float] = {"concedes": 0.75, "coaches": 0.75}
"""What a head has to say to a sentence.

In five folds, words and heads together hear 0.88 and 0.90 of the examples of `slips.yaml` and 0.05 and 0.06 of its counter-examples,
which lie as near as people can get; words alone 0.84 and 0.79, and 0.02. Of 2,784 authored lines the heads turn down 0.005.
"""
WHOLE = 0.45
"""What a head has to say to the whole line around such a sentence."""
LONGEST = 12
"""Words of a sentence that is listened to: slips are short, and embedding a long sentence takes most of the time of a check."""
_LEFT_OPEN = re.compile(r"\?|\b(?:if|unless|until|once|wants? me to)\b", re.I)
"""In a sentence that asks, or sets a condition, nothing is given away."""


class SlipHeads:
    """Hears slips in the lines of one stage; fitted when first needed, or by `warm`.

    Args:
        stage: the scenario and its people; its library holds the examples.
        embedder: what sentences are compared with.
    """

    def __init__(self, stage: Stage, embedder: Embedder) -> None:
        self._stage, self._embedder = stage, embedder
        self._fitting = threading.Lock()

    def heard(self, slip: Slip, line: str) -> str:
        """The first sentence of a line that slips; empty where none does, or the rest of the line takes it back."""
        heads, plain = self.warm(), straight(line)
        said = [
            sentence
            for sentence in _standing(slip, looked_at(sentences(plain)))
            if not _LEFT_OPEN.search(sentence) and len(words(sentence)) <= LONGEST
        ]
        slipped = next((sentence for sentence in said if heads.scores(sentence)[slip] >= THRESHOLDS[slip]), "")
        return slipped if slipped and heads.scores(plain)[slip] >= WHOLE else ""

    def warm(self) -> Heads:
        """The heads, fitted now if they were not: some seconds where no sentence is embedded yet, else milliseconds."""
        with self._fitting:
            return self._heads

    def sentences(self) -> list[str]:
        """All that is embedded to fit the heads."""
        own = [text for pattern in self._patterns.values() for text in (*pattern.examples, *pattern.not_examples)]
        return [*own, *self._background]

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self._patterns, self._background, self._embedder)

    @cached_property
    def _patterns(self) -> dict[str, Pattern]:
        slips = self._stage.library.slips()
        return {slip: getattr(slips, slip) for slip in get_args(Slip)}

    @cached_property
    def _background(self) -> list[str]:
        return list(dict.fromkeys(sentence for line in argued(self._stage) for sentence in sentences(straight(line))))


def _standing(slip: Slip, said: Sequence[str]) -> Iterator[str]:
    """The sentences that the rest of the line leaves as they are: a concession may be taken back, praise may not."""
    for index, sentence in enumerate(said):
        rest = " ".join(said[index:])
        if slip == "coaches" or not takes_back(rest):
            yield sentence


def argued(stage: Stage) -> Iterator[str]:
    """What people in a scene say to an argument while they hold on to their views: they push back, ask and ask again."""
    for position in stage.positions.values():
        yield from (*position.pushback, *position.softened, *position.hardened)
    for point in stage.points.values():
        yield from (*point.probe, *point.pickup)
    for contingency in stage.contingencies.values():
        yield from contingency.lines
    for persona in stage.personas.values():
        yield from (line for kind in ASKING for line in persona.lines.get(kind, ()))
