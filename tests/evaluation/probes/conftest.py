"""The rubric that the probes' scripted judges are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from agent.evaluation.probes.bench import Bench
from agent.evaluation.probes.catalogue import PROBES
from agent.evaluation.probes.finding import Finding
from agent.rubric import Rubric
from agent.sync import run_sync


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    file = Path(__file__).parents[3] / "rubrics" / "core" / "1.0.0.yaml"
    return Rubric.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def found() -> Callable[[str, Bench], Finding]:
    """What a probe finds on a bench."""
    return lambda name, on: run_sync(PROBES[name].run(on))
