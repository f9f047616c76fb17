"""Refuses the network: connections, look-ups and datagrams, in this Python and in every Python that it starts.

tests/conftest.py imports this file and puts its folder on PYTHONPATH, where a new Python finds it by its name.
"""

import socket
import sys

REFUSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")

opened: set[tuple[str, int]] = set()
"""Addresses of servers that a test itself has started on this machine, and only in this Python."""

attempts: list[str] = []
"""What was refused here, so that a test fails even where the refusal was swallowed."""


class NetworkUsed(RuntimeError):
    """Something under test reached for the network."""


def refuse(event: str, args: tuple[object, ...]) -> None:
    """Lets everything pass but the network; sockets of the file system are none, nor is a test's own server."""
    if event not in REFUSED or _is_local(args[0]) or _is_opened(event, args):
        return
    attempts.append(f"{event} to {args[-1] if event in REFUSED[:3] else args[0]!r}")
    raise NetworkUsed(f"the tests have no network, and something asked for it: {attempts[-1]}")


def _is_local(used: object) -> bool:
    return isinstance(used, socket.socket) and used.family == getattr(socket, "AF_UNIX", None)


def _is_opened(event: str, args: tuple[object, ...]) -> bool:
    """Whether a test's own server is meant; looking up an address in numbers asks nobody."""
    wanted = args[-1] if event == "socket.connect" else args[:2] if event == "socket.getaddrinfo" else None
    return isinstance(wanted, tuple) and wanted[:2] in opened


sys.addaudithook(refuse)
