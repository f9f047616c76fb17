"""Everything that a page shows of a run, in words and places, before any format."""

from __future__ import annotations

from dataclasses import dataclass

from agent.evaluation.page import provenance
from agent.evaluation.page.cases import CaseView, furthest, shown
from agent.evaluation.page.confusion import Matrix, confusion
from agent.evaluation.page.dots import Dots, dots
from agent.evaluation.page.forest import Row as ProbeRow
from agent.evaluation.page.forest import forest
from agent.evaluation.page.material import Material
from agent.evaluation.page.moved import Moved, moved
from agent.evaluation.page.reliability import Reliability, reliability
from agent.evaluation.page.words import figure, interval
from agent.evaluation.replay.result import Replayed
from agent.evaluation.runs.counts import told
from agent.evaluation.runs.figures import ALL
from agent.evaluation.runs.headline import headline
from agent.evaluation.runs.reading import Run
from agent.evaluation.runs.run_report import JudgeResult, RunReport
from agent.prose import clean
from agent.report.measures import Row


@dataclass(frozen=True)
class JudgeView:
    """One judge. `matrix` and `reliability` are None where nobody's ratings can be held against it."""

    name: str
    result: JudgeResult
    counts: str
    matrix: Matrix | None
    reliability: Reliability | None
    probes: tuple[ProbeRow, ...]
    pins: tuple[Row, ...]


@dataclass(frozen=True)
class MovedView:
    """What moved since the baseline."""

    moved: Moved
    about: str
    cases: list[CaseView]


@dataclass(frozen=True)
class PageView:
    """The whole page."""

    report: RunReport
    headline: str
    summary: tuple[str, ...]
    not_human: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    names: dict[str, str]
    dots: Dots
    judges: tuple[JudgeView, ...]
    furthest: list[CaseView]
    moved: MovedView | None
    pins: tuple[Row, ...]
    files: tuple[Row, ...]
    replayed: Replayed


def view(material: Material, replayed: Replayed, baseline: Run | None) -> PageView:
    """What a page shows of a run.

    Raises:
        InputError: the run has not ended.
    """
    report = material.run.report
    rows = dict.fromkeys((*(name for judge in report.judges.values() for name in judge.agreement), *report.raters))
    return PageView(
        report=report,
        headline=headline(report),
        summary=tuple(_summary(report)),
        not_human=provenance.not_human(report, material.ratings),
        missing=tuple(map(clean, material.missing)),
        notes=tuple(map(clean, report.notes)),
        names={name: material.name(name) for name in rows},
        dots=dots(report, material),
        judges=tuple(_judge(name, report, material) for name in report.judges),
        furthest=shown(furthest(material), material),
        moved=_moved(material, baseline) if baseline else None,
        pins=provenance.pins(report, material.ratings),
        files=provenance.files(report),
        replayed=replayed,
    )


def _summary(report: RunReport) -> list[str]:
    """Each judge's agreement in a sentence, and that of the raters beside it."""
    told = []
    for name, judge in report.judges.items():
        row = judge.agreement.get(ALL)
        if row and row.qwk is not None:
            told.append(
                f"{clean(name)} agrees with the raters at a quadratic kappa of {figure(row.qwk, 2)}{_in_brackets(row.ci.get('qwk'))}."
            )
    among = report.raters.get(ALL)
    if among and among.figures["qwk"] is not None:
        ceiling = among.figures["ceiling_qwk"]
        told.append(
            f"Two raters agree with each other at {figure(among.figures['qwk'], 2)}{_in_brackets(among.ci.get('qwk'))}, "
            f"one with the median of the others at {figure(ceiling, 2)}, which is the noise ceiling."
        )
    return told


def _in_brackets(ci: tuple[float, float] | None) -> str:
    return f" ({interval(ci, 2)})" if ci else ""


def _judge(name: str, report: RunReport, material: Material) -> JudgeView:
    result = report.judges[name]
    units = list(material.units(name)) if material.levels else []
    return JudgeView(
        name=clean(name),
        result=result,
        counts=f"{told(result.counts, result.probe_gradings)}.",
        matrix=confusion(units) if units else None,
        reliability=reliability(units) if any(unit.gap is not None for unit in units) else None,
        probes=forest(result.findings),
        pins=provenance.judge_pins(name, report),
    )


def _moved(material: Material, baseline: Run) -> MovedView:
    found, plan = moved(material.run, baseline), baseline.plan
    about = f"suite {plan.suite.id}, rubric {plan.rubric.id}@{plan.rubric.version}, Hotseat {plan.package}"
    return MovedView(found, clean(about), shown(found.cases, material))
