"""How well responses to twists are heard: every shipped example and counter-example, taken out of its own pattern in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from agent.document import Pattern
from agent.interview.observer import _threshold
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.protocols import Embedder
from agent.recognition import Recogniser
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

    @property
    def recall(self) -> float:
        """The share of the examples that are heard."""
        return 1 - len(self.missed) / self.examples

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
    return [
        *_summed("recall", [one.recall for one in twists], f"{count} sentences of {len(twists)} twists, each held out"),
        *_summed("precision", [one.precision for one in twists], ""),
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
    heard = {text for text in pattern.examples if _is_heard(text, _without(pattern, "examples", text), embedder)}
    mistaken = [text for text in pattern.not_examples if _is_heard(text, _without(pattern, "not_examples", text), embedder)]
    missed = [text for text in pattern.examples if text not in heard]
    return Score(twist, behaviour, len(pattern.examples), len(pattern.not_examples), tuple(missed), tuple(mistaken))


def merged(twist: str, scores: Sequence[Score]) -> Score:
    """The score of a whole twist: all sentences of its behaviours together."""
    return Score(
        twist,
        "",
        sum(one.examples for one in scores),
        sum(one.counters for one in scores),
        tuple(text for one in scores for text in one.missed),
        tuple(text for one in scores for text in one.mistaken),
    )


def _without(pattern: Pattern, group: str, text: str) -> Pattern:
    return pattern.model_copy(update={group: tuple(other for other in getattr(pattern, group) if other != text)})


def _is_heard(text: str, pattern: Pattern, embedder: Embedder) -> bool:
    """As in a scene: by the same rule and with the observer's threshold for behaviours."""
    return bool(Recogniser({"behaviour": pattern}, embedder).hits([text], threshold=THRESHOLD))


def _summed(name: str, values: Sequence[float], note: str) -> list[Measure]:
    return [
        Measure(f"twist {name}, mean", sum(values) / len(values), "", ON_AVERAGE, note, least=True),
        Measure(f"twist {name}, lowest", min(values), "", AT_LEAST, least=True),
    ]


def _show(scores: Iterable[Score]) -> None:
    table = Table("twist", "behaviour", "recall", "precision", "not heard", "heard wrongly", "")
    for one in sorted(scores, key=lambda score: (score.twist, score.behaviour == "")):
        low = min(one.recall, one.precision) < AT_LEAST
        ratio = f"{len(one.missed)} of {one.examples}", f"{len(one.mistaken)} of {one.counters}"
        name = one.behaviour or "all"
        table.add_row(one.twist, name, f"{one.recall:.2f}", f"{one.precision:.2f}", *ratio, "low" if low else "", end_section=name == "all")
    Console(width=150).print(table)
