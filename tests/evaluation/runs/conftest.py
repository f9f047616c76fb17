from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import offline
from tests.evaluation.runs.world import Fault, JudgeServer, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def serve() -> Iterator[Callable[..., JudgeServer]]:
    """Starts servers that this test, and nobody else, may connect to."""
    with ExitStack() as stack:

        def started(fault: Fault = lambda words, before: None) -> JudgeServer:
            server = stack.enter_context(JudgeServer(fault))
            offline.opened.add(("127.0.0.1", server.port))
            return server

        yield started
    offline.opened.clear()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = int(server.getsockname()[1])
    offline.opened.add(("127.0.0.1", port))
    yield port
    offline.opened.clear()
