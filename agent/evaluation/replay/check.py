"""Two reports of one run held against each other, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agent.document import Document
from agent.evaluation.runs.run_report import RunReport

Value = str | int | float | bool | None
OF_A_JUDGE = ("counts", "agreement", "against", "repeats", "findings", "calls", "probe_gradings", "models")
OF_A_RUN = ("raters", "provenance", "gates", "notes", "outcome")


class Difference(Document):
    """A figure by its path, as it was and as it is now; None also where it is not there."""

    figure: str
    was: Value
    now: Value


class Checked(Document):
    """A part of a report: how many figures it has, and those that are not the same."""

    part: str
    figures: int
    differ: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether every figure is."""
        return not self.differ


def check(was: RunReport, now: RunReport) -> tuple[Checked, ...]:
    """Every figure of a report against the same figure computed again."""
    one, other = (report.model_dump(mode="json") for report in (was, now))
    of_judges = (checked for name in was.judges for checked in check_judge(name, was, now))
    return (*of_judges, *(_checked(part, one[part], other[part]) for part in OF_A_RUN if one[part] or other[part]))


def check_judge(name: str, was: RunReport, now: RunReport) -> tuple[Checked, ...]:
    """The figures of one judge."""
    one, other = (report.judges[name].model_dump(mode="json") for report in (was, now))
    parts = [part for part in OF_A_JUDGE if one[part] or other[part]]
    return tuple(_checked(f"{name}/{part}", one[part], other[part]) for part in parts)


def compared(part: str, was: Mapping[str, Value], now: Mapping[str, Value]) -> Checked:
    """Figures by their paths against others."""
    names = list(dict.fromkeys((*was, *now)))
    differ = [
        Difference(figure=name, was=was.get(name), now=now.get(name))
        for name in names
        if (name in was) != (name in now) or was.get(name) != now.get(name)
    ]
    return Checked(part=part, figures=len(names), differ=tuple(differ))


def figures(value: Any, path: str) -> Iterator[tuple[str, Value]]:
    """All values of nested data by their paths; entries of a list that have a name go by it."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from figures(each, f"{path}/{key}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, each in enumerate(value, 1):
            yield from figures(each, f"{path}/{_name(each, number)}")
    else:
        yield path, value


def _checked(part: str, was: Any, now: Any) -> Checked:
    return compared(part, dict(figures(was, part)), dict(figures(now, part)))


def _name(value: Any, number: int) -> str:
    names = (value.get(key) for key in ("probe", "id")) if isinstance(value, Mapping) else ()
    return next((str(name) for name in names if name), str(number))
