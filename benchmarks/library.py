"""How long it takes to read and check everything that was shipped, each time in a new process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.hearing import Hearing
from agent.library import Library
from agent.library.library import shipped
from agent.library.lint import lint
from agent.memory.embedder import LazyEmbedder
from benchmarks.measure import Measure

SECONDS = 3.0


def measures() -> list[Measure]:
    """Seconds from an empty `Library` to the last problem: when nothing changed, when all is listened to again, and at first."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        cold = _elsewhere(folder)
        again = _elsewhere(folder, forget=True)
        warm = min((_elsewhere(folder) for _ in range(3)), key=lambda taken: taken["seconds"])
    note = f"{warm['files']:g} files, {warm['problems']:g} problems; vectors and findings of unchanged files in the cache"
    return [
        Measure("whole library loads and lints", warm["seconds"], "s", SECONDS, note),
        Measure("the same, every file listened to again", again["seconds"], "s", note="vectors in the cache"),
        Measure("the same, nothing in the cache", cold["seconds"], "s", note="once per library and machine"),
    ]


def _elsewhere(cache: Path, *, forget: bool = False) -> dict[str, float]:
    if forget:
        (cache / "heard.json").unlink(missing_ok=True)
    ran = subprocess.run([sys.executable, "-m", "benchmarks.library", str(cache)], capture_output=True, text=True, check=True)
    taken: dict[str, float] = json.loads(ran.stdout)
    return taken


def _here(cache: Path) -> dict[str, float]:
    began = time.perf_counter()
    library = Library((shipped(),))
    problems = lint(library, further=Hearing(LazyEmbedder(), cache))
    return {"seconds": time.perf_counter() - began, "files": len(library.all_names), "problems": len(problems)}


if __name__ == "__main__":
    print(json.dumps(_here(Path(sys.argv[1]))))
