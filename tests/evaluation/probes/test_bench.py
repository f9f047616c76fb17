from __future__ import annotations

import asyncio

import pytest
import yaml

from agent.errors import InputError
from agent.evaluation.probes.bench import AT_ONCE, read_goldens
from agent.evaluation.probes.catalogue import PROBES, chosen
from agent.evaluation.probes.finding import Outcome
from agent.evaluation.probes.report import report_of
from agent.sync import run_sync
from tests.evaluation.probes.scripted import EVALS, Scripted, always, bench, goldens


def test_so_many_are_asked_at_once_and_no_more(found, rubric) -> None:
    class Slow(Scripted):
        now = most = 0

        async def grade(self, transcript, rubric):
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0)
            self.now -= 1
            return await super().grade(transcript, rubric)

    for slow, most in ((Slow(always(3.0), id="model"), AT_ONCE), (Slow(always(3.0)), 1)):
        found("repeat", bench(slow, rubric))
        assert slow.most == most


def test_what_is_plain_is_graded_once_for_all_probes(found, rubric) -> None:
    on = bench(Scripted(always(3.0)), rubric)
    for name in ("repeat", "quotes", "pad"):
        found(name, on)
    assert on.gradings == 3 * 12


def test_a_failure_is_raised_and_ends_the_rest(found, rubric) -> None:
    class Failing(Scripted):
        async def grade(self, transcript, rubric):
            await super().grade(transcript, rubric)
            if len(self.asked) == 1:
                raise InputError("the model is gone")
            return await asyncio.Event().wait()

    failing = Failing(always(3.0), id="model")
    with pytest.raises(InputError, match="gone"):
        found("repeat", bench(failing, rubric))
    assert len(failing.asked) <= AT_ONCE + 1


def test_goldens_are_drawn_by_seed_from_each_folder() -> None:
    folders = [EVALS / "goldens" / "dev", EVALS / "goldens" / "train"]
    first, second, other = ([one.id for one in read_goldens(folders, limit=5, seed=seed)] for seed in (1, 1, 2))

    assert first == second != other
    assert len(first) == 10


def test_a_folder_without_goldens_or_given_twice_is_told(tmp_path) -> None:
    with pytest.raises(InputError, match="no goldens in"):
        read_goldens([tmp_path])
    (tmp_path / "talk-0.yaml").write_text(yaml.safe_dump(goldens(1)[0].model_dump(mode="json", exclude_none=True)), encoding="utf-8")
    with pytest.raises(InputError, match="several goldens"):
        read_goldens([tmp_path, tmp_path])


@pytest.mark.parametrize(("name", "says"), [("pod", "did you mean 'pad'"), ("paraphrased", "did you mean 'paraphrase'")])
def test_a_probe_that_is_not_there_is_told(name, says) -> None:
    with pytest.raises(InputError, match=says):
        chosen([name])


def test_all_probes_are_chosen_where_none_is_named() -> None:
    assert chosen([]) == list(PROBES.values())
    assert [probe.name for probe in chosen(["pad", "names", "pad"])] == ["pad", "names"]


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [((Outcome.HELD, Outcome.UNSURE), 0), ((Outcome.HELD, Outcome.NOT_RUN), 2), ((Outcome.NOT_RUN, Outcome.FAILED), 1)],
)
def test_the_exit_code_says_the_worst(found, rubric, outcomes, code) -> None:
    on = bench(Scripted(always(3.0)), rubric)
    finding = run_sync(PROBES["repeat"].run(on))
    findings = tuple(finding.model_copy(update={"outcome": outcome}) for outcome in outcomes)
    assert report_of(on, findings, "hotseat").exit_code == code
