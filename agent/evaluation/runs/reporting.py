"""The report of a run from what its folder holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from agent.evaluation.probes.finding import Finding
from agent.evaluation.ratings import Levels, reference
from agent.evaluation.runs.counts import counted
from agent.evaluation.runs.figures import ALL, agreement
from agent.evaluation.runs.folder import RunFolder
from agent.evaluation.runs.gates import decide
from agent.evaluation.runs.judgement import Calls
from agent.evaluation.runs.paths import find
from agent.evaluation.runs.prepared import Prepared
from agent.evaluation.runs.raters import against, among, repeated
from agent.evaluation.runs.reading import Run
from agent.evaluation.runs.run_report import JudgeResult, RunReport, ending
from agent.evaluation.runs.suite import EMBEDDED
from agent.rubric import Rubric
from agent.verdict import GradeReport, State, Verdict

T = TypeVar("T")
FITTED = ("train", "dev")
FITTED_TO = "The embedded judge was fitted to goldens of train and dev: on new talks it agrees less than it does here."
REASONS = 3
"""So many reasons for instrument errors are told."""

Findings = Mapping[str, Sequence[Finding]]
"""What the probes found, by judge."""


class _Gathered(NamedTuple):
    """What of a judge's judgements its figures need: verdicts by item and competency, without their words."""

    verdicts: dict[str, dict[str, Verdict]]
    models: Counter[str]


def reported(prepared: Prepared, folder: RunFolder | Run, findings: Findings) -> RunReport:
    """The report. It holds nothing that depends on when and how often the run was interrupted."""
    levels = reference(prepared.ratings)
    raters = _ordered(among(prepared.ratings), prepared.rubric)
    asked = _asked(folder)
    judges = {name: _result(name, prepared, folder, findings.get(name, ()), levels, asked[name]) for name in prepared.judges}
    gates = decide(prepared.suite.gates, lambda path: find(path, judges, raters))
    return RunReport(
        plan=prepared.plan,
        provenance=dict(sorted(Counter(golden.provenance for golden in prepared.goldens).items())),
        raters=raters,
        judges=judges,
        gates=gates,
        notes=(*_fitted(prepared), *_changed(judges), *(note for name in judges for note in _failures(name, folder))),
        outcome=ending(judges, gates, prepared.suite.instrument_errors),
    )


def _result(
    name: str, prepared: Prepared, folder: RunFolder | Run, findings: Sequence[Finding], levels: Levels, asked: _Asked
) -> JudgeResult:
    gathered = _gathered(folder, name)
    plan = prepared.plan
    return JudgeResult(
        id=prepared.judges[name].judge.id,
        models=dict(sorted(gathered.models.items())),
        counts=counted(
            gathered.verdicts,
            items=len(plan.items),
            left_out=len(plan.left_out.get(name, ())),
            competencies=len(prepared.rubric.competencies),
        ),
        probe_gradings=asked.gradings - len(gathered.verdicts),
        calls=asked.calls,
        agreement=_ordered(agreement(gathered.verdicts, levels), prepared.rubric) if levels else {},
        against=against(f"judge:{name}", gathered.verdicts, prepared.ratings),
        repeats=_ordered(repeated(gathered.verdicts), prepared.rubric),
        findings=tuple(findings),
    )


def _ordered(rows: Mapping[str, T], rubric: Rubric) -> dict[str, T]:
    """Rows of competencies in the order of the rubric, whichever came first; what it does not know stays where it was, at the end."""
    names = (ALL, *(each.id for each in rubric.competencies))
    return {name: rows[name] for name in (*names, *(name for name in rows if name not in names)) if name in rows}


class _Asked(NamedTuple):
    """All gradings of a judge, of items and for probes."""

    gradings: int = 0
    calls: Calls = Calls()


def _asked(folder: RunFolder | Run) -> dict[str, _Asked]:
    asked = {name: _Asked() for name in folder.plan.judges}
    for judgement in folder.judgements():
        before = asked[judgement.judge]
        asked[judgement.judge] = _Asked(before.gradings + 1, before.calls + judgement.calls)
    return asked


def _gathered(folder: RunFolder | Run, judge: str) -> _Gathered:
    verdicts: dict[str, dict[str, Verdict]] = {}
    models: Counter[str] = Counter()
    for judgement in folder.of_items(judge):
        verdicts[judgement.item] = {name: _bare(verdict) for name, verdict in judgement.report.verdicts.items()}
        models.update(_models(judgement.report))
    return _Gathered(verdicts, models)


def _failures(judge: str, folder: RunFolder | Run) -> Iterator[str]:
    """The commonest reasons for instrument errors, each with how often it was given and an item."""
    reasons: Counter[str] = Counter()
    first: dict[str, str] = {}
    for judgement in folder.of_items(judge):
        for verdict in judgement.report.verdicts.values():
            if verdict.state is State.INSTRUMENT_ERROR:
                reason = verdict.reasoning.split("\n")[0]
                reasons[reason] += 1
                first.setdefault(reason, judgement.item)
    for reason, count in reasons.most_common(REASONS):
        yield f"{judge}: {count} of its verdicts failed, first on {first[reason]!r}: {reason}"


def _bare(verdict: Verdict) -> Verdict:
    """A verdict without its words, so that many of them fit in memory."""
    opinions = tuple(opinion.model_copy(update={"reasoning": ""}) for opinion in verdict.opinions)
    return verdict.model_copy(update={"evidence": (), "missing": (), "reasoning": "", "opinions": opinions})


def _models(report: GradeReport) -> Sequence[str]:
    """The names that the models gave themselves."""
    found: Sequence[str] = report.judge.parameters.get("model", ())
    return found


def _fitted(prepared: Prepared) -> Sequence[str]:
    """What to say of an embedded judge on what it was fitted to."""
    is_fitted = any(choice.split in FITTED for choice in prepared.suite.goldens)
    is_embedded = any(judge.model == EMBEDDED for judge in prepared.suite.judges.values())
    return [FITTED_TO] if is_fitted and is_embedded else []


def _changed(judges: Mapping[str, JudgeResult]) -> Sequence[str]:
    return [
        f"The model behind {name!r} gave itself several names ({', '.join(judge.models)}): it changed on the way."
        for name, judge in judges.items()
        if len(judge.models) > 1
    ]
