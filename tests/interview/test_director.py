from __future__ import annotations

from typing import Any

import pytest

from agent.engine import Engine
from agent.events import CandidateSaid, EndReason, Line, Observed, PositionMoved, TwistForced, TwistSettled
from agent.interview.director import direct
from agent.interview.injection import due, settle
from agent.interview.situation import Situation
from agent.interview.stage import Stage
from agent.observation import Observation
from agent.scene import Scene, fold
from agent.session import Interview

NOTHING: Observation = {
    "words": 30,
    "acts": [],
    "points": [],
    "facts": [],
    "questions": [],
    "conditions": [],
    "hardening": [],
    "behaviours": [],
    "contingencies": [],
    "recall": None,
    "interest": {},
    "addressed": None,
    "relatedness": 0.5,
    "echo": {"quote": "", "number": "", "term": ""},
    "claims": [],
}


@pytest.fixture
def opened(engine: Engine) -> Interview:
    interview = Interview("fraud-trade-off", seed=3, engine=engine)
    interview.start()
    return interview


def answered(scene: Scene, turns: int = 1, **seen: Any) -> Scene:
    """The scene after so many answers, in the last of which `seen` was observed."""
    for turn in range(turns):
        said = CandidateSaid(at=scene["now"], text="A plan with three steps.")
        last = NOTHING | (seen if turn == turns - 1 else {})
        scene = fold([said, Observed(at=scene["now"], observer="test", seen=dict(last))], scene)
    return scene


def situation(interview: Interview, scene: Scene, **more: Any) -> Situation:
    return Situation(scene, interview.stage, scene["now"], **more)


def kinds(s: Situation) -> list[str]:
    return [move["kind"] for move in direct(s).moves]


def test_what_was_left_out_is_asked_for(opened: Interview) -> None:
    plan = direct(situation(opened, answered(opened.scene)))
    assert [move["kind"] for move in plan.moves] == ["probe"]
    assert plan.moves[0]["point"] in {point.id for point in opened.stage.scenario.beats[0].points}


def test_what_was_said_is_picked_up_with_its_words(opened: Interview) -> None:
    point = next(point for point in opened.stage.scenario.beats[0].points if point.pickup)
    heard = {"id": point.id, "quote": "The honest customers matter more to me than one thief."}
    plan = direct(situation(opened, answered(opened.scene, points=[heard])))
    assert plan.moves[0]["kind"] == "pickup"
    assert plan.moves[0]["slots"]["quote"] in heard["quote"].lower()


def test_a_fact_is_told_by_somebody_who_knows_it(opened: Interview) -> None:
    for fact in opened.stage.scenario.facts:
        asked = [{"id": fact.id, "quote": "What about it?"}]
        moves = direct(situation(opened, answered(opened.scene, questions=["What about it?"], facts=asked, words=3))).moves
        assert moves[0]["kind"] == "tell"
        assert moves[0]["speaker"] in fact.known_by


def test_a_question_nobody_can_answer_invents_nothing(opened: Interview) -> None:
    scene = answered(opened.scene, questions=["How tall is the tower?"], words=5)
    assert kinds(situation(opened, scene)) == ["unknown"]


def test_the_twist_comes_on_its_turn(opened: Interview) -> None:
    use = opened.stage.scenario.twists[0]
    before, on_time = answered(opened.scene, turns=int(use.value) - 1), answered(opened.scene, turns=int(use.value))
    assert due(situation(opened, before)) is None
    assert kinds(situation(opened, on_time))[-1] == "news"


def test_an_ignored_twist_is_forced_and_then_counted_as_missed(opened: Interview) -> None:
    slug = opened.stage.scenario.twists[0].twist
    scene = opened.scene | {"twists": {slug: {"state": "fired", "since": 0}}}
    forced = settle(situation(opened, answered(scene)))
    assert [type(event) for event in forced] == [TwistForced]
    missed = settle(situation(opened, answered(fold(forced, answered(scene)))))
    assert [(type(event), event.outcome) for event in missed if isinstance(event, TwistSettled)] == [(TwistSettled, "missed")]


def test_a_forced_twist_is_said_even_if_a_fact_was_asked_for(opened: Interview) -> None:
    slug, fact = opened.stage.scenario.twists[0].twist, opened.stage.scenario.facts[0].id
    scene = answered(opened.scene, questions=["And that?"], facts=[{"id": fact, "quote": "And that?"}], words=2)
    forced = TwistForced(at=scene["now"], twist=slug)
    assert kinds(situation(opened, scene, settled=(forced,))) == ["tell", "force"]


def test_a_position_that_moved_says_so_at_once(opened: Interview) -> None:
    persona, position = next(iter(opened.stage.positions)).split("/")
    scene = answered(opened.scene)
    moved = PositionMoved.model_validate(
        {"at": 0, "persona": persona, "position": position, "to": "moved", "condition": None, "by": {"turn": 2, "text": "x"}}
    )
    plan = direct(situation(opened, scene, changes=(moved,)))
    assert plan.moves[0]["kind"] == "moved"
    assert plan.moves[0]["speaker"] == persona


@pytest.mark.parametrize(
    ("act", "pool"), [("hostile", "hostile"), ("meta", "meta"), ("thinking", "take_your_time"), ("dont_know", "dont_know")]
)
def test_what_is_no_answer_is_dealt_with_first(opened: Interview, act: str, pool: str) -> None:
    scene = answered(opened.scene, acts=[{"act": act, "quote": "…"}], words=5)
    assert direct(situation(opened, scene)).moves[0]["pool"].endswith(f"/{pool}")


def test_time_up_ends_the_scene_with_a_word(opened: Interview) -> None:
    scene = answered(opened.scene)
    late = Situation(scene, opened.stage, scene["started_at"] + 60 * scene["minutes"])
    plan = direct(late)
    assert plan.ends is EndReason.TIME_UP
    assert [move["kind"] for move in plan.moves] == ["time_up", "farewell"]


def test_without_a_clock_time_is_never_up(opened: Interview) -> None:
    scene = answered(opened.scene) | {"minutes": 0.0}
    assert direct(Situation(scene, opened.stage, scene["started_at"] + 1e9)).ends is None


def test_directing_is_pure(opened: Interview) -> None:
    scene = answered(opened.scene)
    assert direct(situation(opened, scene)) == direct(situation(opened, scene))


def test_the_opening_line_belongs_to_the_first_beat(opened: Interview, engine: Engine) -> None:
    stage: Stage = engine.stage("fraud-trade-off")
    first = next(event for event in opened.events if isinstance(event, Line))
    assert (first.beat, first.move) == (stage.scenario.beats[0].id, "beat")
