"""The pytest plugin, in runs of pytest of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from agent import grade, pytest_plugin
from agent.evaluation.expected import Expected

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guides" / "test-a-talk-with-pytest.md"
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""The setting by which pytest loads no installed plugin, so that these tests are the same with and without an installed Hotseat."""
TALK = """
Interviewer: The fraud model blocks honest customers. What would you do?
Candidate: Blocking an honest customer costs us 9 euros 80 each time, and a missed fraud costs 140 on average. So I would pick the
 threshold where the two together are lowest, instead of the one with the highest recall, and I would accept two points less recall.
Interviewer: And if I disagree?
Candidate: Then we try the lower threshold on ten percent of the traffic for two weeks, with a way back within minutes, and look at both
 costs together. If complaints do not fall I change my mind.
"""


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Loads all that grading needs: pytester unloads what is first imported in a run of its own, and half of a library is no library."""
    talk = tmp_path_factory.mktemp("talk") / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    report = grade(talk, candidate="Candidate")
    assert Expected(observed=["trade_off_thinking"]).failures(report) == []


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Callable[..., pytest.RunResult]:
    """Runs one test with `body` against a short talk, with the plugin and every warning an error."""
    monkeypatch.setenv(*next(iter(ALONE.items())))
    pytester.makefile(".txt", talk=TALK)

    def ran(body: str) -> pytest.RunResult:
        pytester.makepyfile(body)
        return pytester.runpytest_inprocess("-W", "error", plugins=[pytest_plugin])

    return ran


def asking(call: str) -> str:
    """A test that makes one call."""
    return f"def test_it(assert_grade):\n    {call}\n"


def test_a_grade_as_expected_passes_and_the_report_comes_back(run) -> None:
    result = run(
        asking(
            "assert assert_grade('talk.txt', 'core@1.1.0', candidate='Candidate', at_least={'trade_off_thinking': 3}, "
            "observed=['trade_off_thinking'], evidence_contains={'trade_off_thinking': 'a MISSED fraud'}).rubric.id == 'core'"
        )
    )
    result.assert_outcomes(passed=1)


def test_a_failure_shows_level_interval_and_quotes_and_no_trace_of_the_plugin(run) -> None:
    result = run(asking("assert_grade('talk.txt', 'core@1.1.0', candidate='Candidate', at_most={'trade_off_thinking': 1})"))
    result.assert_outcomes(failed=1)
    text = result.stdout.str()
    result.stdout.re_match_lines([r"E .*1 of 1 competencies not graded as expected \(rubric core@1.1.0, judge embedded "])
    assert "trade_off_thinking: level " in text
    assert "raters' levels in four of five cases" in text
    assert "at most level 1 was expected" in text
    assert "a missed fraud costs 140" in text
    assert "pytest_plugin.py" not in text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("observed=['storytelling']", "storytelling: not observed; it was expected to be scored"),
        ("at_least={'storytelling': 1}", "storytelling: not observed; at least level 1 was expected"),
        ("not_observed=['trade_off_thinking']", "it was expected not to be observed"),
        ("evidence_contains={'trade_off_thinking': ['9 euros', 'blockchain']}", "a quote with 'blockchain' was expected"),
        ("at_least={'trade_of_thinking': 3}", "did you mean 'trade_off_thinking'?"),
        ("at_least={'trade_off_thinking': 7}", "levels are 1 to 5, and 7 is none"),
        ("judge='nobody', observed=['storytelling']", "nobody"),
        ("", "nothing is expected of the grade"),
    ],
)
def test_what_is_wrong_is_said(run, asked: str, says: str) -> None:
    result = run(asking(f"assert_grade('talk.txt', 'core@1.1.0', candidate='Candidate', {asked})"))
    result.assert_outcomes(failed=1)
    assert says in result.stdout.str()


def test_a_coroutine_checks_a_report_that_it_awaited(run) -> None:
    result = run(
        """
        import asyncio
        from pathlib import Path
        import pytest
        from agent import agrade
        from agent.pytest_plugin import assert_report

        def test_it():
            async def graded():
                assert_report(await agrade(Path("talk.txt"), candidate="Candidate"), at_most={"trade_off_thinking": 1})
            with pytest.raises(AssertionError, match="at most level 1"):
                asyncio.run(graded())
        """
    )
    result.assert_outcomes(passed=1)


def test_the_guide_s_example_passes_and_fails_as_the_guide_says(run, pytester: pytest.Pytester) -> None:
    test, talk, failure = re.findall(r"```(?:python|text)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    pytester.path.joinpath("fraud.txt").write_text(talk, encoding="utf-8")

    run(test).assert_outcomes(passed=1)
    shown = run(test.replace('{"trade_off_thinking": 3}', '{"trade_off_thinking": 4}')).stdout.str()

    assert [line for line in failure.splitlines() if line not in shown] == [], "run it again and cut anew"


def test_who_does_not_use_it_does_not_wait_for_it(tmp_path: Path) -> None:
    (tmp_path / "test_plain.py").write_text(
        "import sys\ndef test_it():\n    ours = sorted(name for name in sys.modules if name.partition('.')[0] == 'agent')\n"
        "    assert ours == ['agent', 'agent.pytest_plugin', 'agent.version']\n    assert 'numpy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "agent.pytest_plugin", "-W", "error", "--strict-markers", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, **ALONE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pytest_finds_it_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"hotseat": "agent.pytest_plugin"}
