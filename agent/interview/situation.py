"""A situation: what the director looks at before deciding. Read-only, with the questions it asks of the scene."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.events import CutSettled, PositionMoved, TwistForced, TwistSettled
from agent.interview.lines import sayable
from agent.interview.stage import Stage
from agent.move import Move, MoveKind
from agent.observation import Act, Echo, Observation
from agent.persona import LineKind
from agent.scenario import Beat, Point, TwistUse
from agent.scene import Claim, Scene, elapsed

LAST_PART = 0.8
"""Share of the clock after which the talk goes straight to its end."""
LAST_WORDS = 2
"""Turns kept free at the end, for the last word."""
EARLIER_TURNS = 4
"""How many candidate turns back a claim has to lie to count as 'earlier'."""


@dataclass(frozen=True)
class Situation:
    """The scene after the last answer was observed, on its stage, at a moment.

    `changes`, `settled` and `cuts` are what that answer did to positions, twists and cut-ins; the scene has them in already.
    """

    scene: Scene
    stage: Stage
    now: float
    changes: tuple[PositionMoved, ...] = ()
    settled: tuple[TwistForced | TwistSettled, ...] = ()
    cuts: tuple[CutSettled, ...] = ()

    @cached_property
    def rng(self) -> random.Random:
        """Randomness that depends on the seed and the turn alone."""
        return random.Random(f"{self.scene['seed']}/{self.scene['turns']}/{self.scene['spoken']}")

    @property
    def seen(self) -> Observation:
        """The last observation."""
        seen = self.scene["seen"]
        assert seen is not None, "the director runs after the observer"
        return seen

    @cached_property
    def acts(self) -> dict[Act, str]:
        """The acts of the last answer, each with the words that show it."""
        return {seen["act"]: seen["quote"] for seen in reversed(self.seen["acts"])}

    @property
    def speaker(self) -> str:
        """Who spoke last, or the host."""
        return self.scene["last_speaker"] or self.stage.host

    @property
    def to(self) -> str | None:
        """The only person who heard the last answer; None when everybody did."""
        return self.scene["to"]

    @property
    def responder(self) -> str:
        """Who takes the last answer up: who alone heard it, who was addressed, or who spoke last."""
        return self.to or self.seen["addressed"] or self.speaker

    @property
    def is_aside(self) -> bool:
        """Whether the last answer was a word to one person beside the talk."""
        return self.to is not None and not (self.beat and self.beat.private and self.beat.by == self.to)

    def hears(self, persona: str) -> bool:
        """Whether a person heard the last answer."""
        return self.to in (None, persona)

    @property
    def beat(self) -> Beat | None:
        """The current beat of the arc."""
        return self.stage.beats[self.scene["beat"]] if self.scene["beat"] else None

    @property
    def open_points(self) -> list[Point]:
        """Points of the current beat that were neither heard nor asked for."""
        gone = {*self.scene["points"], *self.scene["probed"]}
        return [point for point in (self.beat.points if self.beat else ()) if point.id not in gone and not self._was_told(point)]

    def _was_told(self, point: Point) -> bool:
        """Whether whoever asks for a point was told it in private."""
        return point.id in self.scene["heard_alone"].get(self.stage.askers[point.id], [])

    @property
    def asks_only(self) -> bool:
        """Whether the answer was questions and little else."""
        asked = sum(len(question.split()) for question in self.seen["questions"])
        return asked > 0 and self.seen["words"] - asked <= 12 and not self.seen["behaviours"]

    @property
    def running_twist(self) -> str | None:
        """The twist that was broken and is not settled."""
        return next((slug for slug, status in self.scene["twists"].items() if status["state"] in ("fired", "forced")), None)

    @property
    def waiting_twists(self) -> list[TwistUse]:
        """Twists that have not come yet, in the order of the scenario."""
        return [use for use in self.stage.scenario.twists if use.twist not in self.scene["twists"] and use.when != "manual"]

    @property
    def void_facts(self) -> set[str]:
        """Facts that the news of a twist made untrue."""
        return {fact for slug in self.scene["twists"] for fact in self.stage.uses[slug].voids}

    @property
    def minutes(self) -> float:
        """Minutes on the clock."""
        return elapsed(self.scene, self.now) / 60

    @property
    def time_is_up(self) -> bool:
        """Whether the time box is used up; never when there is none."""
        return 0 < self.scene["minutes"] <= self.minutes

    @cached_property
    def beats_left(self) -> list[Beat]:
        """The beats of the arc that are still to come."""
        beats = list(self.stage.scenario.beats)
        return beats[beats.index(self.beat) + 1 :] if self.beat else beats

    @property
    def is_late(self) -> bool:
        """Whether the turns or the minutes left are only just enough for the beats and twists to come."""
        if 0 < self.scene["minutes"] * LAST_PART <= self.minutes:
            return True
        turns_left = self.stage.scenario.max_turns - self.scene["turns"]
        return turns_left <= len(self.beats_left) + 2 * len(self.waiting_twists) + LAST_WORDS

    def slots(self, speaker: str | None = None, **more: str) -> dict[str, str]:
        """The candidate's words that a line of `speaker` may pick up now: what that person has heard."""
        seen, by = self.scene["seen"], speaker or self.speaker
        echo = seen["echo"] if seen and self.hears(by) else Echo(quote="", number="", term="")
        earlier = next(
            (claim["quote"] for claim in reversed(self.scene["claims"]) if self._is_old(claim) and claim["to"] in (None, by)), ""
        )
        return {"quote": echo["quote"], "number": self._own_number(echo["number"]), "term": echo["term"], "earlier": earlier, **more}

    def _is_old(self, claim: Claim) -> bool:
        return self.scene["answer_turn"] - claim["turn"] >= 2 * EARLIER_TURNS

    def _own_number(self, number: str) -> str:
        """The figure, unless somebody in the scene brought it up: nobody questions a figure they gave themselves."""
        digits = "".join(character for character in number if character.isdigit() or character == ".")
        return "" if digits in self.stage.given_numbers else number

    def can_say(self, pool: str, slots: dict[str, str] | None = None) -> bool:
        """Whether the pool has a line left; the slots are those of the pool's person unless given."""
        kind, _, rest = pool.partition("/")
        speaker = rest.split("/")[0] if kind in ("persona", "position") else None
        return bool(sayable(self.stage, self.scene, pool, self.slots(speaker) if slots is None else slots))

    def move(
        self,
        kind: MoveKind,
        speaker: str,
        pool: str,
        *,
        ask: str | None = None,
        point: str | None = None,
        lead: LineKind | None = None,
        slots: dict[str, str] | None = None,
        events: Sequence[dict[str, Any]] = (),
        aloud: bool = False,
    ) -> Move:
        """A move with the slots of this moment; in the channel of the last answer unless `aloud`."""
        return Move(
            private=self.to == speaker and not aloud,
            kind=kind,
            speaker=speaker,
            pool=pool,
            lead=lead,
            slots=self.slots(speaker, **(slots or {})),
            ask=ask,
            point=point,
            events=list(events),
        )
