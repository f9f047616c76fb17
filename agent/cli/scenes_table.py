"""What a report on simulated sessions looks like in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.scenes.contrast import Contrast, Interval
    from agent.evaluation.scenes.report import SceneFinding, SceneReport, Table

ROW = "{:<24}{:>8}  {:<13}{:>8}  {:<15}{:>7}{:>7}  {}"
HEAD = ROW.format("scene", "AUC", "95% interval", "gap/sd", "95% interval", "strong", "weak", "verdict")
TALK = "{:<24}{:<12}{:>8}{:>8}{:>8}{:>7}{:>8}{:>7}  {}"
TALK_HEAD = TALK.format("scene", "candidate", "answers", "beats", "facts", "moved", "cut in", "score", "twists ignored")
STYLE: Mapping[str, str] = {"held": "", "failed": "bold red", "unsure": "yellow", "not_run": "bold red"}


def show(report: SceneReport, screen: Screen) -> None:
    """The tables, then what needs a word, then the counts and the command that shows it again."""
    strong, weak = report.suite.strong, report.suite.weak
    screen.text(f"{report.played:,} sessions, judge {report.judge}, rubric {', '.join(report.rubrics)}, seeds 1 to {report.suite.seeds}")
    screen.text(f"\n{HEAD}", style="bold")
    for scene in report.scenes:
        screen.text(_row(scene), style=STYLE[scene.overall.outcome.value] if scene.overall else "dim")
    screen.text(f"\n{TALK_HEAD}", style="bold")
    for scene in report.scenes:
        for table in scene.tables:
            screen.text(_talk(scene, table))
    screen.text()
    for line in _remarks(report):
        screen.text(line)
    screen.note(
        f"AUC: how often a {strong} session scores higher than a {weak} one, ties by half; has to be at least {report.suite.least:g}."
    )
    if report.suite.seeds < report.least_seeds and any(scene.overall for scene in report.scenes):
        screen.note(f"{report.suite.seeds} seeds are too few to tell: with {report.least_seeds} a scene that always separates is sure to.")
    screen.note(
        f"{report.planned:,} sessions planned, {report.played:,} played: {report.scored:,} with a score, {report.unscored:,} without."
    )
    screen.note(f"The same again: {report.reproduce}")


def _row(scene: SceneFinding) -> str:
    overall = scene.overall
    if overall is None:
        return f"{scene.scenario:<24}{'–':>8}  {scene.untold}"
    figures = (_figure(overall.auc), _interval(overall.auc_interval), _figure(overall.distance, 1), _interval(overall.distance_interval, 1))
    means = (_figure(overall.strong_mean), _figure(overall.weak_mean))
    return ROW.format(scene.scenario, *figures, *means, overall.outcome.value.replace("_", " "))


def _talk(scene: SceneFinding, table: Table) -> str:
    ignored = [f"{twist.twist} {twist.ignored[table.candidate]}" for twist in scene.twists if table.candidate in twist.ignored]
    counts = (f"{table.turns:.1f}", f"{table.beats:.0%}", f"{table.told:.0%}", str(table.moved), str(sum(table.cuts.values())))
    return TALK.format(scene.scenario, table.candidate, *counts, _figure(table.score), ", ".join(ignored)).rstrip()


def _remarks(report: SceneReport) -> Iterator[str]:
    """What must not be, what lies below the bound, and what a scene aims at and does not bring out."""
    for scene in report.scenes:
        yield from (f"Wrong: {scene.scenario}, {problem}." for problem in scene.problems)
    for scene in report.below:
        yield f"Below the bound: {scene.scenario}."
    for scene in report.scenes:
        yield from (f"{scene.scenario}: {remark}" for one in scene.contrasts[1:] if (remark := _remark(one, report)))


def _remark(contrast: Contrast, report: SceneReport) -> str:
    """A word on a competency that the scene aims at; nothing where there is none to say."""
    if not contrast.strong:
        return f"{contrast.what} is never scored for {report.suite.strong}, and the scene aims at it."
    if contrast.is_below(report.suite.least):
        return f"{contrast.what} does not tell the two apart, AUC {contrast.auc:.2f}."
    return ""


def _figure(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _interval(interval: Interval | None, digits: int = 2) -> str:
    return "–" if interval is None else f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"
