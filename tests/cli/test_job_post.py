"""`hotseat play --job-post`, as a user types it: why is shown, the scene is kept, resumed and exported like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

POST = Path(__file__).parents[1] / "jobpost/data/payments.txt"
Run = Callable[..., Any]


def test_explain_says_why_and_plays_nothing(hotseat: Run, tmp_path: Path) -> None:
    done = hotseat("play", "--job-post", POST, "--explain", "--plain", HOTSEAT_HOME=str(tmp_path))
    assert done.code == 0, done.err
    assert "fraud (Trade-off thinking): “Design and own models that detect fraud" in done.out
    assert "How do you decide how much of which?" in done.out
    assert not (tmp_path / "sessions.db").exists()


def test_it_is_played_resumed_and_exported(hotseat: Run, tmp_path: Path) -> None:
    home = {"HOTSEAT_HOME": str(tmp_path)}
    played = hotseat(
        "play", "--job-post", POST, "--plain", "--no-grade", "--seed", 3, stdin="I build forecasts. How big is the team?\n", **home
    )
    scene = next((tmp_path / "personas/scenarios").glob("job-*.yaml"))
    resumed = hotseat("resume", "--plain", stdin="And is there on-call duty?\n/pause\n", **home)
    exported = hotseat("export", **home)

    assert played.code == 0, played.err
    assert "a team of seven" in played.out
    assert "Mentor two junior engineers." in played.out
    assert str(scene) in played.out.replace("\n", "")
    assert "one week in six" in resumed.out
    assert "An hour about a job" in exported.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fraud-trade-off", "--job-post", POST), "leave one out"),
        (("fraud-trade-off", "--explain"), "--job-post FILE"),
        (("--job-post", "none.txt"), "cannot be read"),
    ],
)
def test_misuse_is_a_sentence(hotseat: Run, arguments: tuple[object, ...], says: str) -> None:
    done = hotseat("play", *arguments)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err
