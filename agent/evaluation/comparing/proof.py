"""That competencies which did not change are graded as before: what was seen, and what only follows."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from agent.counted import counted
from agent.document import Document
from agent.evaluation.comparing.shift import Pair

FOLLOWS = (
    "For other talks it follows from how this judge works: it grades each competency by its own text. Text of the others can matter in "
    "one way, for a sentence that a candidate copied from the rubric counts for nothing."
)
ONLY_FOLLOWS = (
    "Nothing was graded to prove it: this judge does not promise the same answer twice. That they stay follows from their text alone, "
    "which is the same; asked together with changed ones they may still move. Compare two whole runs to see: hotseat evals compare."
)


class Difference(Document):
    """A verdict that is not the same to the byte."""

    item: str
    competency: str


class Proof(Document):
    """Of `verdicts` compared as canonical JSON, reasons and quotes included, those that differ."""

    competencies: tuple[str, ...] = Field(description="Those whose levels the change cannot touch.")
    items: int
    verdicts: int
    differing: tuple[Difference, ...]
    proved: str
    follows: str


def proof_of(pairs: Sequence[Pair], names: Sequence[str]) -> Proof:
    """Holds the verdicts of both sides against each other."""
    differing = tuple(Difference(item=pair.item, competency=name) for pair in pairs for name in names if not _is_identical(pair, name))
    compared = len(pairs) * len(names)
    same, of = f"{compared - len(differing)} of {counted(compared, 'verdict')}", counted(len(names), "competency", "competencies")
    told = f"{same} on {of} of {counted(len(pairs), 'talk')} {'is' if compared == 1 else 'are'} the same to the byte."
    return Proof(
        competencies=tuple(names), items=len(pairs), verdicts=compared, differing=differing, proved=told, follows=FOLLOWS if names else ""
    )


def nothing_proved(names: Sequence[str]) -> Proof:
    """Where nothing was graded that could prove anything."""
    return Proof(competencies=tuple(names), items=0, verdicts=0, differing=(), proved="", follows=ONLY_FOLLOWS if names else "")


def _is_identical(pair: Pair, name: str) -> bool:
    return pair.before.verdicts[name].model_dump_json() == pair.after.verdicts[name].model_dump_json()
