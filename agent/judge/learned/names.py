"""Which indicator a quoted sentence shows: linear heads beside those of `agent.judge.learned.worth`, one for each indicator.

    x            = as in `agent.judge.learned.worth`
    head(x)      = w · x, about the chance that it shows this indicator rather than another of its side
    named        = the indicator whose head is highest, where that is at least `threshold`

Where none is, the sentence still counts and is quoted, and nothing is claimed about what it shows.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from agent.document import Document
from agent.judge.learned.model import UNIT, fingerprint_of
from agent.judge.learned.worth import inputs
from agent.protocols import Embedder
from agent.rubric import Competency, Indicator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "names.json"


class CompetencyNames(Document):
    """The heads of one competency's indicators and counter-indicators, by id, in thousandths."""

    fingerprint: str
    heads: dict[str, tuple[int, ...]]


class NameModel(Document):
    """All that was fitted, and what it was fitted to."""

    version: str
    embedder: str
    provenance: str
    data_sha256: str = Field(description="Of every label and sentence it was fitted to.")
    threshold: float
    competencies: dict[str, CompetencyNames]
    report: dict[str, float | int] = Field(description="How often it was right on families of talks that it had not seen.")

    def name_of(self, sentence: str, competency: Competency, embedder: Embedder, *, supports: bool) -> Indicator | None:
        """What a sentence shows; None where that is not clear, or the competency is another one than it was fitted for."""
        known = self.competencies.get(competency.id)
        own = competency.indicators if supports else competency.counter_indicators
        if known is None or known.fingerprint != fingerprint_of(competency):
            return None
        seen = inputs([sentence], embedder)[0]
        sure, best = max(((float(_head(known.heads[each.id]) @ seen), place) for place, each in enumerate(own)), default=(0.0, 0))
        return own[best] if sure >= self.threshold else None


@cache
def shipped_names() -> NameModel:
    """The heads that come with this version."""
    return NameModel.model_validate(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def _head(thousandths: tuple[int, ...]) -> NDArray[np.float64]:
    import numpy as np

    return np.array(thousandths, dtype=np.float64) / UNIT
