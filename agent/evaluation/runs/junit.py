"""A report as JUnit XML: one test case a gate and one a probe, as build servers read it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from agent.counted import counted
from agent.evaluation.probes.finding import Finding, Outcome
from agent.evaluation.runs.gates import GateResult, Passed
from agent.evaluation.runs.run_report import Ending, JudgeResult, RunReport, is_gated


def to_junit(report: RunReport) -> str:
    """The report as XML, without times: the same for the same report."""
    cases = [*map(_gate, report.gates), *_probes(report), _instruments(report)]
    failures, errors = (sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error"))
    counts = {"tests": len(cases), "failures": failures, "errors": errors}
    suite = ElementTree.Element("testsuite", {"name": report.plan.suite.id, **{name: str(count) for name, count in counts.items()}})
    suite.extend(cases)
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=False).join(('<?xml version="1.0" encoding="UTF-8"?>\n', "\n"))


def _gate(result: GateResult) -> ElementTree.Element:
    case = _case("gate", result.gate.figure)
    if result.outcome is Passed.FAILED:
        ElementTree.SubElement(case, "failure", message=told(result))
    else:
        ElementTree.SubElement(case, "system-out").text = told(result)
    return case


def told(result: GateResult) -> str:
    """A gate's figure, interval, bound and margin, and what it could have seen, in one line."""
    gate = result.gate
    bounds = [f"{word} {bound:g}" for word, bound in (("at least", gate.least), ("at most", gate.most)) if bound is not None]
    margin = f" (margin {gate.margin:g})" if gate.margin else ""
    interval = f", interval {result.interval[0]:.3f} to {result.interval[1]:.3f}" if result.interval else ""
    seen = f"; an effect of {result.could_see:.3f} would have been seen" if result.could_see is not None else ""
    value = "undefined" if result.value is None else f"{result.value:,.0f}" if gate.is_count else f"{result.value:.3f}"
    return f"{value}{interval}, has to be {' and '.join(bounds)}{margin}: {result.why}{seen}"


def _probes(report: RunReport) -> Iterator[ElementTree.Element]:
    for name, judge in report.judges.items():
        yield from (_probe(name, judge, finding, report) for finding in judge.findings)


def _probe(name: str, judge: JudgeResult, finding: Finding, report: RunReport) -> ElementTree.Element:
    case = _case(f"probe.{name}", finding.probe)
    interval = f", interval {finding.interval[0]:.3f} to {finding.interval[1]:.3f}" if finding.interval else ""
    estimate = "undefined" if finding.estimate is None else f"{finding.estimate:.3f}"
    text = f"{finding.asks}: {estimate}{interval}, {finding.outcome.value.replace('_', ' ')}"
    if is_gated(name, finding, report.gates):
        ElementTree.SubElement(case, "system-out").text = f"{text}; a gate decides"
    elif finding.outcome is Outcome.FAILED:
        ElementTree.SubElement(case, "failure", message=text)
    elif finding.outcome is Outcome.NOT_RUN:
        ElementTree.SubElement(case, "error", message=f"{finding.asks}: there was nothing to compare")
    else:
        ElementTree.SubElement(case, "system-out").text = text
    return case


def _instruments(report: RunReport) -> ElementTree.Element:
    case = _case("run", "instrument errors")
    errors = sum(judge.counts.instrument_error for judge in report.judges.values())
    planned = sum(judge.counts.planned for judge in report.judges.values())
    told = f"{counted(errors, 'instrument error')} among {counted(planned, 'verdict')}"
    if report.outcome is Ending.BROKEN:
        ElementTree.SubElement(case, "error", message=told)
    else:
        ElementTree.SubElement(case, "system-out").text = told
    return case


def _case(kind: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", classname=f"hotseat.{kind}", name=name)
