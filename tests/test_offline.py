"""The guard against the network is itself tested: a suite that only seems to be offline proves nothing."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.sync import run_sync

TRIES: dict[str, Callable[[], object]] = {
    "connection": lambda: socket.create_connection(("192.0.2.1", 80), timeout=0.1),
    "look-up": lambda: socket.getaddrinfo("example.org", 80),
    "datagram": lambda: _datagram(),
    "asyncio": lambda: asyncio.run(_stream()),
    "our own loop": lambda: run_sync(_stream()),
}


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"", ("127.0.0.1", 9))


async def _stream() -> None:
    await asyncio.open_connection("127.0.0.1", 9)


@pytest.mark.parametrize("name", TRIES)
def test_the_network_is_refused(name: str, network_attempts: list[str]) -> None:
    with pytest.raises(RuntimeError, match="no network"):
        TRIES[name]()

    assert network_attempts
    network_attempts.clear()


def test_a_subprocess_has_no_network_either() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert run.returncode == 1
    assert "the tests have no network" in run.stderr


def test_a_test_has_an_empty_home_of_its_own(home: Path) -> None:
    assert Path.home() == home
    assert Path(os.environ["HOTSEAT_HOME"]).parent == home
    assert not list(home.iterdir())


def test_the_embedder_reports_to_nobody(home: Path) -> None:
    """onnxruntime would write a device id into the home folder and send usage data, below what Python can refuse."""
    code = "from agent.memory.embedder import default_embedder; default_embedder().embed(['Whom does it serve?'])"

    told_nothing = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("ORT_")}

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=told_nothing)

    assert run.returncode == 0, run.stderr
    assert not list(home.rglob("*onnxruntime*"))
