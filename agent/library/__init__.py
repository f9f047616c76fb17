"""Finds and checks the data people edit: personas, scenarios, twists, rubrics, prompts."""

from agent.library.kinds import KINDS, Kind
from agent.library.library import Library

__all__ = ["KINDS", "Kind", "Library"]
