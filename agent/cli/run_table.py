"""A run's report on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.cli.screen import Screen

if TYPE_CHECKING:
    from agent.evaluation.probes.finding import Finding
    from agent.evaluation.runs.figures import Row
    from agent.evaluation.runs.gates import GateResult
    from agent.evaluation.runs.interval import Interval
    from agent.evaluation.runs.run_report import JudgeResult, RunReport

HEAD = f"{'':<26}{'both':>6}{'QWK':>7}  {'95% interval':<15}{'MAE':>6}{'bias':>7}{'observed':>10}{'ceiling':>9}"
STYLE: Mapping[str, str] = {"failed": "bold red", "unsure": "yellow", "not_run": "yellow", "held": ""}


def show(report: RunReport, screen: Screen) -> None:
    """Judges with their agreement, probes and gates, and the outcome."""
    plan = report.plan
    screen.text(f"Suite {plan.suite.id}, {len(plan.items)} items, rubric {plan.rubric.id}@{plan.rubric.version}, Hotseat {plan.package}")
    for name, judge in report.judges.items():
        _judge(name, judge, report, screen)
    for result in report.gates:
        _gate(result, screen)
    for note in report.notes:
        screen.note(note)
    screen.text()
    screen.text(OUTCOMES[report.outcome.value], style="bold" if report.outcome == "held" else "bold red")


OUTCOMES: Mapping[str, str] = {
    "held": "Held: no gate and no probe failed.",
    "failed": "Failed: a gate or a probe did.",
    "broken": "Broken: more verdicts are instrument errors than the suite allows, or a probe had nothing to compare.",
}


def _judge(name: str, judge: JudgeResult, report: RunReport, screen: Screen) -> None:
    counts = judge.counts
    screen.text()
    screen.text(f"{name} ({judge.id})", style="bold")
    left_out = f", {counts.left_out:,} left out because nothing of them is recorded" if counts.left_out else ""
    screen.text(
        f"{counts.judged:,} items{left_out}; {counts.planned:,} verdicts: {counts.scored:,} scored, {counts.not_observed:,} not observed, "
        f"{counts.abstained:,} abstained, {counts.instrument_error:,} instrument errors; {judge.probe_gradings:,} more gradings for probes"
    )
    if judge.agreement:
        screen.text("\n" + HEAD, style="bold")
        for competency, row in judge.agreement.items():
            screen.text(_row(competency, row, report))
    for side, rows in (("against", {rater: each.figures for rater, each in judge.against.items()}),):
        if rows:
            told = ", ".join(f"{rater} {_figure(figures['qwk'], 2)}" for rater, figures in rows.items())
            screen.note(f"QWK {side} each rater: {told}")
    if judge.repeats:
        own = judge.repeats["all"]
        screen.note(
            f"Its own answers, {own.sides} to a question: exact {_figure(own.figures['exact'], 3)}, QWK {_figure(own.figures['qwk'], 3)}"
        )
    for finding in judge.findings:
        screen.text(_finding(finding), style=STYLE[finding.outcome.value])


def _row(competency: str, row: Row, report: RunReport) -> str:
    among = report.raters.get(competency)
    ceiling = among.figures["ceiling_qwk"] if among else None
    figures = f"{_figure(row.mae, 2):>6}{_figure(row.bias, 2):>7}{_figure(row.observed, 2):>10}{_figure(ceiling, 2):>9}"
    return f"{competency:<26}{row.both:>6}{_figure(row.qwk, 2):>7}  {_interval(row.ci.get('qwk')):<15}{figures}"


def _finding(finding: Finding) -> str:
    return (
        f"probe {finding.probe:<20}{_figure(finding.estimate, 3):>8}  {_interval(finding.interval):<15}"
        f"{finding.outcome.value.replace('_', ' ')}"
    )


def _gate(result: GateResult, screen: Screen) -> None:
    from agent.evaluation.runs.junit import told

    word = result.outcome.value.replace("_", " ")
    screen.text(f"gate {result.gate.figure}: {word}. {told(result)}", style=STYLE[result.outcome.value])


def _interval(interval: Interval | None) -> str:
    return f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else ""


def _figure(value: float | None, digits: int) -> str:
    return "–" if value is None else format(value, f".{digits}f")
