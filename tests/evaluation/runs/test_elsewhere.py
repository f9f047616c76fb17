"""Gradings that are done elsewhere are those that are done here, and a worker that would grade in another way refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from agent.errors import InputError, InstrumentError
from agent.evaluation.runs.elsewhere import Elsewhere
from agent.evaluation.workers.crew import Crew, Work
from agent.judge.embedded import EmbeddedJudge
from agent.library import Library
from agent.memory.embedder import LazyEmbedder
from agent.sync import run_sync
from tests.evaluation.runs.world import COMPETENCIES, RUBRIC, World, library, record

LIBRARY = library().search_path[0]
PROBES = {"names": ["repeat", "reorder", "quotes", "knock-out"], "judges": ["embedded"], "limit": 3}


def elsewhere(submit: Callable[[Work, str], Future[str]], in_hand: int = 3) -> Elsewhere:
    crew = Crew(submit, in_hand, {RecursionError: "the crew is gone ({error}); run it again"})
    return Elsewhere(crew, LazyEmbedder(), LIBRARY)


def at_once(work: Work, order: str) -> Future[str]:
    """Does it before anybody waits for it."""
    done: Future[str] = Future()
    try:
        done.set_result(work(order))
    except InputError as error:
        done.set_exception(error)
    return done


@pytest.mark.parametrize("order", [COMPETENCIES, COMPETENCIES[::-1]], ids=["as it is", "in another order"])
def test_the_report_is_that_of_the_judge_here(order: tuple[str, ...], world: World) -> None:
    given, talk = library().rubric(RUBRIC), world.prepared(world.suite({"embedded": {"model": "embedded"}})).goldens[0].transcript
    rubric = given.model_copy(update={"competencies": tuple(each for name in order for each in given.competencies if each.id == name)})

    sent = elsewhere(at_once)

    here = EmbeddedJudge(LazyEmbedder())
    assert run_sync(sent.grade(talk, rubric)) == here.grade_now(talk, rubric)
    assert (sent.id, sent.pin()) == (here.id, here.pin())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key": "0" * 64}, "another version of Hotseat, of the rubric or of the judge"),
        ({"vectors": "0" * 64}, "embeds sentences to other numbers than the machine that asks"),
        ({"competencies": ["communication"]}, "another version of Hotseat, of the rubric or of the judge"),
        ({"mood": "good"}, "another version of Hotseat, of the rubric or of the judge"),
        ({"rubric": "smal@1.0.0"}, "there is no rubric 'smal@1.0.0'; did you mean 'small@1.0.0'"),
        ({"library": "/nowhere"}, "/nowhere"),
    ],
)
def test_a_worker_that_has_something_else_refuses_in_a_sentence(change: dict[str, object], says: str, world: World) -> None:
    talk = world.prepared(world.suite({"embedded": {"model": "embedded"}})).goldens[0].transcript
    sent = elsewhere(lambda work, order: at_once(work, json.dumps({**json.loads(order), **change})))

    with pytest.raises(InputError, match=r"^a worker on '.+' refuses to grade: ") as refused:
        run_sync(sent.grade(talk, library().rubric(RUBRIC)))

    assert says in str(refused.value)


def test_a_worker_that_goes_on_reads_a_rubric_that_was_edited_once_more(world: World, tmp_path: Path) -> None:
    talk = world.prepared(world.suite({"embedded": {"model": "embedded"}})).goldens[0].transcript
    file = tmp_path / "library/rubrics/small/1.0.0.yaml"
    file.parent.mkdir(parents=True)
    text = (LIBRARY / "rubrics/small/1.0.0.yaml").read_text(encoding="utf-8")
    own = tmp_path / "library"
    sent = Elsewhere(Crew(at_once, 1, {}), LazyEmbedder(), own)

    for title in ("Two of twelve", "Two of the twelve"):
        file.write_text(text.replace("Two of twelve", title), encoding="utf-8")
        rubric = Library.default(own).rubric(RUBRIC)
        assert run_sync(sent.grade(talk, rubric)) == EmbeddedJudge(LazyEmbedder()).grade_now(talk, rubric)

    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="and restart them"):
        run_sync(sent.grade(talk, rubric.model_copy(update={"title": "Another"})))


def test_the_report_of_a_run_is_the_same_and_so_many_are_in_hand(world: World) -> None:
    suite = world.suite({"embedded": {"model": "embedded"}, "model": record(world, "tape")}, probes=PROBES)
    now, most = 0, 0

    def counted(work: Work, order: str) -> Future[str]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        handed = pool.submit(work, order)
        handed.add_done_callback(less)
        return handed

    def less(done: Future[str]) -> None:
        nonlocal now
        now -= 1

    here = world.run(suite, "here")
    with ThreadPoolExecutor(2) as pool:
        there = world.run(suite, "there", elsewhere=elsewhere(counted))

    assert there == here
    assert world.report("there") == world.report("here")
    assert _lines(world.root / "there") == _lines(world.root / "here")
    assert (now, most) == (0, 3)


def test_when_the_crew_is_lost_what_was_done_is_kept_and_the_run_goes_on_without_it(world: World) -> None:
    suite = world.suite({"embedded": {"model": "embedded"}}, probes=PROBES)
    world.run(suite, "here")
    done: list[str] = []

    def lost(work: Work, order: str) -> Future[str]:
        if len(done) == 5:
            raise RecursionError("too deep")
        done.append(order)
        return at_once(work, order)

    with pytest.raises(InstrumentError, match=r"the crew is gone \(too deep\); run it again"):
        world.run(suite, elsewhere=elsewhere(lost))
    kept = _lines(world.root / "out")
    world.run(suite)

    assert len(kept) == 5
    assert set(kept) < set(_lines(world.root / "out"))
    assert _lines(world.root / "out") == _lines(world.root / "here")
    assert world.report() == world.report("here")


def _lines(folder: Path) -> list[str]:
    return sorted((folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines())
