"""One judge watched by the canary: graded now, held against its baseline, and taken over into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.errors import InputError
from agent.evaluation.comparing.baseline import Baseline, Reading, read_baseline, reading_of, write_baseline
from agent.evaluation.comparing.canary import Canary, goldens_of
from agent.evaluation.comparing.drift import Drift, drift
from agent.evaluation.golden import Golden
from agent.evaluation.probes.bench import Bench
from agent.protocols import Judge
from agent.rubric import Rubric
from agent.verdict import GradeReport


@dataclass(frozen=True)
class Watch:
    """Who is watched, with what, and the file of the baseline."""

    canary: Canary
    evals: Path
    judge: Judge
    rubric: Rubric
    file: Path

    def check(self, *, may_begin: bool) -> None:
        """Sees before anything is graded that there is something to compare with, unless a baseline may begin.

        Raises:
            InputError: there is no baseline, or it cannot be used.
        """
        if self.file.is_file() or not may_begin:
            known = read_baseline(self.file)
            if known.judge != self.judge.id:
                raise InputError(f"{self.file} is the baseline of {known.judge}, not of {self.judge.id}; name another with --baseline")
            if known.canary != self.canary.sha256 and not may_begin:
                raise InputError(f"{self.file} is of another canary, so nothing can be compared; look at the grades, then --accept anew")

    async def read(self) -> Reading:
        """Has the goldens graded.

        Raises:
            InputError: a golden is not what the canary lists, or a part that measures failed.
        """
        goldens = goldens_of(self.canary, self.evals)
        bench = Bench(self.judge, self.rubric, goldens, self.evals)

        async def graded(golden: Golden) -> tuple[str, GradeReport]:
            return golden.id, await bench.plain(golden)

        reading = reading_of(dict(await bench.each(graded, goldens)))
        if reading.errors:
            raise InputError(f"no verdict on {', '.join(reading.errors)}, for the judge failed; mend that and run the canary again")
        return reading

    def drift(self, reading: Reading) -> Drift | None:
        """The reading against the baseline; None where there is none of this canary yet."""
        known = self._known()
        is_repeatable = Bench(self.judge, self.rubric, (), self.evals).is_repeatable
        return drift(known, reading, is_repeatable=is_repeatable) if known else None

    def accept(self, reading: Reading, found: Drift | None) -> str:
        """Keeps a reading, and says as what."""
        known = self._known()
        if known and found and found.continues:
            write_baseline(known.more(reading), self.file)
            return f"Kept as run {len(known.runs) + 1} of the baseline {self.file}"
        write_baseline(Baseline(judge=self.judge.id, canary=self.canary.sha256, runs=(reading,)), self.file)
        return f"Kept as the baseline {self.file}"

    def _known(self) -> Baseline | None:
        known = read_baseline(self.file) if self.file.is_file() else None
        return known if known and known.canary == self.canary.sha256 else None
