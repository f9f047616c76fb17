"""Keeping what is typed while somebody else talks off the screen; it waits for the next prompt."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec


def forget_typed() -> None:
    """Drops what was typed and not asked for, so that it does not end up in the shell."""
    if find_spec("termios") and sys.stdin.isatty():
        import termios

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@contextmanager
def no_echo() -> Iterator[None]:
    """Switches the terminal's echo off inside; does nothing where there is no such terminal."""
    if find_spec("termios") is None or not sys.stdin.isatty():
        yield
        return
    import termios

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    try:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
