"""`hotseat evals probe`, with the embedded judge on a few goldens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agent.cli.app import app
from agent.errors import InputError, LibraryError
from agent.evaluation.probes.catalogue import PROBES

ROOT = Path(__file__).parents[2]
DEV = ROOT / "evals" / "goldens" / "dev"


def probed(*arguments: object) -> Result:
    given = [*arguments, "--goldens", DEV, "--limit", 2]
    return CliRunner().invoke(app, ["evals", "probe", *map(str, [*given, *([] if "--evals" in given else ["--evals", ROOT / "evals"])])])


def test_the_table_says_what_held_and_how_to_see_it_again() -> None:
    done = probed("repeat", "pad", "--plain")

    assert done.exit_code == 0, done.output
    rows = {line.split()[0]: line.split()[-1] for line in done.output.splitlines() if line.startswith(("repeat ", "pad "))}
    assert rows == {"repeat": "held", "pad": "unsure"}
    assert "too few items for an interval" in done.output
    assert "24 competencies" in done.output
    assert f"hotseat evals probe repeat pad --goldens {DEV}" in done.output
    assert "--seed 0 --rubric core@" in done.output


def test_the_same_seed_gives_the_same_json() -> None:
    first, second = (probed("lowercase", "halo", "quotes", "--json", "--seed", 3).stdout for _ in range(2))
    found = json.loads(first)

    assert first == second
    assert (found["format"], found["judge"]["id"], found["seed"], found["goldens"]) == (2, "embedded", 3, 2)
    assert [each["probe"] for each in found["findings"]] == ["lowercase", "halo", "quotes"]
    assert found["findings"][2]["also"]["not said"] == 0
    for each in found["findings"]:
        counts = each["counts"]
        kinds = ("both", "only_before", "only_after", "neither", "errors")
        assert sum(counts[kind] for kind in kinds) == counts["competencies"]


def test_what_failed_or_could_not_run_is_told_by_the_exit_code(tmp_path: Path) -> None:
    assert probed("order-of-strength", "--evals", tmp_path).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (["pod"], InputError, "there is no probe 'pod'"),
        (["pad", "--evals", "nowhere"], LibraryError, "nowhere"),
        (["pad", "--judge", "nobody"], InputError, "nobody"),
        (["pad", "--goldens", "nowhere"], InputError, "no goldens in nowhere"),
        (["pad", "--rubric", "nothing"], LibraryError, "nothing"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(arguments, error, says) -> None:
    done = probed(*arguments)
    assert isinstance(done.exception, error)
    assert says in str(done.exception)


def test_every_probe_is_explained_in_the_docs() -> None:
    page = (ROOT / "docs" / "probes.md").read_text(encoding="utf-8")
    assert [name for name in PROBES if f"`{name}`" not in page] == []
