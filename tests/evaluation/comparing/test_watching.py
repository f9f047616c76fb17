"""A judge watched from its first run on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent.document import fingerprint
from agent.errors import InputError
from agent.evaluation.comparing.baseline import place_of, read_baseline
from agent.evaluation.comparing.canary import Canary, goldens_of, read_canary
from agent.evaluation.comparing.drift import Cause, Drift
from agent.evaluation.comparing.watching import Watch
from agent.evaluation.golden import read_golden
from agent.rubric import Rubric
from agent.transcript import Transcript
from agent.verdict import GradeReport, JudgePin, Verdict
from tests.evaluation.comparing.graded import ERROR, FIRST, PIN, RUBRIC, Answer, graded

EVALS = Path(__file__).parents[3] / "evals"


class Model:
    """A model judge that says of every talk the same, in three answers."""

    def __init__(self, answer: Answer | Verdict = (3, 3, 4), pin: JudgePin = PIN) -> None:
        self.id = pin.id
        self.answer = answer
        self.pin = pin

    async def grade(self, transcript: Transcript, rubric: Rubric) -> GradeReport:
        return graded({FIRST: self.answer}, rubric=rubric, pin=self.pin)


def watch(file: Path, judge: Model, canary: Canary | None = None) -> Watch:
    return Watch(canary or read_canary(EVALS), EVALS, judge, RUBRIC, file)


def ran(file: Path, judge: Model, *, accept: bool = False) -> tuple[Drift | None, str]:
    watched = watch(file, judge)
    watched.check(may_begin=accept)
    reading = asyncio.run(watched.read())
    found = watched.drift(reading)
    return found, watched.accept(reading, found) if accept else ""


def test_what_is_accepted_first_is_the_baseline_and_then_grows(tmp_path: Path) -> None:
    file = tmp_path / "judge.json"
    assert ran(file, Model(), accept=True) == (None, f"Kept as the baseline {file}")
    found, told = ran(file, Model(), accept=True)
    assert found
    assert found.cause is Cause.HELD
    assert told == f"Kept as run 2 of the baseline {file}"
    assert len(read_baseline(file).runs) == 2


def test_a_provider_that_answers_otherwise_is_told_from_a_prompt_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "judge.json"
    ran(file, Model(), accept=True)
    newer = PIN.model_copy(update={"parameters": {**PIN.parameters, "model": ["judge-1-0915"]}})
    other = PIN.model_copy(update={"parameters": {**PIN.parameters, "prompts": {"judge/group@1.1.0": "b" * 64}}})
    causes = [ran(file, Model((5, 5, 5), pin))[0] for pin in (PIN, newer, other)]
    assert [found and found.cause for found in causes] == [Cause.PROVIDER, Cause.PROVIDER, Cause.OURS]


def test_accepting_what_moved_starts_anew(tmp_path: Path) -> None:
    file = tmp_path / "judge.json"
    ran(file, Model(), accept=True)
    assert ran(file, Model((5, 5, 5)), accept=True)[1] == f"Kept as the baseline {file}"
    assert ran(file, Model((5, 5, 5)))[0].cause is Cause.HELD


def test_a_judge_that_failed_is_no_reading(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the judge failed"):
        ran(tmp_path / "judge.json", Model(ERROR), accept=True)
    assert not (tmp_path / "judge.json").exists()


def test_a_baseline_that_cannot_be_used_is_refused_before_anything_is_graded(tmp_path: Path) -> None:
    file = tmp_path / "judge.json"
    with pytest.raises(InputError, match=r"no baseline in .* --accept"):
        watch(file, Model()).check(may_begin=False)
    ran(file, Model(), accept=True)
    with pytest.raises(InputError, match="not of model:other"):
        watch(file, Model(pin=PIN.model_copy(update={"id": "model:other"}))).check(may_begin=True)
    other = read_canary(EVALS).model_copy(update={"about": "Another."})
    with pytest.raises(InputError, match="another canary"):
        watch(file, Model(), other).check(may_begin=False)
    file.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is no baseline"):
        watch(file, Model()).check(may_begin=True)


def test_a_baseline_of_another_canary_is_replaced_when_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "judge.json"
    ran(file, Model(), accept=True)
    other = watch(file, Model(), read_canary(EVALS).model_copy(update={"about": "Another."}))
    other.check(may_begin=True)
    reading = asyncio.run(other.read())
    assert other.drift(reading) is None
    assert other.accept(reading, None) == f"Kept as the baseline {file}"


def test_the_canary_lists_goldens_of_dev_as_they_are() -> None:
    canary = read_canary(EVALS)
    assert {name: fingerprint(read_golden(EVALS / "goldens" / "dev" / f"{name}.yaml")) for name in canary.goldens} == canary.goldens
    assert len(goldens_of(canary, EVALS)) == 12


def test_an_edited_golden_is_noticed() -> None:
    canary = read_canary(EVALS)
    first = next(iter(canary.goldens))
    with pytest.raises(InputError, match=f"{first}: not the goldens that the canary lists"):
        goldens_of(canary.model_copy(update={"goldens": {**canary.goldens, first: "0" * 64}}), EVALS)
    with pytest.raises(InputError, match=r"nowhere\.yaml"):
        goldens_of(canary.model_copy(update={"goldens": {"nowhere": "0" * 64}}), EVALS)


def test_a_canary_that_is_not_there_or_wrong_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no canary"):
        read_canary(tmp_path)
    (tmp_path / "canary").mkdir()
    (tmp_path / "canary" / "canary.yaml").write_text("about: x\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no canary"):
        read_canary(tmp_path)


@pytest.mark.parametrize(
    ("judge", "name"), [("embedded", "embedded"), ("openai/gpt-5.5", "openai-gpt-5.5"), ("cassette:evals/x", "cassette-evals-x")]
)
def test_a_judge_s_baseline_has_its_name(judge: str, name: str) -> None:
    assert place_of(judge, EVALS) == EVALS / "canary" / f"{name}.json"
