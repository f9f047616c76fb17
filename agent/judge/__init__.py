"""Grades a transcript against a rubric. Knows nothing of the interviewer."""

from __future__ import annotations

from agent.judge.embedded import EmbeddedJudge
from agent.judge.model import ModelJudge
from agent.judge.panel import Panel

__all__ = ["EmbeddedJudge", "ModelJudge", "Panel"]
