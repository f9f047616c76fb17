"""`hotseat evals run`: exit codes, what is written, no network offline, and runs that are killed."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError
from agent.evaluation.runs.offline import NetworkRefused, no_network
from tests.conftest import offline
from tests.evaluation.runs.world import World, library, record

ROOT = Path(__file__).parents[2]
LIBRARY = ["--library", str(library().search_path[0])]
EMBEDDED = {"embedded": {"model": "embedded"}}


def ran(world: World, suite: str, *options: object) -> Result:
    given = ["evals", "run", suite, "--evals", world.evals, "--out", world.root / "out", *LIBRARY, *options]
    return CliRunner().invoke(app, list(map(str, given)))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def tape(world: World) -> dict[str, object]:
    return record(world, "tape")


def test_a_run_shows_counts_agreement_and_gates_and_goes_on_where_it_was(world: World, tape: dict[str, object]) -> None:
    gates = [{"figure": "model/counts/scored", "least": 8}, {"figure": "model/agreement/all/qwk", "least": 0.2, "margin": 0.1}]
    suite = world.suite({"model": tape}, gates=gates, probes={"names": ["repeat", "quotes"], "judges": ["model"]})

    first, second = (ran(world, suite, "--plain", "--offline") for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert first.stdout == second.stdout
    assert "4 items; 8 verdicts: 8 scored, 0 not observed, 0 abstained, 0 instrument errors; 4 more gradings" in first.stdout
    assert "gate model/counts/scored: held" in first.stdout
    assert "too few items for an interval" in first.stdout
    assert "Nothing failed; 1 of 2 gates cannot be told with these items" in first.stdout
    assert "8 gradings, 0 of them kept from before" in first.stderr
    assert "8 gradings, 8 of them kept from before" in second.stderr


def test_one_of_a_thing_is_told_as_one_and_counts_have_no_decimals(world: World, tape: dict[str, object]) -> None:
    gates = [{"figure": "model/counts/scored", "least": 1}]
    suite = world.suite(
        {"model": tape}, goldens=[{"split": "dev", "limit": 1}], gates=gates, probes={"names": ["repeat"], "judges": ["model"]}
    )

    done = ran(world, suite, "--plain", "--anew")

    assert "Suite small, 1 item, rubric" in done.stdout
    assert "1 item; 2 verdicts: 2 scored, 0 not observed, 0 abstained, 0 instrument errors; 1 more grading for probes" in done.stdout
    assert "gate model/counts/scored: held. 2, has to be at least 1: counted" in done.stdout


def test_a_gate_or_a_probe_that_failed_and_what_could_not_run_are_told_by_the_exit_code(world: World, tape: dict[str, object]) -> None:
    assert ran(world, world.suite({"model": tape}, gates=[{"figure": "model/counts/scored", "least": 9}]), "--anew").exit_code == 1
    assert ran(world, world.suite({"model": {**tape, "repeats": 2}}), "--anew").exit_code == 2, "its second answers were never recorded"
    broken = {"model": {**tape, "model": f"{tape['model']}@openai/other"}}
    assert ran(world, world.suite(broken), "--anew").exit_code == 2
    assert ran(world, world.suite(broken, instrument_errors=1.0), "--anew").exit_code == 0


def test_json_and_junit_say_the_same(world: World, tape: dict[str, object], tmp_path: Path) -> None:
    gates = [{"figure": "model/counts/scored", "least": 9}, {"figure": "embedded/agreement/all/qwk", "least": 0.9}]
    suite = world.suite({"model": tape, **EMBEDDED}, gates=gates, probes={"names": ["quotes"], "judges": ["model"]})
    done = ran(world, suite, "--anew", "--json", "--junit", tmp_path / "made/run.xml", "--judge", "model")

    report = json.loads(done.stdout)
    assert (done.exit_code, report["format"], report["outcome"]) == (1, 1, "failed")
    assert [gate["outcome"] for gate in report["gates"]] == ["failed"]
    assert report == json.loads((world.root / "out/report.json").read_text(encoding="utf-8"))
    found = ElementTree.parse(tmp_path / "made/run.xml").getroot()
    assert dict(found.items()) == {"name": "small", "tests": "3", "failures": "1", "errors": "0"}
    assert [case.get("name") for case in found] == ["model/counts/scored", "quotes", "instrument errors"]


@pytest.mark.parametrize(
    ("judges", "more", "says"),
    [
        ({"model": {"model": "openai/gpt-5.5"}}, {}, "not asked offline"),
        ({"model": {"model": "nobody"}}, {}, "is not asked offline"),
        ({"e": {"model": "embedded", "repeats": 2}}, {}, "leave out repeats"),
        ({"e": {"model": "embedded", "recorded_only": True}}, {}, "recorded_only is for"),
        (EMBEDDED, {"probes": {"judges": ["embeded"]}}, "did you mean 'embedded'"),
        (EMBEDDED, {"probes": {"judges": ["embedded"], "names": ["pod"]}}, "there is no probe 'pod'"),
        (EMBEDDED, {"gates": [{"figure": "embeded/counts/scored", "least": 1}]}, "did you mean 'embedded'"),
        (EMBEDDED, {"gates": [{"figure": "embedded/agreement/all/qwq", "least": 1}]}, "did you mean 'qwk'"),
        (EMBEDDED, {"gates": [{"figure": "embedded/nothing", "least": 1}]}, "leads nowhere"),
        (EMBEDDED, {"gates": [{"figure": "embedded/probe/pad", "most": 1}]}, "is of the probe 'pad', and the suite has no probes"),
        (
            EMBEDDED,
            {"gates": [{"figure": "embedded/probe/pad", "most": 1}], "probes": {"judges": ["embedded"], "names": ["repeat", "quotes"]}},
            "is of the probe 'pad', which is not among the suite's probes (repeat, quotes)",
        ),
        (
            EMBEDDED | {"other": {"model": "embedded"}},
            {"gates": [{"figure": "other/probe/pad", "most": 1}], "probes": {"judges": ["embedded"]}},
            "is of the probe 'pad' of 'other', and the suite's probes are asked of embedded alone",
        ),
        (
            EMBEDDED,
            {"gates": [{"figure": "embedded/probe/pod", "most": 1}], "probes": {"judges": ["embedded"]}},
            "there is no probe 'pod'; did you mean",
        ),
        (EMBEDDED, {"gates": [{"figure": "embedded/counts/scored"}]}, "at least, at most, or both"),
        (EMBEDDED, {"gates": [{"figure": "embedded/counts/scored", "least": 2, "most": 1}]}, "which nothing can hold"),
        (EMBEDDED, {"goldens": [{"split": "train"}]}, "no goldens in"),
        (EMBEDDED, {"goldens": [{"split": "dev", "items": ["orders-9"]}]}, "there is no golden 'orders-9'"),
        (EMBEDDED, {"goldens": [{"split": "dev"}, {"split": "dev"}]}, "more than once"),
        (EMBEDDED, {"goldens": [{"split": "dev", "folder": "x"}]}, "one of the two"),
        (EMBEDDED, {"ratings": "nowhere.jsonl"}, "cannot read"),
        (EMBEDDED, {"rubric": "nothing"}, "there is no rubric 'nothing'"),
        (EMBEDDED, {"moods": 1}, "moods"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(judges, more, says, world: World) -> None:
    done = ran(world, world.suite(judges, **more), "--offline")
    assert says in str(done.exception)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--cluster", "tcp://127.0.0.1:9", "--offline"), "leave out one of the two"),
        (("--cluster", "tcp://127.0.0.1:9", "--workers", 4), "--workers 4 and --cluster tcp://127.0.0.1:9 are two places"),
        (("--workers", 2, "--offline"), "no judge here is embedded"),
    ],
)
def test_who_cannot_grade_elsewhere_is_told(options, says, world: World, tape: dict[str, object]) -> None:
    done = ran(world, world.suite({"model": tape}), *options)
    assert isinstance(done.exception, InputError)
    assert says in str(done.exception)


def test_everything_that_is_wrong_in_a_suite_is_told_a_line_each_and_ten_at_most(world: World) -> None:
    goldens = [{"split": "dev", "limit": 0, "more": 1}, {"folder": "x", "split": "dev"}]
    gates = [{"figure": f"embedded/counts/{number}"} for number in range(9)]

    done = ran(world, world.suite({"embedded": {"model": "embedded", "repeats": 12}}, about="", goldens=goldens, gates=gates))

    head, *lines = str(done.exception).splitlines()
    assert head.endswith("small.yaml is no suite:")
    assert lines[:3] == [
        "  line 2, about: the text is empty",
        "  line 5, goldens[0].limit: input should be greater than or equal to 1",
        "  line 6, goldens[0].more: unknown key 'more'; known are split, folder, items, limit, seed",
    ]
    assert (len(lines), lines[-1]) == (11, "  and 4 more")


def test_every_name_and_every_gate_that_leads_nowhere_is_told(world: World) -> None:
    gates = [{"figure": "embeded/counts/scored", "least": 1}]
    names = ran(world, world.suite(EMBEDDED, probes={"judges": ["model"]}, gates=gates))
    assert "probes are asked of 'model'" in str(names.exception)
    assert "the gate 'embeded/counts/scored' names 'embeded'" in str(names.exception)

    gates = [{"figure": "embedded/counts/score", "least": 1}, {"figure": "embedded/agreement/al/qwq", "least": 1}]
    paths = ran(world, world.suite(EMBEDDED, gates=gates))
    assert len(str(paths.exception).splitlines()) == 4
    assert "there is no 'qwq'; did you mean 'qwk'?" in str(paths.exception)


def test_a_suite_of_scenes_names_its_command_and_a_missing_one_what_there_is(world: World) -> None:
    world.suite(EMBEDDED)
    file = world.evals / "suites/acted.yaml"
    file.write_text("id: acted\nabout: Scenes.\ncandidates: [weak, strong]\nseeds: 1\n", encoding="utf-8")

    acted, missing = ran(world, "acted"), ran(world, "nothing")

    assert f"play it: hotseat evals scenes --suite {file}" in str(acted.exception)
    assert f"there are small (hotseat evals run NAME) and acted (hotseat evals scenes --suite {file})" in str(missing.exception)
    file.unlink()


@pytest.mark.parametrize(("suite", "says"), [("smal", "did you mean 'small'"), ("nowhere/x.yaml", "holds suites/ with --evals")])
def test_a_suite_that_is_not_there_is_a_sentence(suite: str, says: str, world: World) -> None:
    world.suite(EMBEDDED)
    done = ran(world, suite)
    assert isinstance(done.exception, InputError)
    assert says in str(done.exception)


def test_offline_nothing_reaches_the_network(serve_nobody: int) -> None:
    with no_network():
        for reach in (lambda: socket.create_connection(("127.0.0.1", serve_nobody)), lambda: socket.getaddrinfo("127.0.0.1", serve_nobody)):
            with pytest.raises(NetworkRefused, match="the run is offline"):
                reach()
        one, other = socket.socketpair()
        one.close()
        other.close()
    socket.create_connection(("127.0.0.1", serve_nobody)).close()


def test_offline_to_the_end_of_a_process_nothing_reaches_the_network_either() -> None:
    reaches = "import socket; no_network_any_more(); socket.gethostbyname('127.0.0.1')"
    command = [sys.executable, "-c", f"from agent.evaluation.runs.offline import no_network_any_more; {reaches}"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert "NetworkRefused: the run is offline" in done.stderr


@pytest.fixture
def serve_nobody() -> Iterator[int]:
    """A port that takes connections, which the tests' own guard lets pass."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
        offline.opened.add(("127.0.0.1", port))
        yield port
    offline.opened.clear()


ITEMS = 24
KILLS = 10


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, list[str]]:
    """A world with more to grade, and the arguments that run it."""
    world = World(tmp_path_factory.mktemp("long"), items=ITEMS)
    judges = {"model": record(world, "tape", repeats=3)}
    probes = {"names": ["repeat", "quotes"], "judges": ["model"], "limit": ITEMS}
    return world, ["evals", "run", world.suite(judges, probes=probes), "--evals", str(world.evals), *LIBRARY, "--offline"]


def test_kill_9_at_many_points_changes_nothing_in_the_report(long, launch, hotseat) -> None:
    world, command = long
    undisturbed, disturbed = world.root / "undisturbed", world.root / "disturbed"
    done = hotseat(*command, "--out", undisturbed, "--junit", undisturbed / "junit.xml")
    assert done.code == 0, done.err
    chance, killed = random.Random(7), 0
    while killed < KILLS:
        running = launch(*command, "--out", disturbed)
        _until(_lines(disturbed) + chance.randint(1, 4), disturbed, running)
        time.sleep(chance.uniform(0, 0.01))
        running.kill()
        killed += running.wait().code == -signal.SIGKILL
        if (disturbed / "report.json").exists():
            _same(disturbed, undisturbed)
            shutil.rmtree(disturbed)

    done = hotseat(*command, "--out", disturbed, "--junit", disturbed / "junit.xml")

    assert done.code == 0, done.err
    _same(disturbed, undisturbed)
    assert (disturbed / "junit.xml").read_bytes() == (undisturbed / "junit.xml").read_bytes()


def _same(one: Path, other: Path) -> None:
    """Nothing was lost, doubled or changed."""
    for name in ("report.json", "plan.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert sorted(_keys(one)) == sorted(_keys(other))
    assert len(set(_keys(one))) == len(_keys(one)) == 2 * ITEMS


def test_a_second_run_on_the_folder_is_refused_and_ctrl_c_says_how_to_go_on(long, launch, hotseat) -> None:
    world, command = long
    out = world.root / "interrupted"
    running = launch(*command, "--out", out)
    _until(1, out, running)
    os.kill(running.process, signal.SIGSTOP)
    other = hotseat(*command, "--out", out)
    os.kill(running.process, signal.SIGCONT)
    os.kill(running.process, signal.SIGINT)
    done = running.wait()

    assert (other.code, done.code) == (2, 130)
    assert "another run is at work" in other.err
    assert f" kept in {out}. The same command goes on from there." in done.err
    assert "Traceback" not in done.err
    assert hotseat(*command, "--out", out).code == 0


def test_two_workers_that_were_interrupted_give_the_report_of_one_process(tmp_path: Path, launch, hotseat) -> None:
    world = World(tmp_path, items=12)
    suite = world.suite(EMBEDDED, probes={"names": ["repeat", "reorder", "quotes"], "judges": ["embedded"]})
    command = ["evals", "run", suite, "--evals", world.evals, *LIBRARY, "--offline", "--out"]
    undisturbed = hotseat(*command, tmp_path / "one", "--json")
    out = tmp_path / "two"
    running = launch(*command, out, "--workers", 2)
    _until(2, out, running)
    os.kill(running.process, signal.SIGINT)
    ended, kept = running.wait(), _lines(out)
    done = hotseat(*command, out, "--workers", 2, "--json")

    assert (undisturbed.code, ended.code, done.code) == (0, 130, 0), ended.err + done.err
    assert "Traceback" not in ended.err
    assert f"36 gradings, {kept} of them kept from before" in done.err
    assert done.out == undisturbed.out
    assert (out / "report.json").read_bytes() == (tmp_path / "one/report.json").read_bytes()
    assert sorted(_keys(out)) == sorted(set(_keys(tmp_path / "one")))


def _until(lines: int, folder: Path, running) -> None:
    """Waits until so many lines were written, or the report is there."""
    end = time.monotonic() + 60
    while _lines(folder) < lines and not (folder / "report.json").exists():
        assert time.monotonic() < end, running.out
        time.sleep(0.002)


def _lines(folder: Path) -> int:
    file = folder / "judgements.jsonl"
    return file.read_bytes().count(b"\n") if file.exists() else 0


def _keys(folder: Path) -> list[str]:
    return [json.loads(line)["key"] for line in (folder / "judgements.jsonl").read_bytes().splitlines()]
