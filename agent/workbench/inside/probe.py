"""A test of the sandbox itself, run in it like any other: each test passes if the system refuses what it tries.

`place` is the file under test; it says what lies outside and what the limits are.
"""
# ruff: noqa: PT027 - the sandbox has unittest and no pytest

from __future__ import annotations

import mmap
import os
import socket
import unittest
from importlib import import_module
from pathlib import Path

place = import_module("place")


class Probe(unittest.TestCase):
    """One test for each field of `agent.workbench.enforcement.Enforcement`."""

    def test_network(self) -> None:
        """No socket, of any kind."""
        for family in {socket.AF_INET, socket.AF_INET6, getattr(socket, "AF_UNIX", socket.AF_INET)}:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with self.assertRaises(OSError):
                    socket.socket(family, kind).close()

    def test_files(self) -> None:
        """A file outside can be neither read nor written, emptied, joined, removed, opened to others or put beside."""
        outside = Path(place.OUTSIDE)
        attempts = (
            lambda: outside.read_bytes(),
            lambda: outside.open("ab").close(),
            lambda: os.close(os.open(outside, os.O_RDONLY | getattr(os, "O_TRUNC", 0))),
            lambda: os.truncate(outside, 0),
            lambda: outside.chmod(0o700),
            lambda: os.utime(outside),
            lambda: os.link(outside, "link"),
            lambda: outside.with_name("beside.txt").touch(),
            lambda: list(outside.parent.iterdir()),
            lambda: outside.unlink(),
        )
        for attempt in attempts:
            with self.assertRaises(OSError):
                attempt()

    def test_processes(self) -> None:
        """No second process."""
        with self.assertRaises(OSError):
            self._fork()

    def _fork(self) -> None:
        child = os.fork() if hasattr(os, "fork") else 1
        if child == 0:
            os._exit(0)
        if hasattr(os, "fork"):
            os.waitpid(child, 0)

    def test_memory(self) -> None:
        """No more address space than there should be; none of it is touched."""
        with self.assertRaises((OSError, MemoryError)):
            mmap.mmap(-1, place.MEMORY).close()

    def test_file_size(self) -> None:
        """A file ends where the limit is."""
        with self.assertRaises(OSError), Path("large").open("wb", buffering=0) as file:
            file.seek(place.FILE_SIZE)
            file.write(b"x")
