"""`hotseat evals agreement`: how far the raters of a file agree."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.columns import Column, Row, show_table
from agent.counted import counted

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.evaluation.agreement import Agreement

MEANING = {
    "exact": "same value given",
    "adjacent": "at most 1 apart",
    "mae": "mean absolute difference",
    "rmse": "root mean square",
    "bias": "mean signed difference",
    "pearson": "linear association",
    "spearman": "association of ranks",
    "kendall": "items ordered alike",
    "kappa": "exact, beyond chance",
    "kappa_linear": "weighted by distance",
    "qwk": "weighted by squares",
    "fleiss": "all raters, nominal",
    "alpha_nominal": "all raters, nominal",
    "alpha_ordinal": "all raters, ordinal",
    "alpha_interval": "all raters, interval",
    "alpha_ratio": "all raters, ratio",
    "icc1": "one rating, any raters",
    "icc2": "one rating, absolute",
    "icc3": "one rating, consistent",
    "icc1k": "their mean, any raters",
    "icc2k": "their mean, absolute",
    "icc3k": "their mean, consistent",
    "variance_item": "variance between items",
    "variance_rater": "variance between raters",
    "variance_residual": "variance left over",
    "ceiling_qwk": "rater against others",
    "ceiling_r": "highest possible correlation",
}

COLUMNS = (
    Column("figure", is_text=True),
    Column("value"),
    Column("95% interval", is_text=True),
    Column("what it tells", goes=1, is_text=True),
)
_SCALE = re.compile(r"(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)")


class By(StrEnum):
    """What ratings are grouped by."""

    COMPETENCY = "competency"


def agreement(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="RATINGS", help="JSON Lines: item, competency, rater, value (a number or null), and repeat if there are any."
        ),
    ],
    by: Annotated[By | None, typer.Option(help="A group for each competency; without it all ratings are one group.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="RATER", help="Compare every other rater with this one.")] = None,
    scale: Annotated[str | None, typer.Option(metavar="LOW-HIGH", help="The scale, such as 1-5; a value outside it is refused.")] = None,
    draws: Annotated[int, typer.Option(min=0, max=100_000, help="Draws of items for the intervals; 0: no intervals.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Fixes the draws.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, boxes or motion; for screen readers and pipes.")] = False,
) -> None:
    """Show how far raters agree: shares, errors, correlations, kappas, alpha, ICC, each with an interval."""
    from agent.evaluation.agreement import agreement as of_all
    from agent.evaluation.agreement import agreement_by_competency
    from agent.evaluation.measured import Question
    from agent.evaluation.ratings import read_ratings

    question = Question(reference, _scale(scale), draws, seed)
    ratings = read_ratings(file)
    groups = agreement_by_competency(ratings, question) if by else {"all": of_all(ratings, question)}
    if as_json:
        typer.echo(json.dumps(_as_json(file, groups, draws, seed), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(groups, plain=plain)


def _scale(text: str | None) -> tuple[float, float] | None:
    """The two ends of a scale.

    Raises:
        InputError: it is none.
    """
    from agent.errors import InputError

    if text is None:
        return None
    found = _SCALE.fullmatch(text.strip())
    low, high = (float(end) for end in found.groups()) if found else (0.0, 0.0)
    if low >= high:
        raise InputError(f"{text!r} is no scale; give its lowest and highest value, such as --scale 1-5")
    return low, high


def _as_json(file: Path, groups: Mapping[str, Agreement], draws: int, seed: int) -> dict[str, object]:
    from agent.evaluation.statistics.bootstrap import LEVEL
    from agent.version import __version__

    head = {"format": 1, "version": __version__, "file": str(file), "draws": draws, "seed": seed, "level": LEVEL}
    return {**head, "groups": {name: group.as_json() for name, group in groups.items()}}


def _show(groups: Mapping[str, Agreement], *, plain: bool) -> None:
    from agent.cli.setup import Options, make_screen

    screen = make_screen(Options(plain=plain))
    for name, group in groups.items():
        screen.heading(name)
        scale = f", scale {group.scale[0]:g} to {group.scale[1]:g}" if group.scale else ""
        counts = ", ".join((counted(group.n_items, "item"), counted(group.n_raters, "rater"), counted(group.n_values, "value")))
        screen.text(f"{counts}, {group.missing:,} missing{scale}")
        _table(group, screen)
        for reason in dict.fromkeys(group.reasons.values()):
            screen.text(f"Undefined: {', '.join(name for name, why in group.reasons.items() if why == reason)}: {reason}.")
        for note in group.notes:
            screen.note(note)


def _table(group: Agreement, screen: Screen) -> None:
    show_table(COLUMNS, [_row(name, value, group) for name, value in group.figures.items()], screen)
    screen.text()


def _row(name: str, value: float | None, group: Agreement) -> Row:
    low, high = group.ci.get(name, (None, None))
    interval = "" if low is None else f"{low:.3f} to {high:.3f}"
    return Row((name, "–" if value is None else f"{value:.3f}", interval, MEANING[name]), "dim" if value is None else "")
