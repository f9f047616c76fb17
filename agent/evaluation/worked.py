"""The rated talks that a judge may be shown: the goldens of the train split with what their raters say together."""

from __future__ import annotations

from pathlib import Path

from agent.errors import InputError
from agent.evaluation.golden import goldens
from agent.evaluation.ratings import read_ratings, reference
from agent.judge.examples import Worked

RATINGS = "ratings.jsonl"


def worked_examples(folder: Path) -> list[Worked]:
    """The rated goldens of `folder`/train, those that no other split may ever be compared with.

    Raises:
        InputError: there are none, none is rated, or a file is wrong.
    """
    if not (folder / RATINGS).is_file():
        raise InputError(f"there are no rated talks to show: looked for {folder / RATINGS}; leave --examples out")
    levels = reference(read_ratings(folder / RATINGS))
    by_item: dict[str, dict[str, float | None]] = {}
    for (item, competency), value in levels.items():
        by_item.setdefault(item, {})[competency] = value
    found = [Worked(one.id, one.family, one.transcript, by_item[one.id]) for one in goldens(folder, "train") if one.id in by_item]
    if not found:
        raise InputError(f"none of the goldens in {folder / 'train'} is rated in {folder / RATINGS}; leave --examples out")
    return found
