"""How long it takes to read and check everything that was shipped, each time in a new process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from agent.hearing import Hearing
from agent.hearing.kept import FINDINGS
from agent.library import Library
from agent.library.library import shipped
from agent.library.lint import lint
from agent.memory.embedder import LazyEmbedder
from agent.settings import Settings
from benchmarks.measure import Measure

SECONDS = 3.0


def measures() -> list[Measure]:
    """Seconds from an empty `Library` to the last problem: when nothing changed, and when every file is listened to again."""
    cache = Settings.from_environment().cache_dir
    _elsewhere(cache)
    warm = min((_elsewhere(cache) for _ in range(3)), key=lambda taken: taken["seconds"])
    (cache / FINDINGS).unlink(missing_ok=True)
    again = _elsewhere(cache)
    note = f"{warm['files']:g} files, {warm['problems']:g} problems; vectors and findings of unchanged files in the cache"
    return [
        Measure("whole library loads and lints", warm["seconds"], "s", SECONDS, note),
        Measure("the same, every file listened to again", again["seconds"], "s", note="vectors in the cache"),
    ]


def _elsewhere(cache: Path) -> dict[str, float]:
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
