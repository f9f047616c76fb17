from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.debrief import Debrief
from agent.debriefing import debrief
from agent.engine import Engine
from agent.errors import InputError, SessionError
from agent.events import (
    ArtifactChanged,
    CandidateSaid,
    CutSettled,
    Event,
    FactRevealed,
    Interrupted,
    Mode,
    PositionMoved,
    Quote,
    Rated,
    SessionStarted,
    parse_event,
)
from agent.grading import grade
from agent.interview.stage import Stage
from agent.library import Library
from agent.library.library import shipped
from agent.report import to_markdown
from agent.session import Interview

SCENE, REVERSED, ENGINEER = "debug-the-leak", "reversal-client", "junior-engineer"
EVIDENCE = "It compares calendar days, so the whole day counts, even the hours after the moment we score."
BETWEEN_US = "Between us, how tired are the crews?"
Shown = Callable[..., Debrief]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(library=Library((shipped(),)), clock=lambda: 1_000_000.0)


@pytest.fixture(scope="module")
def stage(engine: Engine) -> Stage:
    return engine.stage(SCENE)


@pytest.fixture
def shown(stage: Stage) -> Shown:
    """The debrief of a log of these events."""

    def of(*events: Event, mode: Mode = Mode.PRACTICE) -> Debrief:
        start = SessionStarted(at=0, session="s", scenario=SCENE, mode=mode, seed=1, minutes=20, pins={}, package="0")
        return debrief([start, *events], stage, {})

    return of


@pytest.fixture(scope="module")
def reversed_scene(engine: Engine) -> Interview:
    """Two questions to the engineer, and the asker's levels of him."""
    interview = Interview(REVERSED, seed=1, engine=engine)
    interview.start()
    interview.say("Did the model know that it was Easter?")
    interview.say("And how did you test it before it went live?")
    interview.rate({"communication": 2, "growth_mindset": None})
    return interview


def said(text: str, to: str | None = None, at: float = 0) -> CandidateSaid:
    return CandidateSaid(at=at, text=text, to=to)


def moved(to: str, condition: str | None, quote: str, turn: int = 2) -> PositionMoved:
    words = Quote(turn=turn, text=quote)
    data = {"at": 0, "persona": "interrupter", "position": "plant-changed", "to": to, "condition": condition, "by": words}
    return PositionMoved.model_validate(data)


def ran(passed: bool, at: float) -> Event:
    return parse_event({"type": "test_ran", "at": at, "artifact": "features", "passed": passed, "output": ""})


def edited(at: float, wrong_turn: str | None = None) -> ArtifactChanged:
    return ArtifactChanged(at=at, artifact="features", sha256="0", text="x = 1", wrong_turn=wrong_turn)


def test_a_live_session_names_the_sentence_that_moved_somebody(engine: Engine) -> None:
    interview = Interview(SCENE, seed=1, engine=engine)
    interview.start()
    interview.say(f"I read the file. {EVIDENCE}")
    (position,) = debrief(interview.events, interview.stage, {}).positions
    assert (position.name, position.state) == ("Ivo Tull", "softened")
    assert [(cause.turn, cause.quote) for cause in position.met] == [(2, EVIDENCE)]


def test_a_position_shows_what_met_it_what_hardened_it_and_what_was_open(shown: Shown, stage: Stage) -> None:
    texts = {one.id: one.text for one in stage.positions["interrupter/plant-changed"].moves_when}
    (position,) = shown(moved("hardened", None, "Trust me."), moved("softened", "replay-cut", "Replay it.", turn=4)).positions
    assert [(cause.turn, cause.quote, cause.text) for cause in position.met] == [(4, "Replay it.", texts["replay-cut"])]
    assert [(cause.turn, cause.quote) for cause in position.hardened] == [(2, "Trust me.")]
    assert position.open == (texts["saw-the-future"],)


def test_a_position_that_nobody_touched_was_held_and_one_with_all_conditions_has_none_open(shown: Shown) -> None:
    (held,), (gone,) = shown().positions, shown(moved("softened", "replay-cut", "A."), moved("moved", "saw-the-future", "B.")).positions
    assert (held.state, len(held.open)) == ("held", 2)
    assert (gone.state, gone.open) == ("moved", ())


def test_what_was_taken_back_is_in_no_debrief(shown: Shown) -> None:
    back = parse_event({"type": "retracted", "at": 0, "since": 2})
    shown_after = shown(said("Trust me."), moved("hardened", None, "Trust me."), edited(0), back)
    assert shown_after == shown()


def test_each_person_heard_what_was_said_to_the_room_and_to_them_alone(shown: Shown, stage: Stage) -> None:
    heard = {one.name: one for one in shown(said("Hello."), said(BETWEEN_US, "hurried-lead"), said("So.")).heard}
    ivo, lead = heard[stage.name("interrupter")], heard[stage.name("hurried-lead")]
    assert (ivo.answers, ivo.missed) == (2, 1)
    assert (lead.answers, lead.missed) == (3, 0)


def test_a_fact_is_told_by_who_told_it_and_kept_by_who_knew_it(shown: Shown, stage: Stage) -> None:
    told = FactRevealed(at=0, fact="score-time", by="hurried-lead", question=Quote(turn=2, text="When?"))
    ivo, lead = shown(told).heard
    assert lead.told == (stage.facts["score-time"].short,)
    assert set(lead.kept).isdisjoint(lead.told)
    assert ivo.told == ()
    assert set(ivo.kept) == {fact.short for fact in stage.scenario.facts if "interrupter" in fact.known_by}


def test_cut_ins_are_counted_by_what_became_of_them(shown: Shown) -> None:
    cut = Interrupted(at=0, speaker="interrupter", trigger="buzzword", words=9, about="leverage")
    became = (("answered", True, 2.0), ("parked", True, 3.5), ("ignored", False, None))
    settled = [
        CutSettled.model_validate({"at": 0, "speaker": "interrupter", "trigger": "buzzword", "outcome": how, "resumed": on, "seconds": s})
        for how, on, s in became
    ]
    cuts = shown(cut, cut, cut, cut, *settled).cut_ins
    assert cuts.model_dump() == {"count": 4, "answered": 1, "parked": 1, "ignored": 1, "resumed": 2, "seconds": 2.8}


def test_without_a_cut_in_there_is_nothing_to_count(shown: Shown) -> None:
    assert shown(said("Hello.")).cut_ins is None


def test_the_repair_is_shown_apart_with_the_way_to_the_first_green_run(shown: Shown) -> None:
    wrong = edited(60, "drops-zeros")
    events = (said("Hm.", at=30), wrong, ran(False, 90), said("I see.", at=120), edited(150), ran(True, 180), ran(True, 400))
    (repair,) = shown(*events).repairs
    assert (repair.runs, repair.edits, repair.wrong_turns, repair.passed) == (3, 2, 1, True)
    assert (repair.answers, repair.minutes) == (2, 3.0)


def test_a_file_that_was_never_mended_has_no_way_to_it(shown: Shown) -> None:
    (repair,) = shown(edited(60), ran(False, 90)).repairs
    assert (repair.passed, repair.answers, repair.minutes) == (False, None, None)


def test_after_an_assessed_session_facts_and_the_bug_stay_hidden(shown: Shown) -> None:
    practice, assessed = shown(ran(True, 60)), shown(ran(True, 60), mode=Mode.ASSESSED)
    assert practice.repairs[0].bug
    assert all(one.kept for one in practice.heard)
    assert assessed.repairs[0].bug == ""
    assert [one.kept for one in assessed.heard] == [(), ()]


def test_after_an_assessed_session_what_would_have_moved_somebody_stays_hidden(shown: Shown) -> None:
    assert shown(mode=Mode.ASSESSED).positions[0].open == ()


@pytest.mark.parametrize("levels", [{"communication": 0}, {"communication": 6}, {"charm": 3}, {"resilience": 3}])
def test_a_level_that_is_none_or_of_another_scene_is_refused(reversed_scene: Interview, levels: dict[str, int | None]) -> None:
    before = len(reversed_scene.events)
    with pytest.raises(InputError, match="levels go from 1 to 5 for communication"):
        reversed_scene.rate(levels)
    assert len(reversed_scene.events) == before


def test_nobody_is_rated_in_a_scene_in_which_you_are_graded(engine: Engine) -> None:
    interview = Interview(SCENE, seed=1, engine=engine)
    interview.start()
    with pytest.raises(SessionError, match="you are the one who is graded"):
        interview.rate({"communication": 3})
    assert not [event for event in interview.events if isinstance(event, Rated)]


def test_nobody_is_rated_before_the_scene_starts(engine: Engine) -> None:
    interview = Interview(REVERSED, seed=1, engine=engine)
    with pytest.raises(SessionError, match="has not started"):
        interview.rate({"communication": 3})


def test_in_a_reversed_scene_the_engineer_is_the_candidate(reversed_scene: Interview) -> None:
    turns = reversed_scene.transcript.turns
    name = reversed_scene.stage.name(ENGINEER)
    assert {turn.speaker for turn in reversed_scene.transcript.candidate_turns} == {name}
    assert [turn.text for turn in turns if turn.role == "interviewer"] == [
        event.text for event in reversed_scene.events if isinstance(event, CandidateSaid)
    ]


def test_the_report_puts_both_levels_side_by_side(reversed_scene: Interview) -> None:
    report = grade(reversed_scene)
    levels = {name: verdict.level for name, verdict in report.verdicts.items()}
    assert [(one.competency, one.yours, one.judge) for one in report.debrief.ratings] == [
        ("communication", 2, levels["communication"]),
        ("growth_mindset", None, levels["growth_mindset"]),
    ]
    judged = levels["communication"] or "not observed"
    assert f"Communication: you 2, the judge {judged}." in to_markdown(report)


def test_of_two_ratings_the_last_one_counts(engine: Engine) -> None:
    start = SessionStarted(at=0, session="s", scenario=REVERSED, mode=Mode.PRACTICE, seed=1, minutes=15, pins={}, package="0")
    log: list[Event] = [start, Rated(at=1, levels={"communication": 2}), Rated(at=2, levels={"communication": 4})]
    assert [(one.yours, one.judge) for one in debrief(log, engine.stage(REVERSED), {"communication": 3}).ratings] == [(4, 3)]
