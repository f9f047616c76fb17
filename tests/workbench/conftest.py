"""A broken file, its test, and ways to run it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.scenario import Artifact
from agent.workbench.enforcement import enforced
from agent.workbench.inside.job import GUARDS, Guard
from agent.workbench.limits import Limits
from agent.workbench.result import RunResult
from agent.workbench.run import check

BROKEN = "def mean(values):\n    return sum(values) / (len(values) - 1)\n"
MENDED = "def mean(values):\n    return sum(values) / len(values)\n"
TEST = """\
import math
import unittest

from window import mean


class MeanTest(unittest.TestCase):
    def test_of_two(self):
        self.assertEqual(mean([1.0, 3.0]), 2.0)

    def test_of_many(self):
        self.assertTrue(math.isclose(mean([2.0] * 10), 2.0))


if __name__ == "__main__":
    unittest.main()
"""
NUMPY_TEST = TEST.replace("import math", "import numpy as math")

Run = Callable[..., RunResult]


@pytest.fixture
def artifact() -> Artifact:
    return Artifact(
        id="window", title="A window", kind="python", text=BROKEN, file="window.py", test=TEST, bug="One too few.", fixed=MENDED
    )


@pytest.fixture
def run() -> Run:
    """Runs a text of window.py against the test above; `inside` is put into the function."""

    def run(
        text: str = MENDED, *, inside: str = "", test: str = TEST, guards: tuple[Guard, ...] = GUARDS, limits: Limits | None = None
    ) -> RunResult:
        if inside:
            text = "def mean(values):\n" + "".join(f"    {line}\n" for line in inside.splitlines())
        return check("window.py", text, test, guards=guards, limits=limits).result

    return run


@pytest.fixture
def needs() -> Callable[[str], None]:
    """Skips the test where the system cannot enforce something."""

    def needs(what: str) -> None:
        if not getattr(enforced(), what):
            pytest.skip(f"this system cannot enforce: {what}")

    return needs
