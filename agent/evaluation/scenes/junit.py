"""The report as JUnit XML, which continuous integration shows: a case for each scene, and one for each session."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from agent.evaluation.probes.finding import Outcome
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
    separates = ElementTree.Element("testcase", classname=scene.scenario, name=f"{report.suite.strong} scores above {report.suite.weak}")
    if scene.overall is None:
        _add(separates, "skipped", scene.untold)
    elif scene.overall.outcome in (Outcome.FAILED, Outcome.NOT_RUN):
        _add(separates, "failure", told(scene, report))
    elif scene.overall.outcome is Outcome.UNSURE:
        ElementTree.SubElement(separates, "system-out").text = told(scene, report)
    yield separates


def told(scene: SceneFinding, report: SceneReport) -> str:
    """A scene's contrast in a sentence."""
    overall = scene.overall
    if overall is None or overall.auc is None or overall.auc_interval is None:
        return f"{scene.scenario}: {scene.untold or 'nobody was scored'}"
    low, high = overall.auc_interval
    return (
        f"{scene.scenario}: {report.suite.strong} scores above {report.suite.weak} in {overall.auc:.2f} of pairs "
        f"(95% interval {low:.2f} to {high:.2f}), has to be at least {report.suite.least:g}: {overall.outcome}"
    )


def _add(case: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(case, tag, message=text.partition("\n")[0]).text = text
