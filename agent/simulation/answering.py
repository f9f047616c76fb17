"""A simulated candidate at the table: what they say to the last lines, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agent.candidate import SimulatedCandidate
from agent.document import Pattern
from agent.interview.ledger import stance
from agent.session import Interview
from agent.simulation.halfway import HalfwayPlayer
from agent.simulation.phrases import Phrases, open_position, running_twist
from agent.simulation.play import Player
from agent.walkthrough import Reply


def player_of(candidate: SimulatedCandidate, seed: int) -> Player:
    """Whoever plays such a candidate."""
    if candidate.partly:
        return HalfwayPlayer(candidate, candidate.partly, seed)
    return SimulatedPlayer(candidate, seed)


class SimulatedPlayer:
    """Plays a `SimulatedCandidate` who knows all that a scene asks for, or nothing."""

    def __init__(self, candidate: SimulatedCandidate, seed: int) -> None:
        self._candidate = candidate
        self._phrases = Phrases(candidate, seed)
        self._turn = 0

    def next(self, interview: Interview) -> Reply | None:
        """The next answer; an empty one stands for silence."""
        self._turn += 1
        candidate = self._candidate
        if candidate.silent_every and self._turn % candidate.silent_every == 0:
            return None
        known = list(self._knowing(interview)) if candidate.knows else []
        return Reply(say=" ".join(known or [self._phrases.own(interview) for _ in range(candidate.sentences)]))

    def _knowing(self, interview: Interview) -> Iterator[str]:
        """The scene's own examples: for the twist that runs, a condition that is open, points of the beat, a fact to ask for."""
        scene, stage, running = interview.scene, interview.stage, running_twist(interview)
        if running:
            yield from self._examples(behaviour.heard for behaviour in stage.twists[running].behaviours[:3])
            return
        beat = stage.beats[scene["beat"]] if scene["beat"] else None
        yield from self._examples(point.heard for point in (beat.points if beat else ()) if point.id not in scene["points"])
        opened = open_position(interview)
        if opened and self._turn % 2:
            conditions = [one for one in stage.positions[opened].moves_when if one.id not in stance(scene, opened)["met"]]
            yield from self._examples(condition.heard for condition in conditions[:1])
        hidden = [fact for fact in stage.scenario.facts if fact.id not in scene["facts"]]
        yield from self._examples(fact.asked for fact in hidden[:1])

    def _examples(self, patterns: Iterable[Pattern]) -> Iterator[str]:
        yield from (line for pattern in patterns if (line := self._phrases.example(pattern)))
