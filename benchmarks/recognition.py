"""How well responses to twists are heard: every shipped example and counter-example, taken out of its own pattern in turn.

The cues stay, and some of them were found in the very sentence that is held out. So recall is also given without the cues that
a single example has: what is to be expected of words nobody has thought of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from agent.document import Pattern
from agent.heads import held_out
from agent.interview.observer import BEHAVIOUR_THRESHOLD, background
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.protocols import Embedder
from agent.recognition import any_of
from benchmarks.measure import Measure

ON_AVERAGE = 0.9
AT_LEAST = 0.75
LONE = "cues that a single example has are out too"


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
    """Examples not heard without the cues that a single example has."""

    @property
    def recall(self) -> float:
        """The share of the examples that are heard."""
        return 1 - len(self.missed) / self.examples

    @property
    def unaided(self) -> float:
        """Recall without the cues that a single example has."""
        return 1 - len(self.missed_unaided) / self.examples

    @property
    def precision(self) -> float:
        """The share of examples in what is heard; 0 if nothing is heard."""
        heard = self.examples - len(self.missed)
        return heard / (heard + len(self.mistaken)) if heard else 0.0


def measures() -> list[Measure]:
    """Precision and recall over the shipped twists, on average and of the worst; prints all of them."""
    scores = list(_scores(Library([shipped()]), default_embedder()))
    twists = [merged(twist, [one for one in scores if one.twist == twist]) for twist in dict.fromkeys(one.twist for one in scores)]
    _show([*scores, *twists])
    count = sum(one.examples + one.counters for one in twists)
    unaided = [one.unaided for one in twists]
    return [
        *_summed("recall", [one.recall for one in twists], f"{count} sentences of {len(twists)} twists, each held out"),
        *_summed("precision", [one.precision for one in twists], ""),
        Measure("twist recall without lone cues, mean", sum(unaided) / len(unaided), "", note=LONE),
    ]


def _scores(library: Library, embedder: Embedder) -> Iterator[Score]:
    said_anywhere = background(library.acts())
    for twist in map(library.twist, library.names("twist")):
        for behaviour in twist.behaviours:
            yield score(twist.slug, behaviour.id, behaviour.heard, said_anywhere, embedder)


def score(twist: str, behaviour: str, pattern: Pattern, said_anywhere: Sequence[str], embedder: Embedder) -> Score:
    """The score of one pattern, heard as in a scene: by the same rule and with the observer's threshold."""
    heard = _heard(pattern, said_anywhere, embedder)
    unaided = _heard(_without_lone_cues(pattern), said_anywhere, embedder)
    return Score(
        twist,
        behaviour,
        len(pattern.examples),
        len(pattern.not_examples),
        missed=tuple(text for text in pattern.examples if text not in heard),
        mistaken=tuple(text for text in pattern.not_examples if text in heard),
        missed_unaided=tuple(text for text in pattern.examples if text not in unaided),
    )


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


def _heard(pattern: Pattern, said_anywhere: Sequence[str], embedder: Embedder) -> set[str]:
    scores = held_out(pattern, said_anywhere, embedder)
    return {sentence for sentence, score in scores.items() if score >= BEHAVIOUR_THRESHOLD}


def _without_lone_cues(pattern: Pattern) -> Pattern:
    return pattern.model_copy(update={"cues": tuple(cue for cue in pattern.cues if _users(cue, pattern.examples) > 1)})


def _users(cue: str, examples: Iterable[str]) -> int:
    found = any_of([cue])
    return sum(1 for example in examples if found and found.search(example.lower()))


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
