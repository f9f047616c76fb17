"""`hotseat evals canary`, with the embedded judge and the baseline that is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.cli.canary import told
from agent.errors import InputError
from agent.evaluation.comparing.baseline import read_baseline
from agent.evaluation.comparing.drift import Cause, Drift, Flips
from agent.evaluation.comparing.pins import PinChange

EVALS = Path(__file__).parents[2] / "evals"
BASELINE = EVALS / "canary" / "embedded.json"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evals", "canary", "--evals", str(EVALS), "--plain", *map(str, arguments)])


def test_the_embedded_judge_grades_as_its_shipped_baseline_says() -> None:
    """Where a change moves its grades on purpose: hotseat evals canary --accept."""
    done = run()
    assert done.exit_code == 0, done.output
    assert "Held: every verdict is the same." in done.output


def test_a_verdict_that_moved_is_our_doing_and_can_be_accepted(tmp_path: Path) -> None:
    known = json.loads(BASELINE.read_text(encoding="utf-8"))
    item, cells = next(iter(known["runs"][0]["items"].items()))
    name = next(name for name, cell in cells.items() if cell["state"] == "scored")
    now = cells[name]["answers"][0]
    cells[name]["answers"] = [1.0 if now > 3 else 5.0]
    known["runs"][0]["pins"]["package"] = ["0.0.9"]
    file = tmp_path / "before.json"
    file.write_text(json.dumps(known), encoding="utf-8")

    found = json.loads(run("--baseline", file, "--json").stdout)
    assert (found["cause"], [(one["item"], one["competency"], one["now"]) for one in found["items"]]) == ("ours", [(item, name, now)])
    assert [pin["name"] for pin in found["pins"]] == ["package"]

    done = run("--baseline", file, "--accept")
    assert done.exit_code == 0
    assert "Our own change (package)" in done.output
    assert f"Kept as the baseline {file}" in done.output
    assert read_baseline(file).runs == read_baseline(BASELINE).runs


def test_without_a_baseline_it_is_said_how_to_begin(tmp_path: Path) -> None:
    done = run("--baseline", tmp_path / "none.json")
    assert isinstance(done.exception, InputError)
    assert "--accept" in str(done.exception)


MODEL, PROMPT = (PinChange(name=name, before="a", after="b") for name in ("model", "prompts judge/group@1.0.0"))


@pytest.mark.parametrize(
    ("cause", "pins", "says"),
    [
        (Cause.HELD, (), "Held: everything lies within its limits."),
        (Cause.HELD, (MODEL,), "The provider names another model, and its grades are as before."),
        (Cause.HELD, (PROMPT,), "moved nothing; --accept"),
        (Cause.PROVIDER, (), "under the same model name"),
        (Cause.PROVIDER, (MODEL,), "names another model (model: a → b)"),
        (Cause.OURS, (PROMPT,), "Our own change (prompts judge/group@1.0.0)"),
        (Cause.BOTH, (MODEL, PROMPT), "cannot be told apart"),
        (Cause.UNKNOWN, (), "Ask with --repeats 3"),
    ],
)
def test_each_outcome_says_what_to_do(cause: Cause, pins: tuple[PinChange, ...], says: str) -> None:
    flips = Flips(count=0, most=0, verdicts=())
    found = Drift(judge="j", canary="c", is_repeatable=False, runs=1, pins=pins, charts=(), items=(), flips=flips, cause=cause)
    assert says in told(found)
