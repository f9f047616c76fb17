from __future__ import annotations

from itertools import pairwise

import pytest

from agent.engine import Engine
from agent.events import CutSettled, Draft, Event, Interrupted, Line
from agent.library import Library
from agent.session import Interview
from agent.simulation.clock import SimulatedClock

BUZZ = "We would leverage best practices and state of the art tools to solve it. "
VAGUE = "We make sure everything works well end to end and improve the performance. "
PLAIN = "I would first look at fifty rows by hand and compare them with the log of that night. "
SCENE = "debug-the-leak"


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture
def timed(library: Library, engine: Engine, clock: SimulatedClock) -> Engine:
    return Engine(library=library, clock=clock, embedder=engine._embedder)


def live(engine: Engine, seed: int = 1, scenario: str = SCENE, *, calm: bool = False) -> Interview:
    interview = Interview(scenario, seed=seed, engine=engine, calm=calm)
    interview.start()
    return interview


def cut_in(interview: Interview) -> Interrupted | None:
    return next((event for event in reversed(interview.events) if isinstance(event, Interrupted)), None)


def of(kind: type[Event], interview: Interview) -> list[Event]:
    return [event for event in interview.events if isinstance(event, kind)]


def cutting_seed(engine: Engine, draft: str) -> int:
    """A seed with which somebody takes this occasion; most do."""
    return next(seed for seed in range(30) if live(engine, seed).draft(draft))


@pytest.mark.parametrize(
    ("draft", "trigger"),
    [
        (BUZZ, "buzzword"),
        ("I promise that it will definitely be fixed by tomorrow morning for everybody. ", "promise"),
        ("After we changed it the hit rate improved by 12. ", "number"),
        ("So the thing is that there are many ways to see it. " * 12, "monologue"),
    ],
)
def test_content_makes_somebody_cut_in(timed: Engine, draft: str, trigger: str) -> None:
    found = [cut.trigger for seed in range(12) if (interview := live(timed, seed)).draft(draft) and (cut := cut_in(interview))]
    assert trigger in found


@pytest.mark.parametrize(
    "draft",
    [
        PLAIN,
        "I can't promise that it is fixed by tomorrow, it depends on the log. ",
        "It fell to 40 ms, and press 3 stands in week 12 of the plan. ",
        "What did the crew see before it stopped, and who wrote that down? ",
        "We leverage",
    ],
)
def test_nobody_cuts_into_what_gives_no_reason(timed: Engine, draft: str) -> None:
    assert [seed for seed in range(12) if live(timed, seed).draft(draft)] == []


def test_the_same_draft_at_the_same_moment_gives_the_same_line(timed: Engine) -> None:
    first = [[line.text for line in live(timed, seed).draft(BUZZ)] for seed in range(6)]
    assert first == [[line.text for line in live(timed, seed).draft(BUZZ)] for seed in range(6)]
    assert [] not in first or any(first)


def test_of_a_draft_only_the_word_is_kept_that_did_it(timed: Engine) -> None:
    interview = live(timed, cutting_seed(timed, BUZZ))
    interview.draft(BUZZ)
    logged = [event.model_dump_json() for event in interview.events[-3:] if not isinstance(event, Line)]
    assert any(isinstance(event, Draft) for event in interview.events)
    assert not [text for text in logged if "tools to solve" in text]


def test_a_gap_and_a_cap_are_kept(timed: Engine, clock: SimulatedClock) -> None:
    interview = live(timed, cutting_seed(timed, BUZZ))
    limits = {slug: persona.interruption for slug, persona in interview.stage.personas.items()}
    for turn in range(60):
        interview.draft(BUZZ if turn % 2 else VAGUE)
        clock.forward(1)
        if turn % 4 == 3 and not interview.is_over:
            interview.say(PLAIN)
    cuts = [event for event in interview.events if isinstance(event, Interrupted)]
    assert cuts
    for slug, limit in limits.items():
        own = [cut.at for cut in cuts if cut.speaker == slug]
        assert len(own) <= limit.per_session
        assert all(later - earlier >= limit.min_gap_seconds for earlier, later in pairwise(own))


def test_a_calm_session_has_no_clock_and_nobody_cuts_in_or_minds_silence(timed: Engine) -> None:
    seed = cutting_seed(timed, BUZZ)
    interview = live(timed, seed, calm=True)
    assert interview.draft(BUZZ) == []
    assert interview.silence(600) == []
    assert interview.seconds_left is None


def test_asking_to_finish_is_granted_by_who_yields(timed: Engine) -> None:
    interview = live(timed, scenario="ranking-for-marketing")
    persona = next(slug for slug, one in interview.stage.personas.items() if one.interruption.overlap != "insist")
    cut = Interrupted(at=timed.clock(), speaker=persona, trigger="buzzword", words=14, about="leverage")
    interview._append([cut])
    said = interview.draft(BUZZ + "Let me finish this first. ")
    assert [line.move for line in said] == ["go_on"]
    assert interview.draft(BUZZ + "Let me finish this first. And then ") == []


@pytest.mark.parametrize(
    ("rest", "outcome", "resumed"),
    [
        ("In plain words: for example, we compare the list with the log of the night.", "answered", True),
        ("I'll come back to that. The list was compared with the log of the night.", "parked", True),
        ("Bananas are yellow and grow in warm places.", "ignored", False),
    ],
)
def test_what_became_of_a_cut_in_is_counted(timed: Engine, rest: str, outcome: str, resumed: bool) -> None:
    interview = live(timed)
    before = "We leverage the list of the night and compare it with the log."
    interview._append([Interrupted(at=timed.clock(), speaker="interrupter", trigger="buzzword", words=13, about="leverage")])
    interview.say(f"{before} {rest}", resumed_after=2.5)
    settled = [event for event in interview.events if isinstance(event, CutSettled)]
    assert [(event.outcome, event.resumed, event.seconds) for event in settled] == [(outcome, resumed, 2.5)]


def test_somebody_who_insists_comes_back_to_what_was_passed_over(timed: Engine) -> None:
    interview = live(timed)
    persona = interview.stage.personas["interrupter"]
    interview._append([Interrupted(at=timed.clock(), speaker="interrupter", trigger="number", words=6, about="12")])
    said = interview.say("We looked at it all night long and in the end nobody in the team knew what to do about it.")
    expected = persona.interruption.overlap in ("insist", "adaptive")
    assert ("insist" in [line.move for line in said]) == expected
