"""Scenes that are played by two workers of a cluster, one of which is killed, are those that are played here."""

from __future__ import annotations

import time
from pathlib import Path

from agent.evaluation.runs.lines import line_of
from agent.evaluation.scenes.folder import SESSIONS
from agent.evaluation.scenes.report import report_of
from agent.evaluation.scenes.suite import read_suite

ROOT = Path(__file__).parents[3]
SUITE = ROOT / "evals" / "suites" / "scenes.yaml"
PATIENCE = 120.0


def test_the_sessions_and_the_report_are_the_same_to_the_byte(cluster, suite, units, sessions, place, tmp_path: Path) -> None:
    kept = tmp_path / "run" / SESSIONS
    asked = (
        *suite.scenarios,
        "--candidates",
        ",".join(suite.candidates),
        "--seeds",
        suite.seeds,
        "--suite",
        SUITE,
        "--out",
        kept.parent,
        "--json",
    )
    client = cluster.ask("-m", "agent", "evals", "scenes", *asked, "--cluster", cluster.address)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not (kept.exists() and kept.stat().st_size):
        time.sleep(0.05)
    cluster.workers[0].kill()
    out, err = client.communicate(timeout=PATIENCE)

    assert client.returncode == 0, err
    assert sorted(kept.read_bytes().splitlines(keepends=True)) == sorted(map(line_of, sessions))
    here = report_of(suite, units, {one.key: one for one in sessions}, place.engine.library, "")
    command = f"hotseat evals scenes {suite.scenarios[0]} --candidates weak,strong --seeds {suite.seeds} --suite {SUITE}"
    as_file = read_suite(SUITE).but({"scenarios": suite.scenarios, "candidates": suite.candidates, "seeds": suite.seeds})
    assert out == here.model_copy(update={"reproduce": command, "suite": as_file}).model_dump_json(indent=2) + "\n"
