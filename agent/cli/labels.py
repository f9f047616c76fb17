"""`hotseat evals labels`: who rated how much, and how often they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.evaluation.labels import Pair, Sheet


def labels(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of ratings.")]) -> None:
    """Show who rated how much, and how often two raters agree on what both rated."""
    from agent.evaluation.labels import pairs, read_sheets

    sheets = read_sheets(files)
    typer.echo("\n".join([*_sheets(sheets), *_pairs(pairs(sheets))]))


def _sheets(sheets: Sequence[Sheet]) -> list[str]:
    width = _width(sheet.rater for sheet in sheets)
    lines = [f"{'rater':<{width}} {'who':<8} {'items':>5} {'competencies':>12} {'ratings':>7} {'levels':>6} {'not observed':>12}"]
    for sheet in sheets:
        count = len(sheet.values)
        lines.append(
            f"{sheet.rater:<{width}} {sheet.kind or 'not told':<8} {sheet.items:>5} {sheet.competencies:>12} {count:>7} {sheet.levels:>6} "
            f"{count - sheet.levels:>12}"
        )
    return lines


def _pairs(found: Sequence[Pair]) -> list[str]:
    if not found:
        return ["", "No two raters have rated the same thing, so there is no agreement to show."]
    width = _width(f"{pair.one}, {pair.other}" for pair in found)
    lines = ["", f"{'two raters':<{width}} {'common':>6} {'seen alike':>10} {'levels':>6} {'exact':>6} {'adjacent':>8} {'kappa':>6}"]
    for pair in found:
        shares = f"{_percent(pair.exact):>6} {_percent(pair.adjacent):>8} {_figure(pair.kappa):>6}"
        lines.append(f"{pair.one + ', ' + pair.other:<{width}} {pair.common:>6} {_percent(pair.seen_alike):>10} {pair.both:>6} {shares}")
    return [
        *lines,
        "",
        "Seen alike: both or neither gave a level.",
        "Exact, adjacent (at most one apart) and quadratic kappa: of the levels that both gave.",
    ]


def _width(names: Iterable[str]) -> int:
    return max([10, *map(len, names)])


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
