"""Feedback is shown in every format, under its competency and under headings of its own."""

from __future__ import annotations

import pytest

from agent.feedback import CompetencyMoments, Drill, Feedback, Higher, Mistake, Moment, Part, Structure
from agent.report import to_html, to_markdown, to_plain
from agent.report.view import view
from agent.transcript import Transcript
from agent.verdict import GradeReport

BLAME = "The platform team should have told us in March, honestly."


@pytest.fixture
def told(report: GradeReport) -> GradeReport:
    feedback = Feedback(
        moments=(
            CompetencyMoments(
                competency="leadership_ownership",
                best=Moment(turn=6, quote="I'll tell Legal by Thursday what we can't explain yet", shows="Flags a risk early."),
                weakest=Moment(turn=6, quote=BLAME, shows="Puts the blame on others.", supports=False),
                higher=Higher(adds="Takes something over.", text="I'd check that on last month's traffic. [That one is mine]", turn=4),
            ),
            CompetencyMoments(competency="adaptability", higher=Higher(adds="Says what success means now.")),
        ),
        mistakes=(Mistake(id="shifts-blame", name="Blame", turn=6, quote=BLAME, fix="Say your own part first.", also=(8,)),),
        structures=(
            Structure(
                turn=4,
                frame="PEP",
                parts=(Part(name="problem", turn=4, quote="angry customers"), Part(name="evidence", hint="one figure")),
            ),
        ),
        drills=(
            Drill(id="ownership", title="From blame to ownership", minutes=5, text="Rewrite it three times.", serves="Blame"),
            Drill(id="headline", title="Headline", minutes=5, text="Say it in thirty seconds.", serves="Communication"),
        ),
    )
    return report.model_copy(update={"feedback": feedback})


def test_it_is_told_in_plain_lines(told: GradeReport, transcript: Transcript) -> None:
    lines = to_plain(told, transcript).splitlines()

    assert "Best moment: “I'll tell Legal by Thursday what we can't explain yet” (turn 6)" in lines
    assert f"Weakest moment: “{BLAME}” (turn 6) Puts the blame on others." in lines
    assert (
        "Level 3 might sound like: “I'd check that on last month's traffic. [That one is mine]” (from turn 4; takes something over)"
        in lines
    )
    assert "What would lift it: An answer that says what success means now." in lines
    assert f"Blame, turn 6; again in turn 8: “{BLAME}”" in lines
    assert "Turn 4, a proposal, as PEP: problem is there; evidence is missing." in lines
    assert "From blame to ownership, 5 minutes, for blame: Rewrite it three times." in lines


@pytest.mark.parametrize("render", [to_plain, to_markdown, to_html])
def test_every_format_has_the_three_headings(told: GradeReport, transcript: Transcript, render: object) -> None:
    assert callable(render)
    shown = render(told, transcript)

    assert all(head in shown for head in ("Mistakes worth mending", "Structure of your stories", "Two drills"))


def test_a_report_without_it_has_none_of_them(report: GradeReport, transcript: Transcript) -> None:
    assert view(report, transcript).feedback == ()
    assert "Two drills" not in to_html(report, transcript)


def test_what_was_said_is_escaped_on_the_page(told: GradeReport) -> None:
    assert told.feedback
    mistake = told.feedback.mistakes[0].model_copy(update={"quote": "<script>alert(1)</script>"})
    wicked = told.model_copy(update={"feedback": told.feedback.model_copy(update={"mistakes": (mistake,)})})

    assert "<script>" not in to_html(wicked)
