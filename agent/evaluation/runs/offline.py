"""No network while a block runs: every connection, look-up and datagram of this process is refused."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from agent.errors import InputError

REFUSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
"""Events that Python raises before it reaches for the network (PEP 578)."""

_blocks: list[object] = []


class NetworkRefused(InputError):
    """Something reached for the network in a run that is offline."""


@contextmanager
def no_network() -> Iterator[None]:
    """Refuses the network to all threads inside; sockets of the file system are none."""
    _install()
    block = object()
    _blocks.append(block)
    try:
        yield
    finally:
        _blocks.remove(block)


def no_network_any_more() -> None:
    """Refuses the network from now on, to the end of this process."""
    _install()
    _blocks.append(object())


@cache
def _install() -> None:
    """A hook cannot be taken away, so it is there once and asks whether a block runs."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if _blocks and event in REFUSED and not _is_local(args[0]):
        raise NetworkRefused(f"the run is offline, and something reached for the network ({event}); leave out --offline, or report this")


def _is_local(used: object) -> bool:
    return isinstance(used, socket.socket) and used.family == getattr(socket, "AF_UNIX", None)
