"""Run by conftest: the command line, started many times as processes of their own without loading its packages each time.

A line read asks for a process (arguments, environment, folder, what its standard streams are) and prints its id; or asks for
the end of one, waits for it, and prints its exit code, minus the signal that ended it.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import signal
import sys
import termios
from typing import Any

import numpy  # noqa: F401
import prompt_toolkit.completion  # noqa: F401
import rich.table  # noqa: F401

import agent.cli.grading
import agent.cli.play
import agent.judge.embedded
import agent.report
import agent.store.jsonl
import agent.store.sqlite  # noqa: F401
from agent.__main__ import main
from agent.engine import compiled_graph


def serve() -> None:
    compiled_graph()
    for line in sys.stdin:
        request = json.loads(line)
        if "reap" in request:
            tell(os.waitstatus_to_exitcode(os.waitpid(request["reap"], 0)[1]))
        elif process := os.fork():
            tell(process)
        else:
            become(request)
            main()
            return


def become(request: dict[str, Any]) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    for number, name in enumerate(request["streams"]):
        connect(number, name)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), errors="surrogateescape")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), line_buffering=os.isatty(1))
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), line_buffering=True)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["hotseat", *request["arguments"]]


def connect(number: int, name: str) -> None:
    opened = os.open(name, os.O_RDONLY if number == 0 else os.O_RDWR | os.O_CREAT | os.O_NOCTTY)
    os.dup2(opened, number)
    os.close(opened)


def tell(number: int) -> None:
    os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    serve()
