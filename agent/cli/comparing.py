"""`hotseat evals compare`: two gradings of the same items, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.columns import Column, Row, show_table
from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.comparing.comparison import Comparison
    from agent.evaluation.comparing.references import Against
    from agent.evaluation.comparing.shift import Shift
    from agent.evaluation.ratings import Levels

SHIFTS = (
    Column("", is_text=True),
    Column("both", goes=3),
    Column("shift"),
    Column("95% interval", goes=1, is_text=True),
    Column("p"),
    Column("seen", goes=2),
    Column("levels"),
    Column("", is_text=True),
)
AGAINST = (
    Column("against the raters", is_text=True),
    Column("both", goes=2),
    Column("QWK"),
    Column("mean error", goes=1),
    Column("nearer or farther", is_text=True),
)
NONE = "–"
NOTE = (
    "p is corrected for the number of rows. Seen: the shift that so many items, varying so much, would have shown in four of five cases; "
    "– where nothing varies, or with fewer than five items."
)
STYLE = {"moved": "bold red", "unsure": "yellow", "same": ""}
FEW = 5
RATINGS = Path("evals/goldens/ratings.jsonl")


class By(StrEnum):
    """What rows are shown for."""

    COMPETENCY = "competency"


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A run's folder, a folder of reports as JSON, or JSON lines of reports.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The same items graded again, in any of these forms.")],
    margin: Annotated[float, typer.Option(min=0, help="A shift up to so many levels does not matter.")] = 0.1,
    by: Annotated[By | None, typer.Option(help="A row for each competency, also for those that stayed the same.")] = None,
    judge: Annotated[str | None, typer.Option("--judge", help="Of several judges this one; all that both sides have without it.")] = None,
    ratings: Annotated[
        Path | None, typer.Option("--ratings", help=f"What raters said of the items; {RATINGS} where it is there, without it.")
    ] = None,
    show: Annotated[int, typer.Option(min=0, help="So many moved items side by side.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Fixes the draws.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Tell whether grades moved from A to B, where, by how much, and whether that is noise.

    Exits with 0 if they are the same or it cannot be told, with 1 if they moved beyond the margin, with 2 if nothing can be compared.
    """
    from agent.evaluation.comparing.comparison import compare as compared
    from agent.evaluation.comparing.sides import matching, read_sides

    levels = _levels(ratings)
    found = [
        compared(one, other, levels=levels, margin=margin, seed=seed)
        for one, other in matching(read_sides(before), read_sides(after), judge)
    ]
    if as_json:
        typer.echo(_as_json(found))
    else:
        _show(found, by, show, plain=plain)
    raise typer.Exit(max(each.exit_code for each in found))


def _levels(ratings: Path | None) -> Levels:
    from agent.evaluation.ratings import read_ratings, reference

    file = ratings or (RATINGS if RATINGS.is_file() else None)
    return reference(read_ratings(file)) if file else {}


def _as_json(found: Sequence[Comparison]) -> str:
    import json

    each = [one.model_dump(mode="json") for one in found]
    return json.dumps({"format": 1, "comparisons": each}, indent=2, ensure_ascii=False, allow_nan=False)


def _show(found: Sequence[Comparison], by: By | None, show: int, *, plain: bool) -> None:
    from agent.cli.moving import show_moved
    from agent.cli.setup import Options, make_screen

    screen = make_screen(Options(plain=plain))
    for one in found:
        screen.heading(f"{_name(one.before.source, one.before.judge)} → {_name(one.after.source, one.after.judge)}")
        _head(one, screen)
        show_rows(one.rows, screen, every=by is not None)
        _references(one, screen, every=by is not None)
        show_moved(one.moved, screen, show)
        screen.text(f"\n{told(one)}", style="bold")


def _name(source: str, judge: str) -> str:
    from agent.evaluation.comparing.sides import SAVED

    return source if judge == SAVED else f"{source} ({judge})"


def _head(one: Comparison, screen: Screen) -> None:
    left = f"; not compared: {one.only_before} only before, {one.only_after} only after" if one.only_before or one.only_after else ""
    screen.text(f"{counted(one.items, 'item')} on both sides{left}. Margin ±{one.margin:g}, seed {one.seed}.")
    other_judge = any(pin.name == "judge" for pin in one.pins)
    for pin in one.pins:
        if not other_judge or pin.name in ("judge", "rubric"):
            screen.text(f"Differs: {pin}")
    for warning in one.warnings:
        screen.text(warning, style="yellow")


def show_rows(rows: Sequence[Shift], screen: Screen, *, every: bool) -> None:
    """The table of shifts: the overall row, and each competency that did not stay the same, or every one."""
    shown = [row for row in rows if every or row.change != "same" or row is rows[0]]
    show_table(SHIFTS, [_row(row) for row in shown], screen)
    same = sum(row.change == "same" for row in rows[1:])
    if same and not every:
        screen.note(f"{same} of {len(rows) - 1} competencies stayed the same; --by competency shows them.")
    screen.note(NOTE)


def _row(row: Shift) -> Row:
    counts, score = row.counts, row.score
    interval = f"{score.interval[0]:+.2f} to {score.interval[1]:+.2f}" if score.interval else NONE
    levels = f"{counts.up}↑ {counts.down}↓ {counts.same}="
    cells = (str(score.n), _signed(score.mean), interval, _p(row.score_p), _figure(score.detectable), levels, row.change.value)
    return Row((row.name, *cells), STYLE[row.change.value], ", ".join(_flips(row)))


def _flips(row: Shift) -> Iterator[str]:
    counts = row.counts
    if counts.newly or counts.no_longer:
        yield f"{counts.newly} newly observed, {counts.no_longer} no longer (p {_p(row.observed_p)})"
    if counts.errors:
        yield counted(counts.errors, "error")


def _references(one: Comparison, screen: Screen, *, every: bool) -> None:
    shown = {name: row for name, row in one.references.items() if every or name == "all"}
    if shown:
        show_table(AGAINST, [_against(name, row) for name, row in shown.items()], screen)


def _against(name: str, row: Against) -> Row:
    interval = row.error.interval
    within = f" ({interval[0]:+.3f} to {interval[1]:+.3f})" if interval else ""
    error = f"{row.error.mean:+.3f}{within}" if row.error.mean is not None else NONE
    both, qwk, mae = (_sides(row, field, digits) for field, digits in (("both", 0), ("qwk", 2), ("mae", 3)))
    return Row((name, both, qwk, mae, error))


def _sides(row: Against, field: str, digits: int) -> str:
    return " → ".join(_figure(getattr(side, field), digits) for side in (row.before, row.after))


def told(one: Comparison) -> str:
    """The outcome in a sentence."""
    names = [row.name for row in one.rows if row.change == one.change]
    if one.change == "moved":
        return f"Moved beyond ±{one.margin:g}: {', '.join(names)}."
    if one.change == "same":
        return f"The same within ±{one.margin:g}, overall and in each competency."
    return f"Nothing is shown to have moved beyond ±{one.margin:g}; it cannot be told for {few(names)}."


def few(names: Sequence[str]) -> str:
    """Names, or how many there are."""
    return ", ".join(names) if len(names) <= FEW else f"{names[0]} and {len(names) - 1} more"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{value:+.2f}"


def _figure(value: float | None, digits: int = 2) -> str:
    return NONE if value is None else f"{value:.{digits}f}"


def _p(value: float | None) -> str:
    if value is None:
        return NONE
    return "<0.001" if value < 0.001 else f"{value:.3f}"
