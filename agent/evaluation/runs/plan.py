"""The plan of a run: the suite as it was read, and a fingerprint of everything that its verdicts and figures come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from agent.document import Document
from agent.evaluation.probes.catalogue import chosen
from agent.evaluation.runs.judgement import key_of
from agent.evaluation.runs.suite import Suite
from agent.verdict import RubricPin
from agent.version import __version__


class Plan(Document):
    """`plan.json` of a run's folder. Fingerprints are sha256.

    `items`: of each item's transcript, by id. `left_out`: by judge the items that its cassette does not hold. `judges`: by name what
    decides a judge's grades, as far as it is known before it is asked. `materials`: of the files that the suite's probes read.
    """

    format: Literal[1] = 1
    package: str = __version__
    suite: Suite
    rubric: RubricPin
    items: dict[str, str]
    left_out: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ratings: str | None
    judges: dict[str, dict[str, Any]]
    materials: dict[str, str] = Field(default_factory=dict)

    def key(self, judge: str, item: str) -> str:
        """Under which key a judge's grading of an item as it is is kept."""
        return key_of(self.judges[judge], self.rubric.sha256, self.items[item])

    def items_of(self, judge: str) -> list[str]:
        """The items that a judge grades, in the order of the suite."""
        left_out = self.left_out.get(judge, ())
        return [item for item in self.items if item not in left_out]

    def changes(self, other: Plan) -> Iterator[str]:
        """What of `other` would give other verdicts than this plan, in words."""
        if self.suite.id != other.suite.id:
            yield f"the suite is {other.suite.id!r}"
            return
        if self.rubric != other.rubric:
            yield f"the rubric {other.rubric.id}@{other.rubric.version}"
        yield from (f"the judge {name!r}{_how(self, other, name)}" for name in _different(self.judges, other.judges))
        items = _different(self.items, other.items)
        if items:
            yield f"{len(items)} of the items, such as {items[0]!r}"
        if self.left_out != other.left_out:
            yield "which items are recorded"
        if self.suite.probes != other.suite.probes:
            yield "the probes"
        files = _different(self.materials, other.materials)
        yield from (f"the file {name}" for name in files if name in other.materials or _is_read(name, other.suite))


def _different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def _is_read(name: str, suite: Suite) -> bool:
    """Whether a probe of the suite reads a file, alone or with its folder; plans of earlier versions name others too."""
    probes = chosen(suite.probes.names) if suite.probes else ()
    return any(name == read or name.startswith(f"{read}/") for probe in probes for read in probe.reads)


def _how(one: Plan, other: Plan, name: str) -> str:
    """Which of a judge's inputs differ."""
    if name not in one.judges or name not in other.judges:
        return ""
    inputs = [{**each, **each.get("parameters", {})} for each in (one.judges[name], other.judges[name])]
    return f" ({', '.join(each for each in _different(*inputs) if each != 'parameters')})"
