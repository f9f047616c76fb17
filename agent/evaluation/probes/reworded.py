"""Probes whose twin says the same in other words: the mean score may move a little, and no further."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence

from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Bound, Family, Finding
from agent.evaluation.probes.interval import share
from agent.evaluation.probes.padding import Padding, read_padding
from agent.evaluation.probes.paraphrases import paraphrased
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried, by_item, counts, scored_in_both
from agent.evaluation.probes.shortening import Shortening, read_shortening, shortened
from agent.evaluation.twins import in_manner
from agent.transcript import Transcript

PADDING, SHORTENING, PARAPHRASES = "padding/sentences.jsonl", "padding/shortening.yaml", "paraphrases"


class Reworded(Probe):
    """The mean shift of the scores of competencies that are scored before and after."""

    asks = "mean shift of score"
    bound = Bound(low=-0.1, high=0.1)

    async def run(self, bench: Bench) -> Finding:
        """Grades every golden in which there is something to change, and its twin."""
        self.prepare(bench)
        twins = [(golden, twin) for golden in bench.goldens if (twin := self.twin(golden, bench)) != golden.transcript]
        pairs = await bench.each(lambda twin: _graded(*twin, bench), twins)
        tried = Tried(len(bench.goldens), len(bench.goldens) - len(twins), pairs)
        return self.finding(bench, tried, _measured(tried))

    def prepare(self, bench: Bench) -> None:
        """Reads what the twins are made of."""

    @abstractmethod
    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden in other words; itself where there is nothing to change."""


class Pad(Reworded):
    """Every answer twice as long, by sentences that say nothing."""

    name = "pad"
    reads = (PADDING,)

    def __init__(self) -> None:
        self._padding: tuple[str, ...] = ()

    def prepare(self, bench: Bench) -> None:
        """Reads the sentences."""
        self._padding = read_padding(bench.evals / PADDING)

    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden with padding between its sentences."""
        padding = Padding(self._padding, bench.chance(self.name, golden.id))
        return reworded(golden.transcript, padding.padded)


class Shorten(Reworded):
    """No greetings, thanks and fillers, as far as a rule knows them."""

    name = "shorten"
    reads = (SHORTENING,)

    def __init__(self) -> None:
        self._rule: Shortening | None = None

    def prepare(self, bench: Bench) -> None:
        """Reads the rule."""
        self._rule = read_shortening(bench.evals / SHORTENING)

    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden without them."""
        assert self._rule
        rule = self._rule
        return reworded(golden.transcript, lambda text: shortened(text, rule))


class Paraphrased(Reworded):
    """The same answers in other words, written one by one; goldens without such a twin are left out."""

    name = "paraphrase"
    reads = (PARAPHRASES,)
    bound = Bound(low=-0.15, high=0.15)

    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden in other words."""
        return paraphrased(golden, bench.evals / PARAPHRASES)


class RepeatSaid(Reworded):
    """Every answer said twice."""

    name = "repeat-said"

    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden with every answer once more after itself."""
        return reworded(golden.transcript, lambda text: f"{text}\n{text}")


class Manner(Reworded):
    """How somebody writes: `manner` is one of `agent.evaluation.twins.MANNERS`."""

    bound = Bound(low=-0.15, high=0.15)

    def __init__(self, name: str, manner: str) -> None:
        self.name = name
        self._manner = manner

    def twin(self, golden: Golden, bench: Bench) -> Transcript:
        """The golden in that manner."""
        return in_manner(golden.transcript, self._manner, seed=bench.seed).other


def reworded(transcript: Transcript, change: Callable[[str], str]) -> Transcript:
    """The transcript with `change` made to each of the candidate's answers, in their order."""
    turns = tuple(
        turn.model_copy(update={"text": change(turn.text)}) if turn.role == "candidate" and turn.text.strip() else turn
        for turn in transcript.turns
    )
    return transcript.model_copy(update={"turns": turns})


async def _graded(golden: Golden, twin: Transcript, bench: Bench) -> Graded:
    return Graded(golden.id, await bench.plain(golden), await bench.grade(twin), bench.names)


def _measured(tried: Tried) -> Measured:
    values = by_item(tried.pairs, _shifts)
    shifts, found = [value for each in values.values() for value in each], counts(tried)
    also = {
        "mean absolute shift": share(sum(map(abs, shifts)), len(shifts)),
        "newly observed": share(found.only_after, found.only_after + found.neither),
        "no longer scored": share(found.only_before, found.only_before + found.both),
    }
    return Measured(values, also, tuple(_by_level(tried.pairs)))


def _by_level(pairs: Sequence[Graded]) -> Iterator[Family]:
    """The mean shift of what had each level before: a mean over all hides what lifts the low and lowers the high."""
    for level in range(1, 6):
        both = [scores for pair in pairs for name, scores in scored_in_both(pair).items() if pair.before.verdicts[name].level == level]
        if both:
            shift = sum(after - before for before, after in both) / len(both)
            yield Family(id=f"level-{level}-before", cases=len(both), figures={"mean shift": shift})


def _shifts(pair: Graded) -> Iterator[float]:
    return (after - before for before, after in scored_in_both(pair).values())
