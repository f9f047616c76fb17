"""How well responses to twists are heard: every shipped example and counter-example, taken out of its own pattern in turn.

The cues stay, and some of them were found in the very sentence that is held out. So recall is also given with the cues that no
other example has taken out along with the sentence: what is to be expected of words nobody has thought of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rich.console import Console
from rich.table import Table

from agent.document import Pattern
from agent.interview.observer import _threshold
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.protocols import Embedder
from agent.recognition import Recogniser, any_of
from agent.twist import Twist
from benchmarks.measure import Measure

ON_AVERAGE = 0.9
AT_LEAST = 0.75
THRESHOLD = _threshold("behaviour", "")


@dataclass(frozen=True)
class Score:
    """What was heard of `examples` sentences that mean it and of `counters` that do not; the rest of the sentences were known."""

    twist: str
    behaviour: str
    examples: int
    counters: int
    missed: tuple[str, ...]
    mistaken: tuple[str, ...]
    missed_unaided: tuple[str, ...]
    """Examples not heard when the cues that no other example has are taken out too."""

    @property
    def recall(self) -> float:
        """The share of the examples that are heard."""
        return 1 - len(self.missed) / self.examples

    @property
    def unaided(self) -> float:
        """Recall without the cues that only the held-out sentence has."""
        return 1 - len(self.missed_unaided) / self.examples

    @property
    def precision(self) -> float:
        """The share of examples in what is heard; 0 if nothing is heard."""
        heard = self.examples - len(self.missed)
        return heard / (heard + len(self.mistaken)) if heard else 0.0


def measures() -> list[Measure]:
    """Precision and recall over the shipped twists, on average and of the worst; prints all of them."""
    scores = [score for twist in _twists() for score in behaviours(twist, default_embedder())]
    twists = [merged(twist, [one for one in scores if one.twist == twist]) for twist in dict.fromkeys(one.twist for one in scores)]
    _show([*scores, *twists])
    count = sum(one.examples + one.counters for one in twists)
    unaided = [one.unaided for one in twists]
    return [
        *_summed("recall", [one.recall for one in twists], f"{count} sentences of {len(twists)} twists, each held out"),
        *_summed("precision", [one.precision for one in twists], ""),
        Measure("twist recall without lone cues, mean", sum(unaided) / len(unaided), "", note="cues only the held-out sentence has are out too"),
    ]


def _twists() -> list[Twist]:
    library = Library([shipped()])
    return [library.twist(slug) for slug in library.names("twist")]


def behaviours(twist: Twist, embedder: Embedder) -> Iterator[Score]:
    """The score of each behaviour of a twist."""
    for behaviour in twist.behaviours:
        yield score(twist.slug, behaviour.id, behaviour.heard, embedder)


def score(twist: str, behaviour: str, pattern: Pattern, embedder: Embedder) -> Score:
    """The score of one pattern."""
    embedder.embed([*pattern.examples, *pattern.not_examples])
    missed = _heard(pattern.examples, pattern, _without_example, embedder, wanted=False)
    unaided = _heard(pattern.examples, pattern, _without_lone_cues, embedder, wanted=False)
    mistaken = _heard(pattern.not_examples, pattern, _without_counter, embedder, wanted=True)
    return Score(twist, behaviour, len(pattern.examples), len(pattern.not_examples), missed, mistaken, unaided)


def merged(twist: str, scores: Sequence[Score]) -> Score:
    """The score of a whole twist: all sentences of its behaviours together."""
    return Score(
        twist,
        "",
        sum(one.examples for one in scores),
        sum(one.counters for one in scores),
        tuple(text for one in scores for text in one.missed),
        tuple(text for one in scores for text in one.mistaken),
        tuple(text for one in scores for text in one.missed_unaided),
    )


def _heard(
    texts: Sequence[str], pattern: Pattern, hold_out: Callable[[Pattern, str], Pattern], embedder: Embedder, *, wanted: bool
) -> tuple[str, ...]:
    """The texts that are heard, or not heard, as in a scene: by the same rule and with the observer's threshold for behaviours."""
    heard = {text for text in texts if Recogniser({"it": hold_out(pattern, text)}, embedder).hits([text], threshold=THRESHOLD)}
    return tuple(text for text in texts if (text in heard) is wanted)


def _without_example(pattern: Pattern, text: str) -> Pattern:
    return pattern.model_copy(update={"examples": _others(pattern.examples, text)})


def _without_counter(pattern: Pattern, text: str) -> Pattern:
    return pattern.model_copy(update={"not_examples": _others(pattern.not_examples, text)})


def _without_lone_cues(pattern: Pattern, text: str) -> Pattern:
    left = _without_example(pattern, text)
    cues = tuple(cue for cue in pattern.cues if any(_occurs(cue, example) for example in left.examples))
    return left.model_copy(update={"cues": cues})


def _others(texts: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(other for other in texts if other != text)


@cache
def _occurs(cue: str, example: str) -> bool:
    found = any_of([cue])
    return found is not None and found.search(example.lower()) is not None


def _summed(name: str, values: Sequence[float], note: str) -> list[Measure]:
    return [
        Measure(f"twist {name}, mean", sum(values) / len(values), "", ON_AVERAGE, note, least=True),
        Measure(f"twist {name}, lowest", min(values), "", AT_LEAST, least=True),
    ]


def _show(scores: Iterable[Score]) -> None:
    table = Table("twist", "behaviour", "recall", "without lone cues", "precision", "not heard", "heard wrongly", "")
    for one in sorted(scores, key=lambda score: (score.twist, score.behaviour == "")):
        low = min(one.recall, one.precision) < AT_LEAST
        ratio = f"{len(one.missed)} of {one.examples}", f"{len(one.mistaken)} of {one.counters}"
        name = one.behaviour or "all"
        shares = (f"{share:.2f}" for share in (one.recall, one.unaided, one.precision))
        table.add_row(one.twist, name, *shares, *ratio, "low" if low else "", end_section=name == "all")
    Console(width=150).print(table)
