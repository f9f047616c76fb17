"""Showing a report and a transcript: in the terminal, as Markdown, JSON and one HTML page."""

from agent.report.html import to_html
from agent.report.json import as_json, report_object, session_object
from agent.report.markdown import to_markdown
from agent.report.plain import to_plain
from agent.report.terminal import to_terminal
from agent.report.text import transcript_to_markdown, transcript_to_text

__all__ = [
    "as_json",
    "report_object",
    "session_object",
    "to_html",
    "to_markdown",
    "to_plain",
    "to_terminal",
    "transcript_to_markdown",
    "transcript_to_text",
]
