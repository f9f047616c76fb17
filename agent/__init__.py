"""Hotseat: role-play interviews for machine-learning engineers, and grades that quote the candidate."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from agent.version import __version__

if TYPE_CHECKING:
    from agent.engine import Engine
    from agent.errors import HotseatError
    from agent.grading import agrade, grade
    from agent.library import Library
    from agent.models import Models
    from agent.persona import Persona
    from agent.reading import read_transcript
    from agent.rubric import Rubric
    from agent.scenario import Scenario
    from agent.session import Interview
    from agent.store import LogStore
    from agent.transcript import Transcript, Turn
    from agent.twist import Twist
    from agent.verdict import GradeReport, State, Verdict

_HOME = {
    "Engine": "agent.engine",
    "GradeReport": "agent.verdict",
    "HotseatError": "agent.errors",
    "Interview": "agent.session",
    "Library": "agent.library",
    "LogStore": "agent.store",
    "Models": "agent.models",
    "Persona": "agent.persona",
    "Rubric": "agent.rubric",
    "Scenario": "agent.scenario",
    "State": "agent.verdict",
    "Transcript": "agent.transcript",
    "Turn": "agent.transcript",
    "Twist": "agent.twist",
    "Verdict": "agent.verdict",
    "agrade": "agent.grading",
    "grade": "agent.grading",
    "read_transcript": "agent.reading",
}

__all__ = [
    "Engine",
    "GradeReport",
    "HotseatError",
    "Interview",
    "Library",
    "LogStore",
    "Models",
    "Persona",
    "Rubric",
    "Scenario",
    "State",
    "Transcript",
    "Turn",
    "Twist",
    "Verdict",
    "__version__",
    "agrade",
    "grade",
    "read_transcript",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'agent' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
