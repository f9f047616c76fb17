"""A real scheduler and two real workers on this machine, one of which is killed while it works."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from agent.errors import InputError
from agent.evaluation.workers.cluster import on_cluster

ASK = Path(__file__).with_name("ask.py")
PATIENCE = 120.0


def test_what_a_killed_worker_leaves_is_done_by_the_other_and_nothing_twice(cluster) -> None:
    orders = [f"order-{number}" for number in range(30)]
    client = cluster.ask(ASK, cluster.address, "slow:shout", *orders)
    first = [client.stdout.readline() for _ in range(4)]
    cluster.workers[0].kill()
    rest, err = client.communicate(timeout=PATIENCE)
    assert client.returncode == 0, err
    assert sorted([*first, *rest.splitlines(keepends=True)]) == sorted(f"{order.upper()}\n" for order in orders)


def test_what_the_cluster_cannot_do_is_a_sentence(cluster) -> None:
    refused = cluster.ask(ASK, cluster.address, "slow:refuse", "bread")
    full = cluster.ask(ASK, cluster.address, "slow:fill", "disk")
    nobody = cluster.ask(ASK, "tcp://127.0.0.1:9", "slow:shout", "a")
    assert refused.communicate(timeout=PATIENCE)[1].splitlines()[-1] == "no bread here"
    assert f"a worker of the cluster at {cluster.address} failed ([Errno 28] disk is full)" in full.communicate(timeout=PATIENCE)[1]
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:9'" in nobody.communicate(timeout=PATIENCE)[1]


def test_a_worker_that_lacks_the_work_says_so_and_goes_on_with_other_work(cluster) -> None:
    lacking = cluster.ask(ASK, cluster.address, "lonely:whisper", "a", "b", "c")
    assert "lacks something (No module named 'lonely'); install there the same version" in lacking.communicate(timeout=PATIENCE)[1]
    older = cluster.ask(ASK, cluster.address, "lonely:hum", "a")
    assert "lacks something (module 'slow' has no attribute 'hum'); install there" in older.communicate(timeout=PATIENCE)[1]
    other = cluster.ask(ASK, cluster.address, "slow:shout", "a")
    assert other.communicate(timeout=PATIENCE)[0] == "A\n"
    assert [worker.poll() for worker in cluster.workers] == [None, None]


def test_a_scheduler_that_ends_is_a_sentence(cluster) -> None:
    client = cluster.ask(ASK, cluster.address, "slow:shout", *map(str, range(100)))
    client.stdout.readline()
    cluster.scheduler.kill()
    out, err = client.communicate(timeout=PATIENCE)
    assert client.returncode == 1
    assert f"the cluster at {cluster.address} gave up" in err
    assert len(set(out.splitlines())) == len(out.splitlines())


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'hotseat\[cluster\]'"):
        next(on_cluster(str.upper, ["a"], "tcp://127.0.0.1:9"))
