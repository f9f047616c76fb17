"""Whether a scene separates, what is said of it, and counts that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

import pytest

from agent.evaluation.probes.finding import Outcome
from agent.evaluation.scenes.contrast import contrasts_of
from agent.evaluation.scenes.junit import to_junit
from agent.evaluation.scenes.report import SceneReport, report_of
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import Pair, SceneSuite
from agent.evaluation.scenes.unit import Unit
from agent.evaluation.scenes.work import Workshop

SCENE = "night-shift-eta"
Sessions = Sequence[SimulatedSession]
Reported = Callable[[Sessions], SceneReport]


@pytest.fixture
def reported(suite: SceneSuite, units: Sequence[Unit], place: Workshop) -> Reported:
    """The report on these sessions."""
    return lambda sessions: report_of(suite, units, {one.key: one for one in sessions}, place.engine.library, "")


def scored(session: SimulatedSession, candidate: str, seed: int, score: float | None) -> SimulatedSession:
    grade = session.grade.model_copy(update={"score": score})
    return session.model_copy(update={"candidate": candidate, "seed": seed, "grade": grade})


def outcome(suite: SceneSuite, session: SimulatedSession, strong: Sequence[float | None], weak: Sequence[float | None]) -> Outcome:
    made = [scored(session, name, seed, one) for name, each in (("strong", strong), ("weak", weak)) for seed, one in enumerate(each, 1)]
    return contrasts_of(made, (), suite.model_copy(update={"seeds": len(strong)}), Pair("weak", "strong"))[0].outcome


def test_the_verdict_follows_the_interval_so_few_seeds_are_unsure(suite: SceneSuite, sessions: Sessions) -> None:
    one = sessions[0]
    assert outcome(suite, one, [4.0] * 3, [1.0] * 3) is Outcome.UNSURE
    assert outcome(suite, one, [4.0] * 10, [1.0] * 10) is Outcome.HELD
    assert outcome(suite, one, [1.0] * 10, [1.0] * 10) is Outcome.FAILED
    assert outcome(suite, one, [1.0] * 3, [2.0] * 3) is Outcome.FAILED
    assert outcome(suite, one, [None] * 3, [2.0] * 3) is Outcome.NOT_RUN


def test_a_scene_is_told_by_its_sessions(reported: Reported, sessions: Sessions) -> None:
    report = reported(sessions)
    scene = report.scenes[0]
    weak, strong = scene.tables
    assert (report.planned, report.played, report.scored, report.exit_code) == (4, 4, 4, 0)
    assert [(pair.weak, pair.strong, pair.overall.auc, pair.overall.outcome) for pair in scene.pairs] == [
        ("weak", "strong", 1.0, Outcome.UNSURE)
    ]
    assert report.below == []
    assert (weak.candidate, weak.told, strong.told, strong.ended) == ("weak", 0.0, 1.0, {"arc_finished": 2})
    assert [(twist.landed, twist.ignored) for twist in scene.twists] == [(4, {"weak": 2})]


def test_a_session_that_is_missing_is_no_report(reported: Reported, sessions: Sessions) -> None:
    with pytest.raises(ValueError, match="4 sessions were planned, 3 played"):
        reported(sessions[:3])


def test_what_must_not_be_fails_the_run(reported: Reported, sessions: Sessions) -> None:
    report = reported([*sessions, sessions[1].model_copy(update={"problems": ("fact 'x' was given away unasked",)})])
    cases = {case.get("name"): case for case in ElementTree.fromstring(to_junit(report)).iter("testcase")}
    assert (report.exit_code, report.problems) == (1, ["weak, seed 2: fact 'x' was given away unasked"])
    assert cases["what has to hold holds in 4 sessions"].find("failure").get("message") == report.problems[0]
    assert cases["strong scores above weak"].find("failure") is None


def test_candidates_who_are_alone_are_not_told_apart(place: Workshop, sessions: Sessions) -> None:
    alone = SceneSuite(id="one", about="One.", scenarios=("night-shift-eta",), candidates=("weak",), seeds=2)
    units = [Unit(scenario=one.scenario, candidate="weak", seed=one.seed, key=one.key) for one in sessions[:2]]
    report = report_of(alone, units, {one.key: one for one in sessions}, place.engine.library, "")
    assert ([pair.overall for pair in report.scenes[0].pairs], report.exit_code) == ([None], 0)
    assert report.scenes[0].pairs[0].untold == "strong and weak were not both played"


def test_each_pair_has_its_own_verdict_and_one_that_fails_fails_the_run(suite: SceneSuite, sessions: Sessions, place: Workshop) -> None:
    scores = {"weak": 1.0, "middling": 3.0, "strong": 2.5}
    made = [scored(sessions[0], name, seed, score) for name, score in scores.items() for seed in (1, 2)]
    made = [one.model_copy(update={"key": f"{one.candidate}/{one.seed}"}) for one in made]
    units = [Unit(scenario=one.scenario, candidate=one.candidate, seed=one.seed, key=one.key) for one in made]
    three = suite.but({"candidates": tuple(scores), "contrasts": (("weak", "middling"), ("middling", "strong"))})
    report = report_of(three, units, {one.key: one for one in made}, place.engine.library, "")
    cases = {case.get("name"): case for case in ElementTree.fromstring(to_junit(report)).iter("testcase")}
    assert [pair.overall.auc for pair in report.scenes[0].pairs] == [1.0, 0.0]
    assert [(scene.scenario, pair.strong) for scene, pair in report.below] == [(SCENE, "strong")]
    assert cases["middling scores above weak"].find("failure") is None
    assert str(cases["strong scores above middling"].find("failure").text).startswith(
        f"{SCENE}: strong scores above middling in 0.00 of pairs"
    )
    assert (report.outcomes[Outcome.FAILED], report.exit_code) == (1, 1)
