"""The report of a run as one HTML page: no script, nothing loaded from anywhere."""

from agent.evaluation.page.html import to_html

__all__ = ["to_html"]
