"""What a person waits for: help, the brief, the first line. Each in a fresh process, on a pseudo-terminal.

The bytecode has to be compiled, as set-up leaves it; without it every start compiles some 2,000 files.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time

from benchmarks.measure import Measure, percentile

RUNS = 5
HEAVY = ("litellm", "openai", "chromadb", "langgraph", "onnxruntime")
GIVE_UP = 60.0
HOST = "Joanna Weir"
"""Whose name stands above the first line."""


def measures() -> list[Measure]:
    """Seconds until help, brief and first line; heavy packages that help loads."""
    brief, line = zip(*(_brief_and_line() for _ in range(RUNS)), strict=True)
    return [
        Measure("hotseat --help", percentile([_help() for _ in range(RUNS)], 0.5), "s", 0.4, f"median of {RUNS} processes"),
        Measure("heavy packages loaded by --help", len(_loaded_by_help()), "", 0, ", ".join(HEAVY)),
        Measure("brief on screen", percentile(list(brief), 0.5), "s", 1.0, f"median of {RUNS} cold starts, fresh home"),
        Measure("first line", percentile(list(line), 0.5), "s", 3.0, "from the same start, Enter pressed at once"),
    ]


def _help() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "agent", "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _loaded_by_help() -> list[str]:
    code = (
        "import sys, json\nsys.argv = ['hotseat', '--help']\nfrom agent.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([one for one in {HEAVY!r} if one in sys.modules]), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    loaded: list[str] = json.loads(done.stderr.strip().splitlines()[-1])
    return loaded


def _brief_and_line() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOTSEAT_HOME": home, "TERM": "xterm-256color"}
        began = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.execve(sys.executable, [sys.executable, "-m", "agent", "play", "fraud-trade-off", "--fast"], environment)
        try:
            brief = _until(terminal, "Press Enter", began)
            os.write(terminal, b"\n")
            return brief, _until(terminal, HOST, began)
        finally:
            os.kill(process, 9)
            os.waitpid(process, 0)
            os.close(terminal)


def _until(terminal: int, wanted: str, began: float) -> float:
    seen = ""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], GIVE_UP)
        if not ready or time.perf_counter() - began > GIVE_UP:
            raise TimeoutError(f"{wanted!r} did not appear in {GIVE_UP} s; the screen had: {seen[-500:]}")
        seen += os.read(terminal, 65536).decode(errors="replace")
    return time.perf_counter() - began
