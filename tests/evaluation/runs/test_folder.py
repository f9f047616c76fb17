"""The folder of a run: torn and damaged lines, locks, other plans, and a disk that is full."""

from __future__ import annotations

import inspect
import json
import re
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.probes.catalogue import PROBES
from agent.evaluation.runs.folder import RunFolder, opened, read_plan
from agent.evaluation.runs.judgement import Calls, Judgement, Of
from agent.evaluation.runs.lines import line_of, read_line
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.reading import read_run
from agent.sync import run_sync
from agent.verdict import GradeReport, JudgePin, Overall, RubricPin
from tests.evaluation.runs.world import World


@pytest.fixture
def plan(world: World) -> Plan:
    return world.prepared(world.suite({"embedded": {"model": "embedded"}})).plan


def judgement(number: int, notes: str = "") -> Judgement:
    report = GradeReport(
        title="A talk",
        rubric=RubricPin(id="small", version="1.0.0", sha256="0"),
        judge=JudgePin(id="embedded", version="1", package="0"),
        verdicts={},
        delivery={"words": 3},
        notes=(notes,),
        overall=Overall(score=None, coverage=0.0, scored=0, expected=0),
    )
    return Judgement(judge="embedded", item=f"item-{number}", of=Of.ITEM, key=f"{number:064x}", report=report, calls=Calls())


def fill(folder: RunFolder, *numbers: int) -> None:
    for number in numbers:
        run_sync(folder.keep(judgement(number)))


def keys(folder: RunFolder) -> list[str]:
    return [each.item for each in folder.judgements()]


def test_what_was_kept_is_there_again(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1, 2, 3)
    with opened(tmp_path / "run", plan) as folder:
        assert keys(folder) == ["item-1", "item-2", "item-3"]
        assert folder.get(judgement(2).key) == judgement(2)
        assert folder.get("0") is None
        assert (folder.lines.was_torn, folder.lines.damaged) == (False, [])


@pytest.mark.parametrize("left", [1, 10, 200, -1])
def test_a_torn_last_line_is_cut_off(left: int, tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1, 2, 3)
    file = tmp_path / "run/judgements.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:2]) + lines[2][:left])

    with opened(tmp_path / "run", plan) as folder:
        assert keys(folder) == ["item-1", "item-2"]
        assert folder.lines.was_torn
        fill(folder, 3)
    assert file.read_bytes() == b"".join(lines)


@pytest.mark.parametrize("damage", [lambda line: line.replace(b'"words":3', b'"words":4'), lambda line: b"\x00\xff{\n", lambda line: b"\n"])
def test_a_damaged_line_is_named_and_not_used(damage, tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1, 2, 3)
    file = tmp_path / "run/judgements.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + damage(lines[1]) + lines[2])

    with opened(tmp_path / "run", plan) as folder:
        assert folder.lines.damaged == [2]
        assert keys(folder) == ["item-1", "item-3"]
        fill(folder, 2)
        assert sorted(keys(folder)) == ["item-1", "item-2", "item-3"]


def test_of_two_lines_with_one_key_the_last_one_counts(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        run_sync(folder.keep(judgement(1, "first")))
        run_sync(folder.keep(judgement(1, "second")))
        assert [each.report.notes for each in folder.judgements()] == [("second",)]
    assert len(list(read_run(tmp_path / "run").judgements())) == 1


def test_a_line_is_plain_json_and_says_the_same_again() -> None:
    line = line_of(judgement(1, "naïve “quotes”\u2028 and\nlines"))
    assert line.count(b"\n") == 1
    assert json.loads(line)["item"] == "item-1"
    assert read_line(line, Judgement) == judgement(1, "naïve “quotes”\u2028 and\nlines")


def test_two_runs_cannot_have_one_folder(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan), pytest.raises(InputError, match="another run is at work"), opened(tmp_path / "run", plan):
        pass
    with opened(tmp_path / "run", plan):
        pass


def test_another_suite_or_another_judge_is_refused_and_named(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan):
        pass
    other = plan.model_copy(update={"suite": plan.suite.model_copy(update={"id": "other"})})
    with pytest.raises(InputError, match="the suite is 'other'"), opened(tmp_path / "run", other):
        pass
    changed = {**plan.judges["embedded"], "version": "9.9.9"}
    judged = plan.model_copy(update={"judges": {"embedded": changed}})
    with pytest.raises(InputError, match=r"the judge 'embedded' \(version\)"), opened(tmp_path / "run", judged):
        pass
    with opened(tmp_path / "run", judged, anew=True):
        pass
    assert read_plan(tmp_path / "run") == judged


def test_other_gates_are_no_other_run(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1)
    slower = plan.model_copy(update={"suite": plan.suite.model_copy(update={"concurrency": 1, "about": "Others."})})
    with opened(tmp_path / "run", slower) as folder:
        assert keys(folder) == ["item-1"]


def test_only_files_that_the_suite_s_probes_read_make_another_run(tmp_path: Path, world: World) -> None:
    read, unread = (world.evals / name for name in ("padding/sentences.jsonl", "attacks/attacks.yaml"))
    for file in (read, unread):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("one", encoding="utf-8")

    def now() -> Plan:
        probes = {"names": ["pad", "quotes"], "judges": ["embedded"]}
        return world.prepared(world.suite({"embedded": {"model": "embedded"}}, probes=probes)).plan

    before = now()
    unread.write_text("two", encoding="utf-8")
    assert list(before.materials) == ["padding/sentences.jsonl"]
    assert list(before.changes(now())) == []
    assert list(before.model_copy(update={"materials": before.materials | {"attacks/attacks.yaml": "0"}}).changes(now())) == []

    read.write_text("two", encoding="utf-8")
    assert list(before.changes(now())) == ["the file padding/sentences.jsonl"]


@pytest.mark.parametrize("probes", [["paraphrase"], []], ids=["the probe that reads it", "all probes"])
def test_a_file_of_a_probe_that_is_gone_makes_another_run(probes: list[str], tmp_path: Path, world: World) -> None:
    asked = {"probes": {"names": probes, "judges": ["embedded"]}}
    folder = world.evals / "paraphrases"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text("said: x", encoding="utf-8")
    before = world.prepared(world.suite({"embedded": {"model": "embedded"}}, **asked)).plan
    with opened(tmp_path / "run", before):
        pass

    (folder / "two.yaml").unlink()
    now = world.prepared("small").plan

    assert list(before.changes(now)) == ["the file paraphrases/two.yaml"]
    with pytest.raises(InputError, match=r"the file paraphrases/two\.yaml"), opened(tmp_path / "run", now):
        pass


def test_every_file_and_folder_that_a_probe_says_it_reads_is_there_and_is_all_it_reads() -> None:
    shipped = Path(__file__).parents[3] / "evals"
    for probe in PROBES.values():
        assert all((shipped / name).exists() for name in probe.reads)
        asks = re.findall(r"bench\.evals / (\w+)", inspect.getsource(type(probe)))
        assert [getattr(inspect.getmodule(type(probe)), name) for name in asks] == list(probe.reads)


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": 2}', b"\xff\xfe"])
def test_a_plan_that_cannot_be_read_is_a_sentence(content: bytes, tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan):
        pass
    (tmp_path / "run/plan.json").write_bytes(content)
    with pytest.raises(InputError, match="is damaged, or of another version"), opened(tmp_path / "run", plan):
        pass


def test_judgements_without_a_plan_are_not_taken_over(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1)
    (tmp_path / "run/plan.json").unlink()
    with pytest.raises(InputError, match="without a plan"), opened(tmp_path / "run", plan):
        pass


@contextmanager
def full_disk(left: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("room", [0, 5, 300])
def test_on_a_full_disk_what_was_kept_stands(room: int, tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        fill(folder, 1, 2)
        size = (folder.path / "judgements.jsonl").stat().st_size
        with full_disk(size + room), pytest.raises(InputError, match="make room"):
            fill(folder, 3)
        assert (folder.path / "judgements.jsonl").stat().st_size == size
        assert keys(folder) == ["item-1", "item-2"]
        fill(folder, 3)
    with opened(tmp_path / "run", plan) as folder:
        assert keys(folder) == ["item-1", "item-2", "item-3"]


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path, plan: Plan) -> None:
    with opened(tmp_path / "run", plan) as folder:
        folder.write("report.json", "before")
        with full_disk(10), pytest.raises(InputError, match="make room"):
            folder.write("report.json", "x" * 100)
        assert (folder.path / "report.json").read_text(encoding="utf-8") == "before"
        assert sorted(path.name for path in folder.path.iterdir()) == ["judgements.jsonl", "lock", "plan.json", "report.json"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "run").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="name another folder with --out"), opened(tmp_path / "run", plan):
        pass


def test_a_folder_without_a_run_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no run"):
        read_run(tmp_path)
