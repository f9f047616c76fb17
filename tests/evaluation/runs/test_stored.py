"""A judge whose gradings are kept: nothing is graded twice, unless it is meant to be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from agent.evaluation.runs.folder import RunFolder, opened
from agent.evaluation.runs.judgement import Of
from agent.evaluation.runs.prepared import Prepared
from agent.evaluation.runs.stored import Stopping, StoredJudge
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, Overall, RubricPin, State, Verdict
from tests.evaluation.runs.world import World


class Counting:
    """Says nothing of anything, slowly, and counts how often."""

    id = "embedded"

    def __init__(self, state: State = State.NOT_OBSERVED) -> None:
        self.asked = 0
        self.state = state
        self.open = asyncio.Event()
        self.open.set()

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        self.asked += 1
        await self.open.wait()
        return GradeReport(
            title=transcript.title,
            rubric=RubricPin(id=rubric.slug, version=rubric.version, sha256="0"),
            judge=JudgePin(id=self.id, version="1", package="0", parameters={"number": self.asked, "pair": (1, 2)}),
            verdicts={each.id: Verdict(state=self.state, reasoning="So.") for each in rubric.competencies},
            delivery={},
            overall=Overall(score=None, coverage=0.0, scored=0, expected=2),
        )


@pytest.fixture
def prepared(world: World) -> Prepared:
    return world.prepared(world.suite({"embedded": {"model": "embedded"}}))


@pytest.fixture
def folder(world: World, prepared: Prepared) -> Iterator[RunFolder]:
    with opened(world.root / "out", prepared.plan) as folder:
        yield folder


def test_the_same_is_graded_once_also_at_the_same_time(folder: RunFolder, prepared: Prepared) -> None:
    judge = Counting()
    stored, talk = StoredJudge(judge, folder, "embedded"), prepared.goldens[0].transcript

    async def thrice() -> list[GradeReport]:
        both = await asyncio.gather(stored.grade(talk, prepared.rubric), stored.grade(talk, prepared.rubric))
        return [*both, await stored.grade(talk, prepared.rubric)]

    first, *others = asyncio.run(thrice())
    assert others == [first, first]
    assert (judge.asked, len(folder.lines)) == (1, 1)


def test_what_is_asked_again_is_graded_again_and_kept_apart(folder: RunFolder, prepared: Prepared) -> None:
    judge = Counting()
    talk = prepared.goldens[0].transcript

    async def twice(stored: StoredJudge) -> list[int]:
        reports = [await stored.grade(talk, prepared.rubric), await stored.again().grade(talk, prepared.rubric)]
        return [report.judge.parameters["number"] for report in reports]

    assert asyncio.run(twice(StoredJudge(judge, folder, "embedded"))) == [1, 2]
    assert asyncio.run(twice(StoredJudge(judge, folder, "embedded"))) == [1, 2]
    assert [each.of for each in folder.judgements()] == [Of.ITEM, Of.AGAIN]


def test_a_twin_is_no_item(folder: RunFolder, prepared: Prepared) -> None:
    talk = prepared.goldens[0].transcript
    twin = talk.model_copy(update={"turns": talk.turns[:2]})
    asyncio.run(StoredJudge(Counting(), folder, "embedded").grade(twin, prepared.rubric))
    assert [each.of for each in folder.judgements()] == [Of.TWIN]
    assert list(folder.of_items("embedded")) == []


def test_an_instrument_error_is_tried_again_in_the_next_run_only(folder: RunFolder, prepared: Prepared) -> None:
    broken, talk = Counting(State.INSTRUMENT_ERROR), prepared.goldens[0].transcript

    async def twice(stored: StoredJudge) -> None:
        await stored.grade(talk, prepared.rubric)
        await stored.grade(talk, prepared.rubric)

    asyncio.run(twice(StoredJudge(broken, folder, "embedded")))
    assert broken.asked == 1
    sound = Counting()
    asyncio.run(twice(StoredJudge(sound, folder, "embedded")))
    assert (sound.asked, len(folder.lines)) == (1, 1)


def test_what_was_begun_is_kept_when_nobody_waits_for_it(folder: RunFolder, prepared: Prepared) -> None:
    judge = Counting()
    stored, talk = StoredJudge(judge, folder, "embedded"), prepared.goldens[0].transcript

    async def cancelled() -> None:
        judge.open.clear()
        task = asyncio.ensure_future(stored.grade(talk, prepared.rubric))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        settling = asyncio.ensure_future(stored.settle())
        await asyncio.sleep(0)
        with pytest.raises(Stopping):
            await stored.grade(prepared.goldens[1].transcript, prepared.rubric)
        judge.open.set()
        await settling

    asyncio.run(cancelled())
    assert [each.item for each in folder.judgements()] == [prepared.goldens[0].id]


def test_a_report_is_the_same_fresh_and_found(folder: RunFolder, prepared: Prepared) -> None:
    talk = prepared.goldens[0].transcript
    fresh = asyncio.run(StoredJudge(Counting(), folder, "embedded").grade(talk, prepared.rubric))
    found = asyncio.run(StoredJudge(Counting(), folder, "embedded").grade(talk, prepared.rubric))
    assert fresh == found
    assert fresh.judge.parameters["pair"] == [1, 2]
