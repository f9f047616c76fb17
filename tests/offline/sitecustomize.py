"""Refuses the network: connections, look-ups and datagrams, in this Python and in every Python that it starts.

tests/conftest.py imports this file and puts its folder on PYTHONPATH, where a new Python finds it by its name.
"""

import socket
import sys

REFUSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")

attempts: list[str] = []
"""What was refused here, so that a test fails even where the refusal was swallowed."""


class NetworkUsed(RuntimeError):
    """Something under test reached for the network."""


def refuse(event: str, args: tuple[object, ...]) -> None:
    """Lets everything pass but the network; sockets of the file system are none."""
    if event not in REFUSED or _is_local(args[0]):
        return
    attempts.append(f"{event} to {args[-1] if event in REFUSED[:3] else args[0]!r}")
    raise NetworkUsed(f"the tests have no network, and something asked for it: {attempts[-1]}")


def _is_local(used: object) -> bool:
    return isinstance(used, socket.socket) and used.family == getattr(socket, "AF_UNIX", None)


sys.addaudithook(refuse)
