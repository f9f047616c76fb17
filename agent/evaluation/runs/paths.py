"""The figures of a report by their paths, as gates name them.

JUDGE/agreement/COMPETENCY/FIGURE    with the raters together: qwk, mae, bias, observed, covered
JUDGE/repeats/COMPETENCY/FIGURE      among the judge's own answers, where it is asked several times
JUDGE/probe/NAME                     the estimate of a probe
JUDGE/counts/COUNT                   items, judged, scored, instrument_error, …
raters/COMPETENCY/FIGURE             among the raters

COMPETENCY may be `all`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from agent.errors import InputError, nearest
from agent.evaluation.runs.counts import Counts
from agent.evaluation.runs.figures import ALL, Row
from agent.evaluation.runs.interval import Estimated
from agent.evaluation.runs.raters import AMONG, Among
from agent.evaluation.runs.run_report import JudgeResult
from agent.evaluation.runs.suite import RATERS, Suite
from agent.rubric import Rubric

FIGURES = tuple(name for name in Row.model_fields if name not in ("items", "both", "ci"))


def check(path: str, suite: Suite, rubric: Rubric, probes: Sequence[str]) -> None:
    """Sees that a path leads to a figure, before anything is graded for it.

    Raises:
        InputError: it does not.
    """
    competencies = (ALL, *(each.id for each in rubric.competencies))
    match path.split("/"):
        case ["raters", name, figure] if RATERS not in suite.judges:
            _known(name, competencies, path)
            _known(figure, AMONG, path)
        case [_, "agreement" | "repeats" as kind, name, figure]:
            _known(name, competencies, path)
            _known(figure, FIGURES if kind == "agreement" else AMONG, path)
        case [judge, "probe", name]:
            asked = suite.probes.judges if suite.probes else ()
            _known(judge, asked, path)
            _known(name, probes, path)
        case [_, "counts", name]:
            _known(name, Counts.model_fields, path)
        case [judge, *_]:
            ways = f"{judge}/agreement/all/qwk, {judge}/repeats/all/exact, {judge}/probe/NAME, {judge}/counts/scored, raters/all/qwk"
            raise InputError(f"the gate's figure {path!r} leads nowhere; figures are named as {ways}")


def find(path: str, judges: Mapping[str, JudgeResult], raters: Mapping[str, Among]) -> Estimated:
    """The figure at a path that was checked; without a value where nothing gave one."""
    first, *rest = path.split("/")
    if first == RATERS and first not in judges:
        return _among(raters, rest)
    judge = judges[first]
    match rest:
        case ["agreement", name, figure]:
            row = judge.agreement.get(name)
            return Estimated(getattr(row, figure), row.ci.get(figure)) if row else Estimated(None)
        case ["repeats", *names]:
            return _among(judge.repeats, names)
        case ["probe", name]:
            finding = next(each for each in judge.findings if each.probe == name)
            return Estimated(finding.estimate, finding.interval, is_exact=finding.bound.is_exact)
        case [_, name]:
            return Estimated(float(getattr(judge.counts, name)), is_exact=True)
    raise AssertionError(path)


def _among(groups: Mapping[str, Among], names: Sequence[str]) -> Estimated:
    name, figure = names
    found = groups.get(name)
    return Estimated(found.figures[figure], found.ci.get(figure)) if found else Estimated(None)


def _known(name: str, there: Collection[str], path: str) -> None:
    if name not in there:
        raise InputError(f"the gate's figure {path!r}: there is no {name!r}{nearest(name, there)}; there are {', '.join(there) or 'none'}")
