"""A run's report on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agent.cli.columns import Column, Row, show_table
from agent.cli.screen import Screen
from agent.counted import counted

if TYPE_CHECKING:
    from agent.evaluation.probes.finding import Finding
    from agent.evaluation.runs.figures import Row as Figures
    from agent.evaluation.runs.gates import GateResult
    from agent.evaluation.runs.interval import Interval
    from agent.evaluation.runs.run_report import JudgeResult, RunReport

COLUMNS = (
    Column("", is_text=True),
    Column("both", goes=1),
    Column("QWK"),
    Column("95% interval", is_text=True),
    Column("MAE"),
    Column("bias", goes=3),
    Column("observed", goes=2),
    Column("ceiling", goes=4),
)
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
        show_table(COLUMNS, [_row(competency, row, report) for competency, row in judge.agreement.items()], screen)
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


def _row(competency: str, row: Figures, report: RunReport) -> Row:
    among = report.raters.get(competency)
    ceiling = among.figures["ceiling_qwk"] if among else None
    figures = [_figure(value, 2) for value in (row.mae, row.bias, row.observed, ceiling)]
    return Row((competency, f"{row.both:,}", _figure(row.qwk, 2), _interval(row.ci.get("qwk")), *figures))


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
