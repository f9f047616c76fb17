from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.events import CandidateSaid, Event, Line
from agent.simulation.scripted import ScriptedCandidate
from agent.walkthrough import Reply, Walkthrough

OPENING = Reply(to="beat/opening", say="To the opening.")
POINT = Reply(to="point/own-part", say="To the point.")
NEWS = Reply(to="twist/data-lost", say="To the news.")
FORCE = Reply(to="force/data-lost", say="To the news that was ignored.")
VIEW = Reply(to="position/plant-changed", say="To the view.")
PERSON = Reply(to="position/director", say="To the director's view.")
FIRST, SECOND = Reply(say="Whatever was asked."), Reply(say="And once more.")


def candidate(*replies: Reply) -> ScriptedCandidate:
    spare = [Reply(to="beat/never-played", say=f"Spare {number}.") for number in range(6)]
    return ScriptedCandidate(Walkthrough(scenario="x", candidate="weak", about="A test.", replies=(*replies, *spare)))


def asked(*pools: str) -> Sequence[Event]:
    """Lines of these pools, one after the other."""
    return [Line(at=0, speaker="p", text=pool, move="beat", beat="b", templates=(f"{pool}#0",)) for pool in pools]


@pytest.mark.parametrize(
    ("pool", "reply"),
    [
        ("beat/opening", OPENING),
        ("point/own-part/probe", POINT),
        ("point/own-part/pickup", POINT),
        ("twist/data-lost/lines", NEWS),
        ("twist/data-lost/force", FORCE),
        ("position/interrupter/plant-changed/pushback", VIEW),
        ("position/director/budget/pushback", PERSON),
        ("beat/another", FIRST),
    ],
)
def test_the_reply_that_was_written_for_the_line_is_chosen(pool: str, reply: Reply) -> None:
    assert candidate(FIRST, FORCE, OPENING, POINT, NEWS, VIEW, PERSON).next(asked(pool)) == reply


def test_each_reply_is_said_once_and_then_what_fits_anything_and_then_nothing() -> None:
    speaker, opening = candidate(OPENING, FIRST, SECOND), asked("beat/opening")
    assert [speaker.next(opening) for _ in range(4)] == [OPENING, FIRST, SECOND, None]


def test_the_newest_line_that_has_a_reply_is_answered() -> None:
    assert candidate(OPENING, POINT).next(asked("point/own-part/probe", "beat/opening")) == OPENING
    assert candidate(OPENING, POINT).next(asked("point/own-part/probe", "beat/another")) == POINT


def test_what_was_answered_before_is_not_answered_again() -> None:
    log = [*asked("point/own-part/probe"), CandidateSaid(at=0, text="Something."), *asked("beat/opening")]
    speaker = candidate(POINT, OPENING, FIRST)
    assert [speaker.next(log), speaker.next(log)] == [OPENING, FIRST]


def test_with_nothing_asked_yet_only_what_fits_anything_is_said() -> None:
    speaker = candidate(OPENING, FIRST)
    assert [speaker.next([]), speaker.next([])] == [FIRST, None]
