"""A run's report as one HTML file."""

from __future__ import annotations

from agent.errors import InputError
from agent.evaluation.runs.reading import Run


def to_html(run: Run) -> str:
    """The report of a run that has ended, with its judgements, as a page that needs no network.

    Raises:
        InputError: the run has not ended.
    """
    raise InputError("there is no HTML report yet; use --json or --junit")
