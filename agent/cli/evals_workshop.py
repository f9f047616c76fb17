"""What the judges of a suite are made of, ready for use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.evaluation.runs.judges import Workshop
    from agent.evaluation.runs.suite import Suite
    from agent.library import Library
    from agent.rubric import Rubric


def workshop(suite: Suite, rubric: Rubric, evals: Path, library: Library, at_once: int, record: Path | None = None) -> Workshop:
    """The workshop; where the embedded judge is asked, the rubric's sentences are embedded, or read from the cache."""
    from agent.evaluation.runs.judges import Workshop
    from agent.evaluation.runs.suite import EMBEDDED
    from agent.judge.calibration import FOLDER, Calibrations
    from agent.judge.ready import sentences
    from agent.memory.embedder import LazyEmbedder
    from agent.memory.vectors import prepare as embed
    from agent.prompting import Prompts
    from agent.settings import Settings

    embedder = LazyEmbedder()
    if any(judge.model == EMBEDDED for judge in suite.judges.values()):
        embed(embedder, sentences(rubric), Settings.from_environment().cache_dir, lambda: False)
    calibrations = Calibrations([place / FOLDER for place in library.search_path])
    return Workshop(evals, Prompts(library), embedder, at_once, calibrations=calibrations, record=record)
