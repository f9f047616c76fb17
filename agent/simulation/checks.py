"""What has to hold in every session, whoever plays: the arc, the twists, the ledger, no fact unasked, no line twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.events import CandidateSaid, Event, FactRevealed, Interrupted, Line, PositionMoved
from agent.interview.stage import Stage
from agent.scene import Scene, effective


@dataclass(frozen=True)
class Findings:
    """What one session shows. `leaks` are facts that a line gave away before they were asked for."""

    ended: str | None
    turns: int
    twists: dict[str, str]
    unmet: tuple[str, ...]
    positions: dict[str, str]
    facts: tuple[str, ...]
    repeated: tuple[str, ...]
    leaks: tuple[str, ...]
    moved_without_cause: tuple[str, ...]
    cuts: int

    @property
    def problems(self) -> list[str]:
        """Everything that must not be, in sentences."""
        return [
            *(f"twist {twist!r} never came" for twist in self.unmet),
            *(f"said twice: {line!r}" for line in self.repeated),
            *(f"fact {fact!r} was given away unasked" for fact in self.leaks),
            *(f"position {position!r} moved without all of its conditions" for position in self.moved_without_cause),
        ]


def check(events: Sequence[Event], scene: Scene, stage: Stage) -> Findings:
    """Looks through the log of a session."""
    counted = effective(events)
    said = [event.text for event in counted if isinstance(event, Line)]
    return Findings(
        ended=scene["ended"],
        turns=scene["turns"],
        twists={slug: status["state"] for slug, status in scene["twists"].items()},
        unmet=tuple(use.twist for use in stage.scenario.twists if use.twist not in scene["twists"] and use.when != "manual"),
        positions={name: stance["state"] for name, stance in scene["positions"].items()},
        facts=tuple(scene["facts"]),
        repeated=tuple(line for line, times in Counter(said).items() if times > 1),
        leaks=tuple(dict.fromkeys(_leaks(counted, stage))),
        moved_without_cause=tuple(_moved_without_cause(counted, stage)),
        cuts=sum(isinstance(event, Interrupted) for event in counted),
    )


def _leaks(events: Sequence[Event], stage: Stage) -> Iterator[str]:
    """Facts whose telling words stand in a line before they were told, unless the candidate brought the words up."""
    hidden = {fact.id: [_sign(term) for term in fact.key_terms] for fact in stage.scenario.facts}
    for event in events:
        if isinstance(event, FactRevealed):
            hidden.pop(event.fact, None)
        elif isinstance(event, (CandidateSaid, Interrupted)):
            own = (event.text if isinstance(event, CandidateSaid) else event.about).lower()
            hidden = {fact: [sign for sign in signs if not sign.search(own)] for fact, signs in hidden.items()}
        elif isinstance(event, Line):
            yield from (fact for fact, signs in hidden.items() if any(sign.search(event.text.lower()) for sign in signs))


def _sign(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,$]){re.escape(term.lower())}(?![\w]|[.,]\d)")


def _moved_without_cause(events: Sequence[Event], stage: Stage) -> Iterator[str]:
    met: dict[str, set[str]] = {}
    for event in events:
        if isinstance(event, PositionMoved):
            name = f"{event.persona}/{event.position}"
            met.setdefault(name, set()).update({event.condition} if event.condition else ())
            if event.to == "moved" and not met[name] >= {condition.id for condition in stage.positions[name].moves_when}:
                yield name
