"""What moved since another run: verdicts of the same judge on the same words that have another level now, or another state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from agent.evaluation.page.cases import MOST, Case, Said
from agent.evaluation.runs.judgement import Judgement
from agent.evaluation.runs.reading import Run
from agent.verdict import Verdict


class Moved(NamedTuple):
    """How many verdicts were compared, how many went where, and the cases that moved most."""

    compared: int
    up: int
    down: int
    state: int
    not_compared: int
    cases: tuple[Case, ...]

    @property
    def number(self) -> int:
        """How many moved."""
        return self.up + self.down + self.state


class _Move(NamedTuple):
    size: float
    case: Case


def moved(run: Run, baseline: Run) -> Moved:
    """Items whose words differ, and judges that only one run has, are not compared."""
    kinds: Counter[str] = Counter()
    moves: list[_Move] = []
    for judge in run.plan.judges:
        for before, now in _both(judge, run, baseline, kinds):
            for name in now.report.verdicts.keys() & before.report.verdicts.keys():
                was, verdict = before.report.verdicts[name], now.report.verdicts[name]
                kind = _kind(was, verdict)
                kinds[kind] += 1
                if kind != "same":
                    said = (Said(f"{judge}, before", was), Said(f"{judge}, now", verdict))
                    moves.append(_Move(_size(was, verdict), Case(now.item, name, said)))
        moves = _most(moves)
    compared = kinds.total() - kinds["not compared"]
    return Moved(compared, kinds["up"], kinds["down"], kinds["state"], kinds["not compared"], tuple(move.case for move in moves))


def _both(judge: str, run: Run, baseline: Run, kinds: Counter[str]) -> Iterator[tuple[Judgement, Judgement]]:
    if judge not in baseline.plan.judges:
        kinds["not compared"] += len(run.plan.items_of(judge))
        return
    with baseline.lines() as lines:
        for now in run.of_items(judge):
            is_same = baseline.plan.items.get(now.item) == run.plan.items[now.item]
            before = lines.get(baseline.plan.key(judge, now.item)) if is_same else None
            if before is None:
                kinds["not compared"] += 1
            else:
                yield before, now


def _kind(was: Verdict, now: Verdict) -> str:
    if was.level is None or now.level is None:
        return "same" if was.state is now.state else "state"
    return "same" if was.level == now.level else "up" if now.level > was.level else "down"


def _size(was: Verdict, now: Verdict) -> float:
    """How far a score moved; another state comes after all levels."""
    return 0.0 if was.score is None or now.score is None else abs(now.score - was.score)


def _most(moves: list[_Move]) -> list[_Move]:
    return sorted(moves, key=lambda move: (-move.size, move.case[:2], move.case.said[0].side))[:MOST]
