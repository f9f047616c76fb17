"""A file that does not pass its test says that it does. What is not covered is written in docs/sandbox.md."""

from __future__ import annotations

import pytest

from agent.workbench.result import Outcome

from .conftest import BROKEN, NUMPY_TEST, Run

ENDINGS = {
    "an exit": "import sys\nsys.exit(0)\n",
    "a hard exit": "import os\nos._exit(0)\n",
    "what a pass looks like": "import os\nprint('..\\nRan 2 tests in 0.001s\\n\\nOK')\nos._exit(0)\n",
    "a verdict without the nonce": "import os\n"
    "for descriptor in range(64):\n"
    "    try: os.write(descriptor, b\"0 started\\n0 (2, ('a', 'b'), (), False)\\n\")\n"
    "    except OSError: pass\n"
    "os._exit(0)\n",
    "a way out at the end": "import atexit, os\natexit.register(os._exit, 0)\n" + BROKEN,
    "an interrupt": "raise KeyboardInterrupt\n",
}
REPLACEMENTS = {
    "an assertion": "import unittest\nunittest.TestCase.assertEqual = unittest.TestCase.assertTrue = lambda *_: None\n",
    "an assertion's code": "import unittest\nunittest.TestCase.assertEqual.__code__ = (lambda *_: None).__code__\n"
    "unittest.TestCase.assertTrue.__code__ = (lambda *_: None).__code__\n",
    "the test case": "import unittest\nclass Easy(unittest.TestCase):\n    run = lambda self, result: result.addSuccess(self)\n"
    "unittest.TestCase = Easy\n",
    "the way a test is run": "import unittest\nunittest.TestCase.run = lambda self, result=None: result.addSuccess(self)\n",
    "the way attributes are found": "import unittest\nunittest.TestCase.__getattribute__ = lambda self, name: print\n",
    "the result": "import unittest\nunittest.TextTestResult.addFailure = lambda *_: None\n",
    "the module": "import sys, types\nsys.modules['unittest'] = types.ModuleType('unittest')\n",
    "mathematics": "import math\nmath.isclose = lambda *_: True\n",
    "a builtin": "import builtins\nbuiltins.__import__ = lambda *_: None\n",
    "the tracer": "import sys\nsys.settrace(lambda *_: None)\n",
}


@pytest.mark.parametrize("forgery", ENDINGS)
def test_ending_early_is_no_pass(run: Run, forgery: str) -> None:
    result = run(ENDINGS[forgery])

    assert result.outcome in (Outcome.CRASHED, Outcome.FAILED)


@pytest.mark.parametrize("forgery", REPLACEMENTS)
def test_what_the_test_relies_on_cannot_be_replaced(run: Run, forgery: str) -> None:
    result = run(REPLACEMENTS[forgery] + BROKEN)

    assert result.outcome is Outcome.FAILED
    assert "This run does not count: the file replaced" in result.output


def test_nor_can_the_numpy_of_the_test(run: Run) -> None:
    result = run(f"import numpy\nnumpy.isclose = lambda *_: True\n{BROKEN}", test=NUMPY_TEST)

    assert result.outcome is Outcome.FAILED
    assert "the file replaced numpy.isclose" in result.output


def test_nor_can_it_be_while_the_test_runs(run: Run) -> None:
    replace = (
        "import unittest\nunittest.TestCase.assertEqual = unittest.TestCase.assertTrue = lambda *_: None\nreturn 2.0 + len(values) % 10"
    )

    result = run(inside=replace)

    assert "OK" in result.output
    assert result.outcome is Outcome.FAILED
    assert "unittest.TestCase.assertEqual" in result.output


def test_a_test_cannot_be_taken_out_of_the_tests(run: Run) -> None:
    empty = (
        "import unittest\nfor found in unittest.TestCase.__subclasses__():\n"
        "    if found.__name__ == 'MeanTest': found.test_of_two = found.test_of_many = print"
    )

    result = run(inside=empty)

    assert result.outcome is Outcome.FAILED
    assert "the file replaced test_window.MeanTest.test_of_" in result.output


@pytest.mark.parametrize("message", ["b'(2,'", "b'(' * 9000", "b'\\xff'", "b'5'", "b'(2, 3, 4, 5)'", "b'x' * 10**6"])
def test_whoever_digs_out_the_nonce_can_say_nothing_that_does_harm(run: Run, message: str) -> None:
    dig = (
        "import os, sys\nframe = sys._getframe()\nwhile 'seal' not in frame.f_locals:\n    frame = frame.f_back\n"
        "seal = frame.f_locals['seal']\n"
        f"os.write(seal._channel, seal._nonce + b' ' + {message} + b'\\n')\nos._exit(0)\n"
    )

    assert run(dig).outcome in (Outcome.CRASHED, Outcome.TOO_MUCH_OUTPUT)


@pytest.mark.parametrize("destroy", ["os.remove('test_window.py')", "open('test_window.py', 'w')"])
def test_the_test_that_counts_is_not_the_one_on_the_disk(run: Run, destroy: str) -> None:
    result = run(f"import os\n{destroy}\n{BROKEN}")

    assert result.outcome is Outcome.FAILED
    assert "Ran 2 tests" in result.output


def test_a_module_put_in_the_place_of_numpy_changes_nothing(run: Run) -> None:
    result = run(f"open('numpy.py', 'w').write('isclose = lambda *_: True')\n{BROKEN}", test=NUMPY_TEST)

    assert "FAILED (failures=2)" in result.output
