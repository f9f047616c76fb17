"""A run's report once more, from its plan, its kept gradings, the goldens and the ratings. No judge is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from agent.errors import InputError
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Finding
from agent.evaluation.replay.kept import KeptJudge, lost
from agent.evaluation.runs.judgement import Judgement
from agent.evaluation.runs.judges import Made
from agent.evaluation.runs.lines import Lines
from agent.evaluation.runs.plan import Plan
from agent.evaluation.runs.prepared import Prepared, prepare_with
from agent.evaluation.runs.reading import Run
from agent.evaluation.runs.reporting import reported
from agent.evaluation.runs.run_report import RunReport
from agent.evaluation.runs.runner import drawn
from agent.library import Library
from agent.sync import run_sync


def recomputed(run: Run, evals: Path, library: Library) -> RunReport:
    """The report that follows from what the run has kept.

    Raises:
        InputError: something that the figures come from has changed since, or is gone.
    """
    with run.lines() as lines:
        _require_items(run.plan, lines)
        prepared = _prepared(run, lines, evals, library)
        findings = {name: run_sync(_findings(name, prepared, lines)) for name in run.plan.judges}
        return reported(prepared, run, findings)


def _require_items(plan: Plan, lines: Lines[Judgement]) -> None:
    """Sees that every grading of an item as it is was kept; those for probes are looked up when they are needed."""
    for judge in plan.judges:
        for item in plan.items_of(judge):
            if plan.key(judge, item) not in lines:
                raise lost(lines, item, judge)


def _prepared(run: Run, lines: Lines[Judgement], evals: Path, library: Library) -> Prepared:
    """The suite as the run planned it, with judges that say what is kept."""
    plan = run.plan
    judges = {name: Made(KeptJudge(lines, plan, name), inputs) for name, inputs in plan.judges.items()}
    rubric = library.rubric(f"{plan.rubric.id}@{plan.rubric.version}")
    prepared = prepare_with(judges, plan.suite, evals, rubric)
    changed = _changed(plan, prepared.plan.model_copy(update={"left_out": plan.left_out}))
    if changed:
        raise InputError(f"what the run's figures come from is not what it was: {', '.join(changed)}; run the suite again")
    return replace(prepared, plan=plan)


def _changed(plan: Plan, now: Plan) -> list[str]:
    return [*plan.changes(now), *(["the ratings"] if plan.ratings != now.ratings else [])]


async def _findings(name: str, prepared: Prepared, lines: Lines[Judgement]) -> Sequence[Finding]:
    """What the probes find in what one judge said."""
    asked = prepared.suite.probes
    if asked is None or name not in asked.judges:
        return ()
    own = set(prepared.plan.items_of(name))
    goldens = drawn([golden for golden in prepared.goldens if golden.id in own], asked)
    judge = KeptJudge(lines, prepared.plan, name)
    bench = Bench(judge, prepared.rubric, goldens, prepared.evals, seed=asked.seed, limit=asked.limit, again=judge.again(), at_once=1)
    return [await probe.run(bench) for probe in prepared.probes]
