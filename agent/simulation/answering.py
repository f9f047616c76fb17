"""A simulated candidate at the table: what they say to the last lines, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from agent.candidate import Asked, SimulatedCandidate
from agent.document import Pattern
from agent.interview.ledger import is_open, stance
from agent.session import Interview
from agent.simulation.scripted import asked_last
from agent.walkthrough import Reply


class SimulatedPlayer:
    """Plays a `SimulatedCandidate`; says nothing twice while there is something new to say."""

    def __init__(self, candidate: SimulatedCandidate, seed: int) -> None:
        self._candidate = candidate
        self._rng = random.Random(f"{candidate.slug}/{seed}")
        self._said: set[str] = set()
        self._turn = 0

    def next(self, interview: Interview) -> Reply | None:
        """The next answer; an empty one stands for silence."""
        self._turn += 1
        candidate = self._candidate
        if candidate.silent_every and self._turn % candidate.silent_every == 0:
            return None
        known = list(self._knowing(interview)) if candidate.knows else []
        if known:
            return Reply(say=" ".join(known))
        asked = _asked(interview)
        return Reply(say=" ".join(self._line(asked) for _ in range(candidate.sentences)))

    def _line(self, asked: Asked) -> str:
        pool = self._candidate.lines.get(asked) or self._candidate.lines["question"]
        fresh = [line for line in pool if line not in self._said] or list(pool)
        line = self._rng.choice(fresh)
        self._said.add(line)
        return line

    def _knowing(self, interview: Interview) -> Iterator[str]:
        """The scene's own examples: for the twist that runs, a condition that is open, points of the beat, a fact to ask for."""
        scene, stage = interview.scene, interview.stage
        running = next((slug for slug, status in scene["twists"].items() if status["state"] in ("fired", "forced")), None)
        if running:
            yield from self._examples(behaviour.heard for behaviour in stage.twists[running].behaviours[:3])
            return
        beat = stage.beats[scene["beat"]] if scene["beat"] else None
        yield from self._examples(point.heard for point in (beat.points if beat else ()) if point.id not in scene["points"])
        opened = [name for name in stage.positions if is_open(scene, name)]
        if opened and self._turn % 2:
            conditions = [one for one in stage.positions[opened[0]].moves_when if one.id not in stance(scene, opened[0])["met"]]
            yield from self._examples(condition.heard for condition in conditions[:1])
        hidden = [fact for fact in stage.scenario.facts if fact.id not in scene["facts"]]
        yield from self._examples(fact.asked for fact in hidden[:1])

    def _examples(self, patterns: Iterable[Pattern]) -> Iterator[str]:
        for pattern in patterns:
            fresh = [example for example in pattern.examples if example not in self._said]
            if fresh:
                line = self._rng.choice(fresh)
                self._said.add(line)
                yield line


def _asked(interview: Interview) -> Asked:
    pools = asked_last(interview.events)
    kind = pools[0].split("/")[0] if pools else "beat"
    if not interview.scene["turns"]:
        return "first"
    return "twist" if kind == "twist" else "pushback" if kind == "position" else "question"
