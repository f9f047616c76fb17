"""The HTML page: whole, self-contained, linked, escaped, readable."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import agent.report
from agent.report import to_html
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport

VOID = {"meta", "line", "rect", "circle", "br"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=y> {{ 7*7 }} \"' </p> <mark> & [red]x[/red]"


class Page(HTMLParser):
    """Reads a page: what is nested wrongly, the ids, the links, the text by element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute))]

    def text(self, tag: str) -> list[str]:
        return [data for element, data in self.texts if element == tag]


def test_the_page_is_well_formed_and_every_link_leads_somewhere(report: GradeReport, transcript: Transcript) -> None:
    page = Page(to_html(report, transcript))

    ids = page.all("id")
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.all("href")} <= set(ids)
    assert {name for names in page.all("aria-labelledby") for name in names.split()} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs(report: GradeReport, transcript: Transcript) -> None:
    text = to_html(report, transcript)
    page = Page(text)

    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert page.all("src") == []
    assert "url(" not in text
    assert "@import" not in text
    assert "http:" not in text
    assert "https:" not in text
    assert "default-src 'none'; style-src 'unsafe-inline'" in " ".join(page.all("content"))


def test_landmarks_language_and_the_chart_in_words(report: GradeReport, transcript: Transcript) -> None:
    page = Page(to_html(report, transcript))

    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in page.tags}
    assert ("html", {"lang": "en"}) in page.tags
    assert "The fraud trade-off · Hotseat" in page.text("title")
    described = page.text("desc")[0]
    assert "Adaptability: level 3, score 3.3" in described
    assert "Storytelling: not observed" in described


def test_quotes_are_marked_in_their_turn(report: GradeReport, transcript: Transcript) -> None:
    page = Page(to_html(report, transcript))

    assert page.text("mark") == [
        "How many good payments do we decline a day, and what does one of them cost us?",
        "1,900 times 41 is roughly $78k a day in angry customers",
        "We give up maybe two points of recall",
        "The threshold work stays, the embedding features go",
        "I'll tell Legal by Thursday what we can't explain yet",
        "The platform team should have told us in March",
        "the AUC would drop and nobody has measured by how much",
    ]


def test_a_quote_that_is_not_there_is_not_passed_off_as_one(report: GradeReport, transcript: Transcript) -> None:
    cut = transcript.model_copy(update={"turns": transcript.turns[:3]})

    assert "turn 8, not found in the transcript" in to_html(report, cut)


@pytest.mark.parametrize("name", ["Storytelling", "Ethics fairness", "Communication"])
def test_a_state_without_a_number_shows_none(report: GradeReport, name: str) -> None:
    card = re.search(rf"<h3[^>]*>{name}</h3>\s*<p>(.*?)</p>", to_html(report), re.DOTALL)

    assert card is not None
    assert not re.search(r"\d", card[1])


def test_only_scored_competencies_have_a_dot(report: GradeReport) -> None:
    page = Page(to_html(report))

    assert sum(tag == "circle" for tag, _ in page.tags) == 5
    assert sum(attrs.get("class") == "none" for _, attrs in page.tags) == 3


def test_a_score_lies_where_it_belongs(report: GradeReport) -> None:
    dots = [attrs["cx"] for tag, attrs in Page(to_html(report)).tags if tag == "circle"]

    assert dots == ["72.0%", "66.0%", "82.0%", "56.0%", "30.0%"]


def test_whatever_the_candidate_writes_stays_text(report: GradeReport) -> None:
    turns = (
        Turn(number=1, role="interviewer", speaker=HOSTILE, text="Why?"),
        Turn(number=2, role="candidate", speaker="Me", text=HOSTILE),
    )
    hostile = report.model_copy(update={"title": HOSTILE, "notes": (HOSTILE,), "delivery": {HOSTILE: HOSTILE}})
    page = Page(to_html(hostile, Transcript(turns=turns, source=HOSTILE)))

    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert page.open == []
    assert any(HOSTILE in text for text in page.text("p"))


def test_a_session_without_a_grade_is_its_transcript(transcript: Transcript) -> None:
    page = Page(to_html(None, transcript))

    assert "This session has not been graded yet." in page.text("p")
    assert "svg" not in {tag for tag, _ in page.tags}
    assert "turn-8" in page.all("id")


def palettes() -> list[dict[str, str]]:
    css = (Path(agent.report.__file__).parent / "report.css").read_text(encoding="utf-8")
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block)) for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("ink", "soft", "accent", "against") for ground in ("page", "card")]
    + [("mark-ink", "mark"), ("twist-ink", "twist")],
)
def test_text_has_the_contrast_of_wcag_aa(theme: int, ink: str, ground: str) -> None:
    palette = palettes()[theme]

    assert contrast(palette[ink], palette[ground]) >= 4.5
