from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.llm.conftest import Serve
from tests.llm.loopback import Loopback, says


def test_it_lists_its_models(loopback: Serve) -> None:
    with urlopen(f"{loopback().base_url}/models") as response:
        assert [model["id"] for model in json.load(response)["data"]] == ["served-model"]


def test_other_servers_on_this_machine_stay_out_of_reach(loopback: Serve, network_attempts: list[str]) -> None:
    loopback(says("Hello"))

    with Loopback() as stranger, pytest.raises(RuntimeError, match="no network"):
        socket.create_connection(("127.0.0.1", stranger.port))
    assert len(network_attempts) == 1
    network_attempts.clear()


def test_names_are_not_looked_up(loopback: Serve, network_attempts: list[str]) -> None:
    server = loopback(says("Hello"))

    with pytest.raises(RuntimeError, match="no network"):
        asyncio.run(_connect("localhost", server.port))
    network_attempts.clear()


async def _connect(host: str, port: int) -> None:
    await asyncio.open_connection(host, port)


def test_a_subprocess_does_not_reach_it(loopback: Serve) -> None:
    code = f"import socket; socket.create_connection(('127.0.0.1', {loopback().port}))"

    assert "the tests have no network" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr
