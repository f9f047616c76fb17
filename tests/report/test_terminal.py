"""The report in terminals of all kinds."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console

from agent.report import to_plain, to_terminal
from agent.transcript import Transcript
from agent.verdict import GradeReport


def printed(report: GradeReport, transcript: Transcript, *, width: int = 90, plain: bool = False, **console: bool) -> str:
    out = io.StringIO()
    Console(file=out, width=width, _environ={}, **console).print(to_terminal(report, transcript, plain=plain))  # type: ignore[arg-type]
    return out.getvalue()


def test_a_wide_terminal_gets_a_table_with_level_score_and_confidence(report: GradeReport, transcript: Transcript) -> None:
    lines = printed(report, transcript).splitlines()

    assert any(re.search(r"Adaptability +level 3 of 5 +■■■□□ +3\.3 +somewhat sure \(0\.55\)", line) for line in lines)
    assert any(re.search(r"Storytelling +not observed *$", line) for line in lines)


def test_quotes_come_with_their_turn_and_what_was_missing(report: GradeReport, transcript: Transcript) -> None:
    text = printed(report, transcript, width=200)

    assert '+ "We give up maybe two points of recall" (turn 4)' in text
    assert '- "the AUC would drop and nobody has measured by how much" (turn 8)' in text
    assert "What would change the choice." in text
    assert 'After: "The threshold work stays, the embedding features go" (turn 6)' in text


@pytest.mark.parametrize("width", [20, 40, 71, 72, 200])
@pytest.mark.parametrize("plain", [True, False])
def test_no_line_is_wider_than_the_terminal(report: GradeReport, transcript: Transcript, width: int, plain: bool) -> None:
    assert max(cell_len(line) for line in printed(report, transcript, width=width, plain=plain).splitlines()) <= width


def test_no_color_has_no_colour(report: GradeReport, transcript: Transcript) -> None:
    assert re.findall(r"\x1b\[[0-9;]*3[0-7]", printed(report, transcript, force_terminal=True, no_color=True)) == []


def test_plain_is_made_of_sentences(report: GradeReport, transcript: Transcript) -> None:
    text = to_plain(report, transcript)

    assert not re.search("[\u2190-\u2bff\U0001f000-\U0001ffff|]", text)
    assert "Adaptability: level 3 of 5, score 3.3, somewhat sure (0.55)" in text
    assert "Communication: instrument error" in text
    assert printed(report, transcript, width=2_000, plain=True) == text


def test_markup_and_escapes_in_a_report_are_text(report: GradeReport, transcript: Transcript) -> None:
    hostile = report.model_copy(update={"notes": ("[bold red]x[/] :smile: \x1b[31mred",)})

    for plain in (True, False):
        assert "[bold red]x[/] :smile: red" in printed(hostile, transcript, plain=plain)


def test_the_reader_is_told_what_a_grade_is(report: GradeReport, transcript: Transcript) -> None:
    text = to_plain(report, transcript)

    assert "practice feedback, not a hiring assessment" in text
    assert not re.search(r"(?i)\b(great|excellent|impressive|no.hire|strong hire|well done)\b", text)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    script = "import sys, agent.report, agent.reading; print({'rich', 'jinja2', 'numpy'} & set(sys.modules))"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "set()"
