"""The probe of order: of two answers to one question, the one that was written to be strong has to score higher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.evaluation.fitting.labels import ShortAnswer, short_answers
from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.finding import Bound, Finding
from agent.evaluation.probes.interval import share
from agent.evaluation.probes.probe import Graded, Measured, Probe, Tried, by_item, scored_in_both

ANSWERS = "answers.jsonl"
FITTED = "The embedded judge was fitted to these answers, so for it this is no test on what it has not seen."


class Two(NamedTuple):
    """The weak and the strong answer to one question."""

    weak: ShortAnswer
    strong: ShortAnswer


class OrderOfStrength(Probe):
    """The share of questions whose strong answer scores higher than the weak one on the competency asked for.

    One of them not scored, or both with the same score, counts as not ordered.
    """

    name = "order-of-strength"
    asks = "share of questions whose strong answer scores higher"
    bound = Bound(low=0.9)
    shares = True
    reads = (ANSWERS,)

    async def run(self, bench: Bench) -> Finding:
        """Grades the weak and the strong answer to some questions."""
        answers = short_answers(bench.evals / ANSWERS)
        families = sorted({one.family for one in answers})
        drawn = set(bench.chance(self.name).sample(families, min(bench.limit, len(families))))
        asked = twos([one for one in answers if one.family in drawn and one.competency in bench.names])
        pairs = await bench.each(lambda two: _graded(two, bench), asked)
        return self.finding(bench, Tried(len(drawn), len(drawn) - len(asked), pairs), _measured(pairs))


def twos(answers: Sequence[ShortAnswer]) -> list[Two]:
    """The weak and the strong answer to each question that has both."""
    by = {(one.family, one.quality): one for one in answers}
    families = dict.fromkeys(one.family for one in answers)
    return [Two(by[name, "weak"], by[name, "strong"]) for name in families if (name, "weak") in by and (name, "strong") in by]


async def _graded(two: Two, bench: Bench) -> Graded:
    weak, strong = await bench.grade(two.weak.transcript), await bench.grade(two.strong.transcript)
    return Graded(two.weak.family, weak, strong, (two.weak.competency,))


def _measured(pairs: Sequence[Graded]) -> Measured:
    sound = [pair for pair in pairs if not pair.has_error]
    both = [scores for pair in sound for scores in scored_in_both(pair).values()]
    also = {
        "both scored": share(len(both), len(sound)),
        "of these in order": share(sum(strong > weak for weak, strong in both), len(both)),
        "of these with the same score": share(sum(strong == weak for weak, strong in both), len(both)),
    }
    return Measured(by_item(sound, _in_order), also, notes=(FITTED,))


def _in_order(pair: Graded) -> list[float]:
    return [float(any(strong > weak for weak, strong in scored_in_both(pair).values()))]
