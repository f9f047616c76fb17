"""The report as JUnit XML, which continuous integration shows: for each scene a case for what has to hold, and one for each pair."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from agent.evaluation.probes.finding import Outcome
from agent.evaluation.scenes.contrast import PairFinding
from agent.evaluation.scenes.report import SceneFinding, SceneReport


def to_junit(report: SceneReport) -> str:
    """The XML, without times, so that the same report gives the same text."""
    cases = [case for scene in report.scenes for case in _cases(scene, report)]
    failures = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    suite = ElementTree.Element(
        "testsuite", name=report.suite.id, tests=str(len(cases)), failures=str(failures), errors="0", skipped=str(skipped)
    )
    suite.extend(cases)
    whole = ElementTree.Element("testsuites")
    whole.append(suite)
    ElementTree.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(whole, encoding="unicode") + "\n"


def _cases(scene: SceneFinding, report: SceneReport) -> Iterator[ElementTree.Element]:
    holds = ElementTree.Element("testcase", classname=scene.scenario, name=f"what has to hold holds in {scene.sessions} sessions")
    if scene.problems:
        _add(holds, "failure", "\n".join(scene.problems))
    yield holds
    yield from (_separates(scene, pair, report) for pair in scene.pairs)


def _separates(scene: SceneFinding, pair: PairFinding, report: SceneReport) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=scene.scenario, name=f"{pair.strong} scores above {pair.weak}")
    if pair.overall is None:
        _add(case, "skipped", pair.untold)
    elif pair.overall.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        _add(case, "failure", sentence(scene, pair, report))
    elif pair.overall.outcome is Outcome.UNSURE:
        ElementTree.SubElement(case, "system-out").text = sentence(scene, pair, report)
    return case


def sentence(scene: SceneFinding, pair: PairFinding, report: SceneReport) -> str:
    """How a scene tells two candidates apart, in a sentence."""
    overall = pair.overall
    if overall is None or overall.auc is None or overall.auc_interval is None:
        return f"{scene.scenario}: {pair.untold or 'nobody was scored'}"
    low, high = overall.auc_interval
    return (
        f"{scene.scenario}: {pair.strong} scores above {pair.weak} in {overall.auc:.2f} of pairs "
        f"(95% interval {low:.2f} to {high:.2f}), has to be at least {report.suite.least:g}: {overall.outcome}"
    )


def _add(case: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(case, tag, message=text.partition("\n")[0]).text = text
