"""`hotseat evals scenes`, on one short scene."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[2]
SCENE = "night-shift-eta"
SUITE = ROOT / "evals" / "suites" / "scenes.yaml"
TWO = ("--candidates", "weak,strong")


@pytest.fixture
def scenes(hotseat, tmp_path: Path) -> Callable[..., Any]:
    """Plays one scene; what is kept lies in this test's folder."""
    return lambda *options: hotseat("evals", "scenes", SCENE, "--suite", SUITE, "--out", tmp_path / "run", *options)


def test_the_table_tells_what_was_seen_and_how_to_see_it_again(scenes) -> None:
    done = scenes("--seeds", 2, "--plain")
    rows = [line.split() for line in done.out.splitlines() if line.startswith(f"{SCENE} ")]
    assert done.code == 0, done.err
    assert [row[1] for row in rows] == ["1.00", "1.00", "weak", "middling", "strong"]
    assert [row[-1] for row in rows[:2]] == ["unsure", "unsure"]
    assert [line for line in done.out.splitlines() if " above " in line] == ["middling above weak", "strong above middling"]
    assert max(map(len, done.out.partition("\nAUC:")[0].splitlines())) <= 80
    assert "2 seeds are too few to tell: with 10 a scene that always separates is sure to." in done.out
    assert "6 sessions planned, 6 played: 6 with a score, 0 without." in done.out
    assert f"hotseat evals scenes {SCENE} --candidates weak,middling,strong --seeds 2 --suite {SUITE}" in done.out
    assert "6 sessions in" in done.err


def test_more_seeds_go_on_and_the_report_is_that_of_a_run_from_the_start(scenes, tmp_path: Path) -> None:
    first = scenes("--seeds", 1, "--json", *TWO)
    more = scenes("--seeds", 2, "--json", *TWO, "--junit", tmp_path / "junit.xml")
    again = scenes("--seeds", 2, "--json", "--anew", *TWO)
    assert (first.code, more.code, again.code) == (0, 0, 0), more.err + again.err
    assert "2 sessions in" in more.err
    assert "2 kept from before" in more.err
    assert more.out == again.out
    assert json.loads(more.out) == json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert [case.get("classname") for case in ElementTree.parse(tmp_path / "junit.xml").iter("testcase")] == [SCENE] * 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("nowhere",), "there is no scenario 'nowhere'"),
        (("--candidates", "weak,strng"), "did you mean 'strong'?"),
        (("--candidates", "weak,weak"), "named twice"),
        (("--suite", "nowhere.yaml"), "nowhere.yaml"),
        (("--suite", ROOT / "evals" / "suites" / "smoke.yaml"), "judges grade it; run it: hotseat evals run"),
        (("--suite", ROOT / "evals" / "suites" / "scnes.yaml"), "did you mean 'scenes'?"),
        (("--workers", 2, "--cluster", "tcp://127.0.0.1:9"), "--workers 2 and --cluster tcp://127.0.0.1:9 are two places"),
    ],
)
def test_what_cannot_run_is_a_sentence_and_code_2(scenes, options: tuple[object, ...], says: str) -> None:
    done = scenes(*options)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err
