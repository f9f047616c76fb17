"""Transcripts as text and Markdown, and reports as Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from agent.prose import clean
from agent.reading import read_transcript
from agent.report import to_markdown, transcript_to_markdown, transcript_to_text
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport

HOSTILE = r"""# head
- item
1. one
<b>x</b> [link](http://x.y) ![i](j) *em* _em_ `code`
===
---

    code
> q
| a | b |
&lt; \* <http://a.b> ~~s~~"""


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def talk(answer: str) -> Transcript:
    return Transcript(
        turns=(
            Turn(number=1, role="interviewer", speaker="Maya", text="Why?"),
            Turn(number=2, role="candidate", speaker="Candidate", text=answer),
        )
    )


def shown(html: str) -> str:
    plain = re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return "".join(plain.split())


def test_plain_text_is_read_back_as_it_was(transcript: Transcript) -> None:
    again = read_transcript(transcript_to_text(transcript))

    assert [(turn.speaker, turn.role, turn.text) for turn in again.turns] == [
        (turn.speaker, turn.role, turn.text) for turn in transcript.turns
    ]


@given(answer=st.text(min_size=1).map(clean).filter(bool))
def test_any_answer_survives_plain_text(answer: str) -> None:
    words = read_transcript(transcript_to_text(talk(answer))).turns[1].text.split()

    assert words == answer.split()


def test_whatever_the_candidate_writes_stays_text_in_markdown() -> None:
    html = rendered(transcript_to_markdown(talk(HOSTILE)))

    assert set(re.findall(r"<(\w+)", html)) <= {"p", "strong", "blockquote", "br"}
    assert shown(HOSTILE.replace("<", "&lt;").replace("&lt; \\*", "&amp;lt; \\*")) in shown(html)


@given(answer=st.text(alphabet="#-+=*_`[]()<>!|~&\\1.) \nab:/@", min_size=1).map(clean).filter(bool))
def test_no_answer_makes_markup(answer: str) -> None:
    html = rendered(transcript_to_markdown(talk(answer)))

    assert set(re.findall(r"<(\w+)", html)) <= {"p", "strong", "blockquote", "br"}


def test_a_twist_stands_before_its_turn(transcript: Transcript) -> None:
    text = transcript_to_markdown(transcript)

    assert text.index("**4. Candidate**") < text.index("Declines must be explained") < text.index("**5. Priya Raman**")


def test_a_report_in_markdown_holds_every_state_and_quote(report: GradeReport, transcript: Transcript) -> None:
    html = rendered(to_markdown(report, transcript))

    assert "<td>Storytelling</td>\n<td>not observed</td>\n<td></td>\n<td></td>" in html
    assert "<td>abstained</td>" in html
    assert "<td>instrument error</td>" in html
    assert "“We give up maybe two points of recall” (turn 4)" in html
    assert "<h2>Transcript</h2>" in html


@pytest.mark.parametrize("with_transcript", [True, False])
def test_a_report_alone_or_a_talk_alone(report: GradeReport, transcript: Transcript, with_transcript: bool) -> None:
    text = to_markdown(None, transcript) if with_transcript else to_markdown(report)

    assert ("This session has not been graded yet." in text) == with_transcript
    assert ("## Transcript" in text) == with_transcript
