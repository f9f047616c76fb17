"""A run's report on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.cli.screen import Screen
from agent.counted import counted

if TYPE_CHECKING:
    from agent.evaluation.probes.finding import Finding
    from agent.evaluation.runs.figures import Row
    from agent.evaluation.runs.gates import GateResult
    from agent.evaluation.runs.interval import Interval
    from agent.evaluation.runs.run_report import JudgeResult, RunReport

HEAD = f"{'':<23}{'both':>5}{'QWK':>6}  {'95% interval':<13}{'MAE':>6}{'bias':>6}{'observed':>9}{'ceiling':>8}"
STYLE: Mapping[str, str] = {"failed": "bold red", "unsure": "yellow", "not_run": "yellow", "held": ""}


def show(report: RunReport, screen: Screen) -> None:
    """Judges with their agreement, probes and gates, and the outcome."""
    from agent.evaluation.runs.headline import headline

    plan = report.plan
    screen.text(
        f"Suite {plan.suite.id}, {counted(len(plan.items), 'item')}, rubric {plan.rubric.id}@{plan.rubric.version}, Hotseat {plan.package}"
    )
    for name, judge in report.judges.items():
        _judge(name, judge, report, screen)
    for result in report.gates:
        _gate(result, screen)
    for note in report.notes:
        screen.note(note)
    screen.text()
    screen.text(headline(report), style="bold" if report.outcome == "held" else "bold red")


def _judge(name: str, judge: JudgeResult, report: RunReport, screen: Screen) -> None:
    from agent.evaluation.runs.counts import told as counts_told

    screen.text()
    screen.text(f"{name} ({judge.id})", style="bold")
    screen.text(counts_told(judge.counts, judge.probe_gradings))
    if judge.agreement:
        screen.text("\n" + HEAD, style="bold")
        for competency, row in judge.agreement.items():
            screen.text(_row(competency, row, report))
    if judge.against:
        kappas = [each.figures["qwk"] for each in judge.against.values() if each.figures["qwk"] is not None]
        told = f"{min(kappas):.2f} to {max(kappas):.2f}" if kappas else "undefined"
        screen.note(f"QWK with each of {counted(len(judge.against), 'rater')}: {told}; each is in the JSON.")
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
    figures = f"{_figure(row.mae, 2):>6}{_figure(row.bias, 2):>6}{_figure(row.observed, 2):>9}{_figure(ceiling, 2):>8}"
    return f"{competency:<23}{row.both:>5}{_figure(row.qwk, 2):>6}  {_interval(row.ci.get('qwk')):<13}{figures}"


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
