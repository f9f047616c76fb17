"""A small world for runs: short goldens with ratings, a rubric of two competencies, suites, a judge that always knows an answer."""

from __future__ import annotations

import atexit
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import yaml

from agent.evaluation.runs.elsewhere import Elsewhere
from agent.evaluation.runs.folder import opened
from agent.evaluation.runs.judges import Workshop
from agent.evaluation.runs.prepared import Prepared, prepare
from agent.evaluation.runs.run_report import RunReport
from agent.evaluation.runs.runner import Runner
from agent.evaluation.runs.suite import read_suite
from agent.judge.model import ModelJudge
from agent.library import Library
from agent.library.library import shipped
from agent.llm.call import Address, Call, Finish, Model, Reply, Usage
from agent.llm.cassette import Recorder
from agent.memory.embedder import LazyEmbedder
from agent.prompting import Prompts
from agent.sync import run_sync
from tests.llm.loopback import Loopback, Request, Steps, whole

COMPETENCIES = ("communication", "trade_off_thinking")
RUBRIC = "small@1.0.0"
SAID = (
    "First, the point: we lose forty euros for every order that we decline wrongly in week {}.",
    "I would accept a little more fraud, because a lost customer costs us more than {} chargebacks.",
)

_ASKED = re.compile(r"(?:Now grade|Write only) ([a-z_, ]+?) (?:in the transcript|again)")
_CANDIDATE = re.compile(r"^\[(\d+)\] Candidate: (.+)$", re.MULTILINE)
_SPEAKS_FOR = re.compile(r"^# (\w+)\n[^#]*?^Speaks for it:\s+- ([\w-]+):", re.MULTILINE)


class World:
    """A folder with everything that a run reads. `items` goldens are in the split `dev`."""

    def __init__(self, root: Path, items: int = 4) -> None:
        self.root = root
        self.evals = root / "evals"
        for number in range(items):
            self._write(self.evals / f"goldens/dev/{name(number)}.yaml", _golden(number))
        ratings = [json.dumps(one) for number in range(items) for one in _ratings(number)]
        (self.evals / "goldens/ratings.jsonl").write_text("\n".join(ratings) + "\n", encoding="utf-8")
        self.library = library()

    def suite(self, judges: Mapping[str, Mapping[str, Any]], **more: Any) -> str:
        """Writes a suite of these judges; its name."""
        content = {"id": "small", "about": "For tests.", "goldens": [{"split": "dev"}], "rubric": RUBRIC, "judges": judges, **more}
        self._write(self.evals / "suites/small.yaml", content)
        return "small"

    def prepared(self, suite: str, at_once: int = 4, elsewhere: Elsewhere | None = None) -> Prepared:
        """The suite made ready."""
        read = read_suite(suite, self.evals)
        workshop = Workshop(self.evals, Prompts(self.library), LazyEmbedder(), at_once, elsewhere=elsewhere)
        return prepare(read, workshop, self.library.rubric(read.rubric))

    def run(self, suite: str, out: str = "out", at_once: int = 4, elsewhere: Elsewhere | None = None) -> RunReport:
        """Runs the suite in a folder of that name."""
        prepared = self.prepared(suite, at_once, elsewhere)
        with opened(self.root / out, prepared.plan) as folder:
            return run_sync(Runner(prepared, folder).run())

    def report(self, out: str = "out") -> bytes:
        """The report as it lies in the folder."""
        return (self.root / out / "report.json").read_bytes()

    def _write(self, file: Path, content: Any) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")


@cache
def library() -> Library:
    """The shipped library and the rubric of two competencies; read once."""
    folder = Path(mkdtemp(prefix="hotseat-library-"))
    atexit.register(rmtree, folder)
    file = folder / "rubrics/small/1.0.0.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump(_rubric(), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return Library((folder, shipped()))


def name(number: int) -> str:
    return f"orders-{number}"


def _rubric() -> dict[str, Any]:
    core = yaml.safe_load((shipped() / "rubrics/core/1.1.0.yaml").read_text(encoding="utf-8"))
    kept = [each for each in core["competencies"] if each["id"] in COMPETENCIES]
    return {"slug": "small", "version": "1.0.0", "title": "Two of twelve", "description": core["description"], "competencies": kept}


def _golden(number: int) -> dict[str, Any]:
    turns = [
        {turn: words}
        for said in SAID
        for turn, words in (
            ("interviewer", {"name": "Mara", "role": "product manager", "text": "Go on."}),
            ("candidate", said.format(number)),
        )
    ]
    about = {"id": name(number), "family": "orders", "format": "How", "kind": "answer", "profile": "plain", "title": f"Orders {number}"}
    return {**about, "turns": turns}


def _ratings(number: int) -> list[dict[str, Any]]:
    return [
        {"item": name(number), "competency": each, "rater": f"model-{rater}", "value": 1 + (number + rater + place) % 5}
        for place, each in enumerate(COMPETENCIES)
        for rater in (1, 2)
    ]


def asked_for(text: str) -> list[str]:
    """The competencies that a question asks for."""
    return str(_ASKED.findall(text)[-1]).split(", ")


def grades(text: str, repeat: int = 0) -> list[dict[str, Any]]:
    """An answer to a question: each competency at a level that depends on the talk and the repeat, with a quote from it."""
    turn, words = _CANDIDATE.findall(text)[0]
    indicators = dict(_SPEAKS_FOR.findall(text))
    return [
        {
            "competency": each,
            "evidence": [{"turn": int(turn), "quote": words.strip(), "indicator": indicators[each], "supports": True}],
            "missing": ["It names no fallback."],
            "reasoning": "It is said.",
            "state": "scored",
            "level": 1 + int(hashlib.sha256(f"{words}/{each}/{repeat % 2}".encode()).hexdigest(), 16) % 5,
            "confidence": 0.8,
        }
        for each in asked_for(text)
    ]


def answered(call: Call) -> str:
    """What the judge that always knows an answer says to a call."""
    return json.dumps({"grades": grades("\n".join(message["content"] for message in call.messages), call.repeat)})


class Knowing(Model):
    """That judge as a model of this process."""

    address = Address("openai", "judge")

    async def ask(self, call: Call) -> AsyncIterator[str | Reply]:
        text = answered(call)
        yield text
        yield Reply(text, Finish.STOP, Usage(1000, 50, 400), "judge-2026-01")


def record(world: World, folder: str, *, repeats: int = 1, items: int | None = None) -> dict[str, Any]:
    """Records that judge's answers about the first goldens; the judge of a suite that plays them."""
    prepared = world.prepared(world.suite({"embedded": {"model": "embedded"}}))
    judge = ModelJudge(Prompts(world.library), Recorder(Knowing(), world.evals / folder), repeats=repeats)

    async def recorded() -> None:
        for golden in prepared.goldens[:items]:
            await judge.grade(golden.transcript, prepared.rubric)

    run_sync(recorded())
    return {"model": f"cassette:{folder}", **({"repeats": repeats} if repeats > 1 else {})}


Fault = Callable[[str, int], Steps | None]
"""What to send instead of an answer: for the words of a question, and how often the same was asked before; None for the answer."""


class JudgeServer(Loopback):
    """A server behind which that judge sits, and which fails as it is told to."""

    def __init__(self, fault: Fault = lambda words, before: None) -> None:
        super().__init__()
        self.fault = fault
        self.answered = 0
        self._asked: dict[str, int] = {}

    def forget(self) -> None:
        """Fails no more, and has been asked nothing."""
        self.fault = lambda words, before: None
        self._asked.clear()

    def _reply(self, request: Request) -> Steps:
        words = "\n".join(message["content"] for message in request.body["messages"])
        before = self._asked.get(words, 0)
        self._asked[words] = before + 1
        if fault := self.fault(words, before):
            return fault
        self.answered += 1
        return whole(json.dumps({"grades": grades(words)}))


def at(server: Loopback, **more: Any) -> dict[str, Any]:
    """A judge of a suite that asks a server; it waits briefly."""
    return {"model": f"openai/judge@{server.base_url}", "attempt_timeout": 0.4, "total_timeout": 6, **more}


def states(report: RunReport, judge: str = "model") -> Sequence[int]:
    """How many verdicts are scored, not observed, abstained and instrument errors."""
    counts = report.judges[judge].counts
    return counts.scored, counts.not_observed, counts.abstained, counts.instrument_error
