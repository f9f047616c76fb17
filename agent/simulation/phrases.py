"""What a simulated candidate can say: nothing twice while there is something new to say, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from agent.candidate import Asked, SimulatedCandidate
from agent.document import Pattern
from agent.interview.ledger import is_open
from agent.session import Interview
from agent.simulation.scripted import asked_last


class Phrases:
    """The candidate's own lines and the scene's examples; keeps what was said."""

    def __init__(self, candidate: SimulatedCandidate, seed: int) -> None:
        self._candidate = candidate
        self._rng = random.Random(f"{candidate.slug}/{seed}")
        self._said: set[str] = set()

    def own(self, interview: Interview) -> str:
        """A line of the candidate's own that answers what was asked last."""
        lines = self._candidate.lines
        return self.one_of(lines.get(_asked(interview)) or lines["question"])

    def one_of(self, pool: Sequence[str]) -> str:
        """One of these, a new one if there is any."""
        return self._say([line for line in pool if line not in self._said] or list(pool))

    def example(self, pattern: Pattern) -> str | None:
        """An example of a pattern that was not said before, if there is any."""
        fresh = [example for example in pattern.examples if example not in self._said]
        return self._say(fresh) if fresh else None

    def _say(self, pool: Sequence[str]) -> str:
        line = self._rng.choice(pool)
        self._said.add(line)
        return line


def running_twist(interview: Interview) -> str | None:
    """The twist that waits for an answer."""
    twists = interview.scene["twists"]
    return next((slug for slug, status in twists.items() if status["state"] in ("fired", "forced")), None)


def open_position(interview: Interview) -> str | None:
    """The first position that has not moved."""
    return next((name for name in interview.stage.positions if is_open(interview.scene, name)), None)


def _asked(interview: Interview) -> Asked:
    pools = asked_last(interview.events)
    kind = pools[0].split("/")[0] if pools else "beat"
    if not interview.scene["turns"]:
        return "first"
    return "twist" if kind == "twist" else "pushback" if kind == "position" else _in_beat(interview)


def _in_beat(interview: Interview) -> Asked:
    beat = interview.scene["beat"]
    kind = interview.stage.beats[beat].kind if beat else ""
    return "questions" if kind == "questions" else "close" if kind == "close" else "question"
