"""`python -m benchmarks [NAME ...]`: measures, prints a table and writes it as JSON to runs/bench.json."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")

from agent import __version__
from benchmarks import agreement, judging, library, many, models, overhead, recognition, scenes, startup, storage, turns
from benchmarks.measure import Measure, show

SUITES = {
    "startup": startup,
    "overhead": overhead,
    "turns": turns,
    "storage": storage,
    "many": many,
    "models": models,
    "library": library,
    "recognition": recognition,
    "scenes": scenes,
    "agreement": agreement,
    "judging": judging,
}
OUT = Path("runs/bench.json")


def main() -> None:
    """Runs the named suites, or all."""
    unknown = set(sys.argv[1:]) - set(SUITES)
    if unknown:
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    measured: list[Measure] = []
    for name in sys.argv[1:] or SUITES:
        print(f"measuring {name} …", file=sys.stderr)
        measured += SUITES[name].measures()
    show(measured)
    OUT.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    rows = [asdict(one) | {"verdict": one.verdict} for one in measured]
    OUT.write_text(json.dumps({"hotseat": __version__, "machine": machine, "measures": rows}, indent=2) + "\n", encoding="utf-8")


main()
