"""What a report on simulated sessions looks like in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from agent.cli.columns import Column, Row, show_table
from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.scenes.contrast import Interval, PairFinding
    from agent.evaluation.scenes.report import SceneFinding, SceneReport, Table

SCENES = (
    Column("scene", is_text=True),
    Column("AUC"),
    Column("95% interval", is_text=True),
    Column("gap/sd"),
    Column("its interval", goes=1, is_text=True),
    Column("verdict", is_text=True),
)
TALKS = (
    Column("scene", is_text=True),
    Column("candidate", is_text=True),
    Column("answers", goes=1),
    Column("beats"),
    Column("facts"),
    Column("moved"),
    Column("cut in"),
    Column("score"),
    Column("ignored"),
)
STYLE: Mapping[str, str] = {"held": "", "failed": "bold red", "unsure": "yellow", "not_run": "bold red"}


def show(report: SceneReport, screen: Screen) -> None:
    """The tables, then what needs a word, then the counts and the command that shows it again."""
    screen.text(
        f"{counted(report.played, 'session')}, judge {report.judge}, rubric {', '.join(report.rubrics)}, {_seeds(report.suite.seeds)}"
    )
    for place, pair in enumerate(report.suite.pairs):
        screen.text(f"\n{pair}", style="bold")
        show_table(SCENES, [_row(scene, scene.pairs[place]) for scene in report.scenes], screen)
    show_table(TALKS, [_talk(scene, table) for scene in report.scenes for table in scene.tables], screen)
    screen.text()
    for line in _remarks(report):
        screen.text(line)
    for line in _notes(report):
        screen.note(line)


def _row(scene: SceneFinding, pair: PairFinding) -> Row:
    overall = pair.overall
    if overall is None:
        return Row((scene.scenario, "–", *[""] * 4), "dim", pair.untold)
    figures = (_figure(overall.auc), _interval(overall.auc_interval), _figure(overall.distance, 1), _interval(overall.distance_interval, 1))
    return Row((scene.scenario, *figures, overall.outcome.value.replace("_", " ")), STYLE[overall.outcome.value])


def _talk(scene: SceneFinding, table: Table) -> Row:
    ignored = sum(twist.ignored.get(table.candidate, 0) for twist in scene.twists)
    counts = (f"{table.turns:.1f}", f"{table.beats:.0%}", f"{table.told:.0%}", str(table.moved), str(sum(table.cuts.values())))
    return Row((scene.scenario, table.candidate, *counts, _figure(table.score), str(ignored)))


def _remarks(report: SceneReport) -> Iterator[str]:
    """What must not be, what lies below the bound, and what a scene aims at and does not bring out."""
    for scene in report.scenes:
        yield from (f"Wrong: {scene.scenario}, {problem}." for problem in scene.problems)
    for scene, pair in report.below:
        yield f"Below the bound: {scene.scenario}, {pair.strong} above {pair.weak}."
    for scene in report.scenes:
        for pair in scene.pairs:
            yield from _unscored(scene, pair, report)
            yield from _alike(scene, pair, report)


def _unscored(scene: SceneFinding, pair: PairFinding, report: SceneReport) -> Iterator[str]:
    """Competencies that the scene aims at and that even the best candidate has no score in."""
    if pair.strong in report.suite.top:
        for one in pair.contrasts[1:]:
            if not one.strong:
                yield f"{scene.scenario}: {one.what} is never scored for {pair.strong}, and the scene aims at it."


def _alike(scene: SceneFinding, pair: PairFinding, report: SceneReport) -> Iterator[str]:
    """Competencies that do not tell the two apart, with the AUC of each."""
    found = [f"{one.what} {_figure(one.auc)}" for one in pair.contrasts[1:] if one.is_below(report.suite.least)]
    if found:
        yield f"{scene.scenario}: {pair.strong} is not told from {pair.weak} by {', '.join(found)}."


def _notes(report: SceneReport) -> Iterator[str]:
    least = f"has to be at least {report.suite.least:g}"
    yield f"AUC: how often a session of the first scores higher than one of the second, ties by half; {least}."
    yield "Ignored: news that the candidate never took up, over all sessions."
    if report.suite.seeds < report.least_seeds and any(pair.overall for scene in report.scenes for pair in scene.pairs):
        few = "1 seed is" if report.suite.seeds == 1 else f"{report.suite.seeds} seeds are"
        yield f"{few} too few to tell: with {report.least_seeds} a scene that always separates is sure to."
    planned = counted(report.planned, "session")
    yield f"{planned} planned, {report.played:,} played: {report.scored:,} with a score, {report.unscored:,} without."
    yield f"The same again: {report.reproduce}"


def _seeds(last: int) -> str:
    return "seed 1" if last == 1 else f"seeds 1 to {last}"


def _figure(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _interval(interval: Interval | None, digits: int = 2) -> str:
    return "–" if interval is None else f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"
