"""Grades a transcript against a rubric. Knows nothing of the interviewer."""

from __future__ import annotations

from agent.judge.embedded import EmbeddedJudge
from agent.judge.model import ModelJudge

__all__ = ["EmbeddedJudge", "ModelJudge"]
