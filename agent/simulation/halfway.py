"""A middling candidate at the table: knows half of what the scene asks for, and says the half of that."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from agent.candidate import Partly, SimulatedCandidate
from agent.document import Pattern
from agent.interview.ledger import stance
from agent.session import Interview
from agent.simulation.fragment import fragment
from agent.simulation.phrases import Phrases, open_position, running_twist
from agent.walkthrough import Reply


class HalfwayPlayer:
    """Leaves out what the seed decides, shortens the rest, hedges, and fills up with general words."""

    def __init__(self, candidate: SimulatedCandidate, partly: Partly, seed: int) -> None:
        self._partly = partly
        self._phrases = Phrases(candidate, seed)
        self._seed = f"{candidate.slug}/{seed}"
        self._known = 0
        self._turn = 0

    def next(self, interview: Interview) -> Reply | None:
        """The next answer: to news a word of one's own first, else what is known of it, in general words where that is nothing."""
        self._turn += 1
        running = running_twist(interview)
        if running:
            return Reply(say=" ".join([self._phrases.own(interview), *self._to_twist(interview, running)]))
        said = [*self._points(interview), *self._conditions(interview)]
        return Reply(say=" ".join([*(said or [self._phrases.own(interview)]), *self._questions(interview)]))

    def _to_twist(self, interview: Interview, twist: str) -> Iterator[str]:
        """One thing that changes; the rest of the plan stays."""
        behaviours = interview.stage.twists[twist].behaviours
        changes = random.Random(f"{self._seed}/{twist}").choice(behaviours)
        yield from self._some([changes.heard])

    def _points(self, interview: Interview) -> Iterator[str]:
        """The first point of the beat that is known and was not touched."""
        scene, stage = interview.scene, interview.stage
        points = stage.beats[scene["beat"]].points if scene["beat"] else ()
        known = [point.heard for point in points if point.id not in scene["points"] and self._knows(point.id)]
        yield from map(self._hedged, self._some(known[:1]))

    def _hedged(self, line: str) -> str:
        """The line, every other time after a hedge; questions are asked as they are."""
        if line.endswith("?"):
            return line
        self._known += 1
        return f"{self._phrases.one_of(self._partly.hedges)} {line}" if self._known % 2 else line

    def _conditions(self, interview: Interview) -> Iterator[str]:
        scene, opened = interview.scene, open_position(interview)
        if opened and self._turn % 2:
            conditions = interview.stage.positions[opened].moves_when
            unmet = [one for one in conditions if one.id not in stance(scene, opened)["met"] and self._knows(f"{opened}/{one.id}")]
            yield from self._some([one.heard for one in unmet][:1])

    def _questions(self, interview: Interview) -> Iterator[str]:
        """A fact is asked for in every other answer."""
        scene, facts = interview.scene, interview.stage.scenario.facts
        if self._turn % 2:
            yield from self._some([fact.asked for fact in facts if fact.id not in scene["facts"] and self._knows(fact.id)][:1])

    def _knows(self, what: str) -> bool:
        return random.Random(f"{self._seed}/{what}").random() < self._partly.share

    def _some(self, patterns: Iterable[Pattern]) -> Iterator[str]:
        yield from (fragment(line) for pattern in patterns if (line := self._phrases.example(pattern)))
