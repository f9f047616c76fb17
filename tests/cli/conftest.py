"""The real command, in processes of its own: with its output in files, or on a terminal that a test reads and types on."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agent.engine import Engine
from agent.events import Event
from agent.library import Library
from agent.library.library import shipped
from agent.store import LogStore

SCENE = "fraud-trade-off"
ANSWERS = Path(__file__).parents[2] / "docs/examples/fraud-trade-off.txt"
PATIENCE = 60.0
_WHERE_IS_THE_CURSOR = b"\x1b[6n"
_TAKES_PASTES = "\x1b[?2004h"
READY = "⌨"
_NOT_TEXT = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[=>78]|[\x00-\x09\x0b-\x1f]")


class Done(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str


class Played(NamedTuple):
    """A folder for `HOTSEAT_HOME` with a session in it, and how playing it ended."""

    home: Path
    done: Done


class Forks:
    """Starts and ends processes of the command; see forks.py."""

    def __init__(self) -> None:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        script = Path(__file__).with_name("forks.py")
        self._server = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def start(self, arguments: tuple[object, ...], streams: tuple[object, object, object], environment: dict[str, str]) -> int:
        known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")} | environment
        return self._ask(
            arguments=[str(one) for one in arguments],
            streams=[str(one) for one in streams],
            environment=known,
            folder=os.fspath(Path.cwd()),
        )

    def reap(self, process: int) -> int:
        return self._ask(reap=process)

    def close(self) -> None:
        with self._server:
            self._server.stdin.close()

    def _ask(self, **request: Any) -> int:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(request).encode() + b"\n")
        self._server.stdin.flush()
        if "reap" in request and not select.select([self._server.stdout], [], [], PATIENCE)[0]:
            os.kill(request["reap"], signal.SIGKILL)
            self._server.stdout.readline()
            pytest.fail(f"hotseat was still running after {PATIENCE} s")
        return int(self._server.stdout.readline())


class Running:
    """A process with its output in files that grow."""

    def __init__(self, forks: Forks, folder: Path, arguments: tuple[object, ...], stdin: object, environment: dict[str, str]) -> None:
        self._forks = forks
        self._out, self._err = folder / "out", folder / "err"
        self.process = forks.start(arguments, (stdin, self._out, self._err), environment)
        self._code: int | None = None

    @property
    def out(self) -> str:
        """What was printed so far."""
        return self._out.read_bytes().decode() if self._out.exists() else ""

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        os.kill(self.process, signal.SIGKILL)
        self.wait()

    def wait(self) -> Done:
        """Its end."""
        if self._code is None:
            self._code = self._forks.reap(self.process)
        return Done(self._code, self.out, self._err.read_bytes().decode())


class Terminal:
    """A process on a pseudo-terminal."""

    def __init__(self, forks: Forks, arguments: tuple[object, ...], size: tuple[int, int], environment: dict[str, str]) -> None:
        self._forks = forks
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        name = os.ttyname(theirs)
        self.process = forks.start(arguments, (name, name, name), {"TERM": "xterm-256color", **environment})
        self._code: int | None = None
        self._theirs = theirs
        self.raw = ""
        self.echoes = True
        self._seen = 0

    @property
    def text(self) -> str:
        """All that was shown, without the terminal's control sequences; `READY` where an answer is waited for."""
        return _NOT_TEXT.sub("", self.raw.replace(_TAKES_PASTES, READY))

    def see(self, wanted: str) -> str:
        """Waits until something new on the screen fits the pattern `wanted`; returns what is new up to there."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(wanted, self.text[self._seen :])):
            if time.monotonic() > end or not self._read():
                pytest.fail(f"{wanted!r} did not appear; the screen had: {self.text[-2000:]!r}")
        new = self.text[self._seen : self._seen + found.end()]
        self._seen += found.end()
        return new

    def type(self, keys: str) -> None:
        """Types `keys`, reading the screen meanwhile, so that neither side waits for the other."""
        left = keys.encode()
        while left:
            ready, free, _ = select.select([self._ours], [self._ours], [], PATIENCE)
            if ready:
                self._read()
            if free:
                left = left[os.write(self._ours, left[:1024]) :]

    def send(self, line: str) -> None:
        """Types a line when asked for an answer."""
        self.see(READY)
        self.type(f"{line}\r")

    def kill(self) -> None:
        """Ends it at once."""
        os.kill(self.process, signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Reads the screen to the end; the exit code."""
        if self._code is None:
            os.close(self._theirs)
            while self._read():
                pass
            self._code = self._forks.reap(self.process)
            self.echoes = bool(termios.tcgetattr(self._ours)[3] & termios.ECHO)
            os.close(self._ours)
        return self._code

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], PATIENCE)[0]:
            return False
        try:
            new = os.read(self._ours, 65536)
        except OSError:
            return False
        self.raw += new.decode(errors="replace")
        if _WHERE_IS_THE_CURSOR in new:
            os.write(self._ours, b"\x1b[1;1R")
        return bool(new)


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Where processes come from."""
    made = Forks()
    yield made
    made.close()


@pytest.fixture(scope="session")
def launch(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Running]:
    """Starts the command with its output in files; `stdin` is text, or the path of a file."""

    def launched(*arguments: object, stdin: str | Path = "", **environment: str) -> Running:
        folder = tmp_path_factory.mktemp("run")
        if isinstance(stdin, str):
            (folder / "in").write_text(stdin, encoding="utf-8")
            stdin = folder / "in"
        return Running(forks, folder, arguments, stdin, environment)

    return launched


@pytest.fixture(scope="session")
def hotseat(launch: Callable[..., Running]) -> Callable[..., Done]:
    """Runs the command to its end."""
    return lambda *arguments, **how: launch(*arguments, **how).wait()


@pytest.fixture
def terminal(forks: Forks) -> Iterator[Callable[..., Terminal]]:
    """Starts the command on a terminal; what still runs is ended with the test."""
    started: list[Terminal] = []

    def opened(*arguments: object, columns: int = 100, rows: int = 30, **environment: str) -> Terminal:
        started.append(Terminal(forks, arguments, (columns, rows), environment))
        return started[-1]

    yield opened
    for one in started:
        if one._code is None:
            one.kill()


@pytest.fixture(scope="session")
def parcels(hotseat: Callable[..., Done], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment that has a small scene called `parcels`, of small parts; its few sentences are embedded already."""
    folder = tmp_path_factory.mktemp("parcels")
    environment = {"HOTSEAT_LIBRARY": str(folder), "HOTSEAT_HOME": str(folder / "home")}
    for kind in ("persona", "twist", "rubric", "scenario"):
        assert hotseat("library", "new", kind, "parcels", "--dir", folder, **environment).code == 0
    scenario = folder / "personas/scenarios/parcels.yaml"
    text = re.sub(r"core@\d+\.\d+\.\d+|interrupter|data-lost", "parcels", scenario.read_text(encoding="utf-8"))
    text = text.replace("parcels\ncompetencies", "parcels@1.0.0\ncompetencies").replace("production_judgment", "communication")
    scenario.write_text(text.replace("communication, communication", "communication"), encoding="utf-8")
    done = hotseat("play", "parcels", stdin="Hello.\n/leave", **environment)
    assert done.code == 0, done.err
    return {"HOTSEAT_LIBRARY": str(folder)}


@pytest.fixture(scope="session")
def warm() -> None:
    """Embeds the sentences of a shipped scene and its rubric once; every process finds them in the cache."""
    Engine(library=Library((shipped(),))).warm("fraud-trade-off")


@pytest.fixture(scope="session")
def played(hotseat: Callable[..., Done], warm: None, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The session that the README shows."""
    home = tmp_path_factory.mktemp("played")
    answers = Path(__file__).parents[2] / "docs/examples/fraud-trade-off.txt"
    return Played(home, hotseat("play", "fraud-trade-off", "--answers", answers, "--seed", 8, "--plain", HOTSEAT_HOME=str(home)))


@pytest.fixture
def log(home: Path) -> Callable[[], list[Event]]:
    """The events of the session played last in this test's home."""

    def read() -> list[Event]:
        with LogStore.open(home / "hotseat/sessions.db") as store:
            return store.read(store.resolve("last"))

    return read
