"""A run of a test against a file: what is told of it, whatever the file does."""

from __future__ import annotations

import time

import pytest

from agent.errors import WorkbenchError
from agent.workbench.limits import MIB, Limits
from agent.workbench.result import Outcome
from agent.workbench.run import check

from .conftest import BROKEN, MENDED, NUMPY_TEST, TEST, Run


def test_the_mended_file_passes(run: Run) -> None:
    result = run(MENDED)

    assert result.passed
    assert result.outcome is Outcome.PASSED
    assert "Ran 2 tests" in result.output
    assert result.summary.startswith("The test passed.")


def test_the_broken_file_fails_and_the_failing_line_is_shown(run: Run) -> None:
    result = run(BROKEN)

    assert not result.passed
    assert result.outcome is Outcome.FAILED
    assert "AssertionError: 4.0 != 2.0" in result.output
    assert 'File "test_window.py", line' in result.output
    assert "hotseat-run" not in result.output


def test_the_test_may_need_numpy(run: Run) -> None:
    assert run(MENDED, test=NUMPY_TEST).passed
    assert run(BROKEN, test=NUMPY_TEST).outcome is Outcome.FAILED


def test_what_numpy_says_is_shown_without_the_paths_of_this_machine(run: Run) -> None:
    result = run(inside="import numpy\nreturn numpy.concatenate([numpy.zeros(2), numpy.zeros((2, 2))])")

    assert "dimensions" in result.output
    assert "site-packages" not in result.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def mean(values:\n", "SyntaxError"),
        ("", "cannot import name 'mean'"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("raise SystemExit\n", "SystemExit"),
        ("def mean(values): return mean(values)\n", "RecursionError"),
        ("def mean(values): return input()\n", "EOFError"),
        ("def mean(values): raise KeyError('é')\n", "KeyError: 'é'"),
    ],
)
def test_a_file_that_cannot_work_fails_with_a_reason(run: Run, text: str, says: str) -> None:
    result = run(text)

    assert result.outcome is Outcome.FAILED
    assert says in result.output
    assert "agent" not in result.output


def test_an_endless_loop_is_stopped(run: Run) -> None:
    result = run("while True:\n    pass\n", limits=Limits(seconds=1))

    assert result.outcome is Outcome.TIMED_OUT
    assert 1 <= result.seconds < 3


def test_so_is_an_endless_sleep_that_ignores_signals(run: Run) -> None:
    result = run("import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)\n", limits=Limits(seconds=1))

    assert result.outcome is Outcome.TIMED_OUT


def test_processor_time_runs_out_too(run: Run, needs) -> None:
    needs("memory")

    assert run("while True:\n    pass\n", limits=Limits(seconds=9, cpu_seconds=1)).outcome is Outcome.TIMED_OUT


@pytest.mark.parametrize("eaten", ["bytearray(10**7)", "str(len(eaten)) * 500", "__import__('numpy').ones(10**6)"])
def test_a_memory_eater_meets_its_limit(run: Run, needs, eaten: str) -> None:
    needs("memory")

    result = run(f"eaten = []\ndef mean(values):\n    while True:\n        eaten.append({eaten})\n", limits=Limits(memory=400 * MIB))

    assert result.outcome is Outcome.OUT_OF_MEMORY


def test_a_gigabyte_on_the_screen_is_cut_off(run: Run) -> None:
    limits = Limits()
    began = time.monotonic()

    result = run("for _ in range(1000):\n    print('x' * 10**6)\n")

    assert result.outcome is Outcome.TOO_MUCH_OUTPUT
    assert len(result.output) <= limits.shown + 10
    assert time.monotonic() - began < 5


def test_a_gigabyte_in_one_file_is_refused(run: Run, needs) -> None:
    needs("file_size")

    result = run(inside="with open('large', 'wb') as file:\n    for _ in range(1000):\n        file.write(bytes(10**6))")

    assert result.outcome is Outcome.FAILED
    assert "File too large" in result.output


@pytest.mark.parametrize(
    "writes",
    ["open(f'{number}', 'wb').write(bytes(4 * 10**6))", "os.mkdir(f'{number}')"],
    ids=["files", "folders"],
)
def test_neither_can_many_files_fill_the_disk(run: Run, writes: str) -> None:
    text = f"import os\nfor number in range(10**9):\n    {writes}\n"

    assert run(text).outcome is Outcome.TOO_MUCH_OUTPUT


def test_a_run_that_dies_is_no_pass(run: Run) -> None:
    assert run("import os\nos.kill(os.getpid(), 9)\n").outcome is Outcome.CRASHED
    assert run("import ctypes\nctypes.string_at(0)\n").outcome is Outcome.CRASHED


def test_what_cannot_start_says_nothing_about_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/python")

    result = run()

    assert result.outcome is Outcome.COULD_NOT_START
    assert "No such file" in result.output


def test_escape_sequences_and_other_bytes_are_made_harmless(run: Run) -> None:
    result = run(r"import os; os.write(1, b'\x1b[2Jred\x07 \xff\r\n')" + "\n" + MENDED)

    assert result.passed
    assert result.output.startswith("red \ufffd\n")


def test_the_end_of_a_long_output_is_kept(run: Run) -> None:
    result = run(f"print('first' + 'x' * 9000)\n{BROKEN}")

    assert "first" not in result.output
    assert result.output.startswith("[…]\n")
    assert "FAILED (failures=2)" in result.output


def test_no_variable_of_the_user_is_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    result = run(f"import os\nprint(dict(os.environ))\n{MENDED}")

    assert "'HOME'" in result.output
    assert "OPENAI" not in result.output
    assert "sk-secret" not in result.output


def test_a_run_leaves_nothing_for_the_next_one(run: Run) -> None:
    write = "open('math.py', 'w').write('isclose = lambda *_: True')\n"

    assert run(write + BROKEN).outcome is Outcome.FAILED
    assert run("import os\nprint(sorted(os.listdir()))\n" + MENDED).output.startswith("['test_window.py', 'window.py']")


def test_a_file_may_write_beside_itself(run: Run) -> None:
    assert run("import tempfile\nwith tempfile.TemporaryDirectory() as name:\n    open(name + '/a', 'w').close()\n" + MENDED).passed


def test_a_test_that_is_skipped_has_not_passed(run: Run) -> None:
    result = run(inside="import unittest\nraise unittest.SkipTest")

    assert result.outcome is Outcome.FAILED


def test_a_module_without_tests_cannot_be_passed() -> None:
    assert check("window.py", MENDED, "import window\n").result.outcome is Outcome.FAILED


def test_a_test_that_is_no_python_is_told() -> None:
    with pytest.raises(WorkbenchError, match=r"the test of this file is no Python: .* line 1"):
        check("window.py", MENDED, "import (\n")


def test_the_test_can_be_inherited() -> None:
    test = TEST.replace("\n\nif __name__", "\n\nclass AgainTest(MeanTest):\n    pass\n\n\nif __name__")

    assert "Ran 4 tests" in check("window.py", MENDED, test).result.output
    assert check("window.py", MENDED, test).result.passed
