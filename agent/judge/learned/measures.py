"""From the worth of all sentences to a few measures of a competency.

    sum(head)     = 1 − exp(−Σ max(0, head − floor))
    top(head)     = the three highest of max(0, head − floor), 0 where there are fewer, divided by 3
    usual(head)   = Σ t² head / (Σ t² + 0.02), t: how much a sentence touches the competency
    typical(head) = Σ t² m / (Σ t² + 0.05), t: by how much it touches what it touches most beyond a
                    floor, m: the head's mean over competencies

Sums and tops never fall when a sentence is added; usual and typical values are means in which sentences that touch nothing do not
count. With weights of one sign the level model is monotone in each: what speaks for a competency never lowers its level, what
speaks against it never raises it, and text that is neither moves nothing. The order of sentences does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from agent.judge.learned.worth import Worth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LevelMeasure = Literal[
    "supported", "strong", "strongest", "usual", "general", "typical", "opposed", "most_opposed", "usually_opposed", "typically_opposed"
]  # fmt: skip
LEVEL_MEASURES: tuple[LevelMeasure, ...] = get_args(LevelMeasure)
AGAINST: frozenset[LevelMeasure] = frozenset({"opposed", "most_opposed", "usually_opposed", "typically_opposed"})
ObservedMeasure = Literal["touched", "clearly_touched", "most_touched", "best_touched", "foremost", "asked", "asked_often", "changed"]
OBSERVED_MEASURES: tuple[ObservedMeasure, ...] = get_args(ObservedMeasure)

TOP = 3
UNTOUCHED, UNTOUCHED_OWN = 0.05, 0.02
"""What a talk that touches nothing weighs in a typical sentence, of all competencies and of one."""
SUPPORTED_FLOOR, STRONG_FLOOR, OPPOSED_FLOOR, TOUCHED_FLOOR, CLEARLY_FLOOR = 0.2, 0.25, 0.2, 0.2, 0.35
GENERAL_FLOOR, TYPICAL_FLOOR = 0.1, 0.2
"""What sentences that say nothing may reach by chance."""
NOTHING, SOMETHING = 0.2, 0.4
"""A sentence that touches no competency more than the first counts for nothing, from the second on in full."""
ABOUT = 0.3
"""What a sentence touches most by so much is about something: nine of ten sentences of talks, three of ten that say nothing."""


class Whole(NamedTuple):
    """What all competencies share: how strong the strongest sentences are, how strong and how poor the sentences typically are that
    touch anything at all, and how much the competency is touched that is touched most."""

    general: float
    typical: float
    typically_opposed: float
    most_touched: float


def counted(worths: Mapping[str, Worth], credence: NDArray[np.float64]) -> dict[str, Worth]:
    """The worths of a talk, with less of every sentence that touches next to nothing, for evidence is about something, and of every one
    that may be meant for the grading; `credence`, shape (sentences,), is 1 for a sentence that is not, 0 for one that is.
    """
    import numpy as np

    most = np.max([worth["touches"] for worth in worths.values()], axis=0)
    share = credence * np.clip((most - NOTHING) / (SOMETHING - NOTHING), 0.0, 1.0)
    return {
        name: {head: values * (credence if head == "touches" else share) for head, values in own.items()} for name, own in worths.items()
    }


def whole(worths: Mapping[str, Worth]) -> Whole:
    """What the worths of a talk to all competencies share."""
    import numpy as np

    each = list(worths.values())
    if not each or not len(each[0]["touches"]):
        return Whole(0.0, 0.0, 0.0, 0.0)
    touched = np.maximum(np.max([worth["touches"] for worth in each], axis=0) - TYPICAL_FLOOR, 0.0) ** 2
    share = touched / (touched.sum() + UNTOUCHED)
    strong, against = (np.mean([worth[head] for worth in each], axis=0) for head in ("strong", "against"))
    return Whole(
        general=float(np.mean([_top(worth["strong"] - GENERAL_FLOOR) for worth in each])),
        typical=float(share @ strong),
        typically_opposed=float(share @ against),
        most_touched=max(_top(worth["touches"]) for worth in each),
    )


def level_measures(worth: Worth, whole: Whole) -> dict[LevelMeasure, float]:
    """What a level is read from."""
    import numpy as np

    touched = np.maximum(worth["touches"], 0.0) ** 2
    share = touched / (touched.sum() + UNTOUCHED_OWN)
    return {
        "supported": _sum(worth["supports"], SUPPORTED_FLOOR),
        "strong": _sum(worth["strong"], STRONG_FLOOR),
        "strongest": _top(worth["strong"]),
        "usual": float(share @ worth["strong"]),
        "general": whole.general,
        "typical": whole.typical,
        "opposed": _sum(worth["against"], OPPOSED_FLOOR),
        "most_opposed": _top(worth["against"]),
        "usually_opposed": float(share @ worth["against"]),
        "typically_opposed": whole.typically_opposed,
    }


def observed_measures(worth: Worth, whole: Whole, asked: tuple[float, float], change: float) -> dict[ObservedMeasure, float]:
    """What tells whether there is anything to rate: what was said, also against the competency that is touched most, so that a short
    answer has something to rate as well, and what `agent.judge.learned.talk.Room` says of the others' lines."""
    touches = worth["touches"]
    return {
        "touched": _sum(touches, TOUCHED_FLOOR),
        "clearly_touched": _sum(2 * touches, 2 * CLEARLY_FLOOR),
        "most_touched": max(0.0, float(touches.max())) if len(touches) else 0.0,
        "best_touched": _top(touches),
        "foremost": _top(touches) / whole.most_touched if whole.most_touched > 0 else 0.0,
        "asked": asked[0],
        "asked_often": asked[1],
        "changed": change,
    }


def touching(worths: Mapping[str, Worth]) -> NDArray[np.bool_]:
    """Which sentences are about anything."""
    import numpy as np

    touches: NDArray[np.float64] = np.max([worth["touches"] for worth in worths.values()], axis=0)
    return touches > ABOUT


def _sum(values: NDArray[np.float64], floor: float) -> float:
    import numpy as np

    return 1.0 - float(np.exp(-np.maximum(values - floor, 0.0).sum()))


def _top(values: NDArray[np.float64]) -> float:
    import numpy as np

    return float(np.sort(np.maximum(values, 0.0))[-TOP:].sum()) / TOP
