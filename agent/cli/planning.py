"""`hotseat evals plan`: how many judges and repeats a wanted reliability takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.columns import Column, Row, show_table

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.comparing.planning import RepeatPlan, Source
    from agent.evaluation.comparing.reach import Cell
    from agent.evaluation.statistics.generalizability import Components

SOURCES = (
    Column("", is_text=True),
    Column("items"),
    Column("judges", goes=1),
    Column("repeats", goes=2),
    Column("σ² item"),
    Column("σ² judge"),
    Column("σ² both"),
    Column("σ² repeat"),
    Column("Eρ² once"),
)
SIGN = {"relative": "Eρ²", "absolute": "Φ"}
TELLS = {"relative": "keeps the order of items", "absolute": "gives the level itself"}


def plan(
    sources: Annotated[
        list[Path], typer.Argument(metavar="RUN...|RATINGS", help="Runs with repeats or several judges, or JSON lines of ratings.")
    ],
    wanted: Annotated[float, typer.Option("--reliability", min=0.01, max=0.99, help="What is to be reached.")] = 0.8,
    cost: Annotated[
        float | None,
        typer.Option("--cost-per-grading", min=0, help="US dollars for one judge asked once about a talk; what the runs took without it."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Fixes the draws.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Tell how many judges and repeats reach a wanted reliability, the cheapest way, and when none does.

    Exits with 0, or with 2 if the data cannot tell.
    """
    from agent.cli.setup import Options, make_screen
    from agent.evaluation.comparing.answers import read_answers
    from agent.evaluation.comparing.planning import plan as planned

    answers = read_answers(sources)
    price = answers.cost or None if cost is None else cost
    found = planned(answers.ratings, wanted=wanted, cost=price, seed=seed, damage=answers.damage)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        _show(found, make_screen(Options(plain=plain)))
    raise typer.Exit(found.exit_code)


def _show(found: RepeatPlan, screen: Screen) -> None:
    _sources(found, screen)
    if found.components:
        screen.heading("Where differences come from")
        screen.text(_variances(found.components))
    for answer in found.answers:
        screen.heading(f"{SIGN[answer.kind]}, {answer.kind}: {TELLS[answer.kind]}")
        _grid(found.cells, answer.kind, screen)
        screen.text(answer.told, style="bold")
    for note in found.notes:
        screen.note(note)


def _sources(found: RepeatPlan, screen: Screen) -> None:
    show_table(SOURCES, [_row(name, source) for name, source in found.sources.items()], screen)


def _row(name: str, source: Source) -> Row:
    parts = source.components
    figures = (parts.item, parts.judge, parts.interaction, parts.repeat) if parts else (None,) * 4
    once = source.once.relative if source.once else None
    return Row((name, str(source.items), str(len(source.judges)), str(source.repeats), *map(_figure, (*figures, once))))


def _variances(found: Components) -> str:
    parts = {"items": found.item, "judges": found.judge, "items × judges": found.interaction, "repeats": found.repeat}
    total = sum(value or 0.0 for value in parts.values())
    told = [f"{name} {value:.3f} ({value / total:.0%})" if value is not None and total else f"{name} –" for name, value in parts.items()]
    return f"Variance in squared levels: {', '.join(told)}."


def _grid(cells: Sequence[Cell], kind: str, screen: Screen) -> None:
    repeats = sorted({cell.repeats for cell in cells})
    values = {(cell.judges, cell.repeats): getattr(cell.reliability, kind) for cell in cells}
    screen.text(f"{'repeats':<12}" + "".join(f"{each:>7}" for each in repeats), style="bold")
    for judges in sorted({cell.judges for cell in cells}):
        row = "".join(f"{_figure(values[judges, each]):>7}" for each in repeats)
        screen.text(f"{judges} judge{' ' if judges == 1 else 's'}     {row}")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
