"""A suite that is graded by two workers of a cluster, one of which is killed, gives the report of a run on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.evaluation.conftest import wait_for
from tests.evaluation.runs.world import World, library, record

ITEMS = 8
PATIENCE = 120.0
LIBRARY = library().search_path[0]


def test_the_report_is_the_same_to_the_byte(cluster, tmp_path: Path) -> None:
    world = World(tmp_path / "world", items=ITEMS)
    probes = {"names": ["repeat", "reorder", "quotes", "knock-out"], "judges": ["embedded"], "limit": ITEMS}
    suite = world.suite({"embedded": {"model": "embedded"}, "model": record(world, "tape", repeats=2)}, probes=probes)
    asked = ("-m", "agent", "evals", "run", suite, "--evals", world.evals, "--library", LIBRARY, "--json")
    here, there = tmp_path / "here", tmp_path / "there"
    local = cluster.ask(*asked, "--out", here, "--offline")
    said_here = local.communicate(timeout=PATIENCE)

    client = cluster.ask(*asked, "--out", there, "--cluster", cluster.address)
    wait_for(lambda: len(list(_lines(there))) >= 4)
    before = len(list(_lines(there)))
    cluster.workers[0].kill()
    said_there = client.communicate(timeout=PATIENCE)

    assert (local.returncode, client.returncode) == (0, 0), said_here[1] + said_there[1]
    assert before < len(list(_lines(there))), "it was killed too late"
    assert said_there[0] == said_here[0]
    for name in ("report.json", "plan.json"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    assert sorted(_lines(there)) == sorted(_lines(here))


def _lines(folder: Path) -> Iterator[bytes]:
    file = folder / "judgements.jsonl"
    return iter(file.read_bytes().splitlines() if file.exists() else ())
