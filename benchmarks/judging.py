"""Suites: how fast judgements are made by a model, what our side of one costs, and how long the shipped suites take.

A judgement is one answer of a model, about three competencies, checked and kept. Every golden of `train` is graded by `core` (four
questions) so often that there are `JUDGEMENTS`, at `AT_ONCE` calls at a time, by a server that answers after `LATENCY`. The same
questions are put by a bare loop over `openai.AsyncOpenAI` in the same run, at the same server, without looking at the answers.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from agent.evaluation.golden import goldens
from agent.evaluation.runs.folder import opened
from agent.evaluation.runs.judges import Workshop
from agent.evaluation.runs.prepared import Prepared, prepare
from agent.evaluation.runs.runner import Progress, Runner
from agent.evaluation.runs.suite import read_suite
from agent.judge.case import Case
from agent.judge.model import ModelJudge
from agent.library import Library
from agent.library.library import shipped
from agent.llm.call import Call
from agent.memory.embedder import LazyEmbedder
from agent.prompting import Prompts
from agent.sync import run_sync
from benchmarks.judging_endpoint import QUOTE, RUBRIC
from benchmarks.measure import Measure

JUDGEMENTS = int(os.environ.get("BENCH_JUDGEMENTS", "10000"))
AT_ONCE = 64
LATENCY = 0.2
REPEATS = 7
QUESTIONS = 4
EVALS = Path("evals")


@dataclass(frozen=True)
class Took:
    """Seconds, answers, and the growth of this process's memory over the second half, in MB."""

    seconds: float
    answers: int
    grown: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def measures() -> list[Measure]:
    """Rates against a loopback server, then the shipped suites."""
    with _server() as url, tempfile.TemporaryDirectory() as folder:
        prepared = _prepared(Path(folder), url)
        readied = _readied(prepared)
        bare = asyncio.run(_bare(prepared, url))
        ours = run_sync(_ours(prepared, Path(folder) / "run"))
    ideal = AT_ONCE / LATENCY
    return [
        Measure("judgements, bare openai client", bare.rate, "/s", note=f"{bare.answers:,} calls, {AT_ONCE} at once"),
        Measure("judgements, hotseat evals run", ours.rate, "/s", note=f"{ours.answers:,} answers checked and kept"),
        Measure("judgements, ours / bare", ours.rate / bare.rate, "×", 0.9, least=True),
        Measure("judgements, ours / ideal", ours.rate / ideal, "×", 0.75, f"ideal {ideal:g}/s", least=True),
        Measure("readying a transcript for a model judge", 1000 * readied, "ms", note="sentences embedded, names masked; before the above"),
        Measure("judgements, memory that the second half adds", ours.grown, "MB", 20),
        *_suites(),
    ]


def _suites() -> Iterator[Measure]:
    """The shipped suites from the start of the process to its end."""
    for name, target in (("smoke", 10), ("consistency", 90)):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            command = [sys.executable, "-m", "agent", "evals", "run", name, "--offline", "--out", str(Path(folder) / name)]
            done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HOTSEAT_CACHE": folder})
            seconds = time.perf_counter() - began
        assert done.returncode in (0, 1), done.stderr
        yield Measure(f"suite {name}, offline, embedded judge", seconds, "s", target, "a cold start, nothing cached")


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.judging_endpoint", str(1000 * LATENCY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        finally:
            process.terminate()


def _prepared(root: Path, url: str) -> Prepared:
    """The goldens of train with the quote in their first answer, and a suite that grades them through the server."""
    wanted = -(-JUDGEMENTS // (QUESTIONS * REPEATS))
    for golden in list(goldens(EVALS / "goldens", "train"))[:wanted]:
        content = golden.model_dump(mode="json", exclude_none=True)
        first = next(turn for turn in content["turns"] if "candidate" in turn)
        first["candidate"] = f"{QUOTE} {first['candidate']}"
        _write(root / f"goldens/train/{golden.id}.yaml", content)
    judge = {"model": f"openai/bench@{url}", "repeats": REPEATS}
    suite = {"id": "bench", "about": "x", "goldens": [{"split": "train"}], "ratings": None, "rubric": RUBRIC, "judges": {"model": judge}}
    _write(root / "suites/bench.yaml", suite)
    library = Library((shipped(),))
    workshop = Workshop(root, Prompts(library), LazyEmbedder(), AT_ONCE)
    return prepare(read_suite("bench", root), workshop, library.rubric(RUBRIC))


def _write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


async def _bare(prepared: Prepared, url: str) -> Took:
    """The same questions by the SDK alone."""
    from openai import AsyncOpenAI

    questions: list[Any] = [list(call.messages) for call in _calls(prepared)]
    left = iter([messages for messages in questions for _ in range(REPEATS)])
    done = 0

    async def work(client: AsyncOpenAI) -> None:
        nonlocal done
        for messages in left:
            await client.chat.completions.create(model="bench", messages=messages, max_tokens=6000)
            done += 1

    async with AsyncOpenAI(api_key="none", base_url=url, max_retries=0) as client:
        await client.chat.completions.create(model="bench", messages=questions[0], max_tokens=6000)
        began = time.perf_counter()
        await asyncio.gather(*(work(client) for _ in range(AT_ONCE)))
        return Took(time.perf_counter() - began, done)


def _readied(prepared: Prepared) -> float:
    """Embeds what blinding has to understand, as the first run of a suite does; seconds for each transcript."""
    began = time.perf_counter()
    for golden in prepared.goldens:
        Case.of(golden.transcript, prepared.rubric)
    return (time.perf_counter() - began) / len(prepared.goldens)


def _calls(prepared: Prepared) -> Iterator[Call]:
    """The first question about each group of competencies, for every golden."""
    judge = prepared.judges["model"].judge
    assert isinstance(judge, ModelJudge)
    for golden in prepared.goldens:
        yield from (call for call in judge.questions(golden.transcript, prepared.rubric) if call.repeat == 0)


async def _ours(prepared: Prepared, out: Path) -> Took:
    held, begun_at = [0.0, 0.0], time.perf_counter()

    def tell(progress: Progress) -> None:
        if progress.items in (progress.planned // 2, progress.planned):
            held[progress.items == progress.planned] = _memory()

    with opened(out, prepared.plan) as folder:
        runner = Runner(prepared, folder, tell=tell)
        await runner.run()
        seconds = time.perf_counter() - begun_at
        return Took(seconds, runner.progress.calls.number, held[1] - held[0])


def _memory() -> float:
    """The memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * resource.getpagesize() / 2**20
