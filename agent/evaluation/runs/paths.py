"""The figures of a report by their paths, as gates name them.

JUDGE/agreement/COMPETENCY/FIGURE    with the raters together: qwk, mae, bias, observed, covered
JUDGE/repeats/COMPETENCY/FIGURE      among the judge's own answers, where it is asked several times
JUDGE/probe/NAME                     the estimate of a probe
JUDGE/counts/COUNT                   items, judged, scored, instrument_error, …
raters/COMPETENCY/FIGURE             among the raters

COMPETENCY may be `all`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from agent.errors import InputError, nearest
from agent.evaluation.checked_file import told
from agent.evaluation.probes.catalogue import PROBES
from agent.evaluation.runs.counts import Counts
from agent.evaluation.runs.figures import ALL, Row
from agent.evaluation.runs.interval import Estimated
from agent.evaluation.runs.raters import AMONG, Among
from agent.evaluation.runs.run_report import JudgeResult
from agent.evaluation.runs.suite import RATERS, Suite
from agent.rubric import Rubric

FIGURES = tuple(name for name in Row.model_fields if name not in ("items", "both", "ci"))


def check(suite: Suite, rubric: Rubric, probes: Sequence[str]) -> None:
    """Sees that the path of every gate leads to a figure, before anything is graded for it; `probes` are those of the suite.

    Raises:
        InputError: some do not, each with its reason.
    """
    problems = [problem for gate in suite.gates for problem in _problems(gate.figure, suite, rubric, probes)]
    if problems:
        raise InputError(told(f"the gates of suite {suite.id!r} cannot all be decided", problems))


def _problems(path: str, suite: Suite, rubric: Rubric, probes: Sequence[str]) -> Iterator[str]:
    """Why a path leads to no figure."""
    competencies = (ALL, *(each.id for each in rubric.competencies))
    match path.split("/"):
        case ["raters", name, figure] if RATERS not in suite.judges:
            yield from _unknown(path, (name, competencies), (figure, AMONG))
        case [_, "agreement" | "repeats" as kind, name, figure]:
            yield from _unknown(path, (name, competencies), (figure, FIGURES if kind == "agreement" else AMONG))
        case [judge, "probe", name]:
            yield from _unprobed(path, judge, name, suite, probes)
        case [_, "counts", name]:
            yield from _unknown(path, (name, tuple(Counts.model_fields)))
        case [judge, *_]:
            ways = f"{judge}/agreement/all/qwk, {judge}/repeats/all/exact, {judge}/probe/NAME, {judge}/counts/scored, raters/all/qwk"
            yield f"the gate's figure {path!r} leads nowhere; figures are named as {ways}"


def _unknown(path: str, *parts: tuple[str, Collection[str]]) -> Iterator[str]:
    for name, there in parts:
        if name not in there:
            yield f"the gate's figure {path!r}: there is no {name!r}{nearest(name, there)}; there are {', '.join(there)}"


def _unprobed(path: str, judge: str, name: str, suite: Suite, probes: Sequence[str]) -> Iterator[str]:
    """Why a suite has no figure of a probe: there is none of that name, or the suite does not ask it, or not of that judge."""
    figure = f"the gate's figure {path!r}"
    if name not in PROBES:
        yield f"{figure}: there is no probe {name!r}{nearest(name, PROBES)}; there are {', '.join(PROBES)}"
    elif suite.probes is None:
        yield f"{figure} is of the probe {name!r}, and the suite has no probes; add it, or take the gate out"
    elif name not in probes:
        asked = ", ".join(probes)
        yield f"{figure} is of the probe {name!r}, which is not among the suite's probes ({asked}); add it, or take the gate out"
    elif judge not in suite.probes.judges:
        of = ", ".join(suite.probes.judges)
        yield f"{figure} is of the probe {name!r} of {judge!r}, and the suite's probes are asked of {of} alone; add {judge!r} there"


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
