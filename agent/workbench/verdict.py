"""Decides what came of a run. Only messages that begin with the nonce count, and only if there is nothing else."""

from __future__ import annotations

import ast
import signal

from agent.errors import WorkbenchError
from agent.workbench.inside.seal import Verdict
from agent.workbench.result import Outcome
from agent.workbench.sandbox import Ended

_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)


def number_of_tests(test: str) -> int:
    """How many tests the text of a unittest module defines: methods of its classes that begin with `test`.

    Raises:
        WorkbenchError: the text is no Python.
    """
    try:
        tree = ast.parse(test)
    except (SyntaxError, ValueError) as error:
        raise WorkbenchError(f"the test of this file is no Python: {error}\nMend the scenario; hotseat lint checks it") from error
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    functions = [node for found in classes for node in found.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return sum(function.name.startswith("test") for function in functions)


def verdict_of(ended: Ended, nonce: str) -> Verdict | None:
    """The verdict that a run sent, if it sent that and nothing else after its start."""
    lines, start = ended.sealed.splitlines(), nonce.encode() + b" "
    if len(lines) != 2 or not all(line.startswith(start) for line in lines):
        return None
    return _parsed(lines[1].removeprefix(start))


def _parsed(message: bytes) -> Verdict | None:
    """A file that dug out the nonce can send anything, so nothing is taken for granted."""
    try:
        ran, passed, replaced, out_of_memory = ast.literal_eval(message.decode("ascii"))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    if not isinstance(ran, int) or not isinstance(passed, tuple) or not isinstance(replaced, tuple):
        return None
    return Verdict(ran, tuple(map(str, passed)), tuple(map(str, replaced)), bool(out_of_memory))


def outcome_of(ended: Ended, nonce: str, tests: int) -> Outcome:
    """How a run ended that had to pass at least so many tests."""
    verdict = verdict_of(ended, nonce)
    if ended.stopped:
        return ended.stopped
    if not ended.sealed.startswith(nonce.encode() + b" started\n"):
        return Outcome.COULD_NOT_START
    if verdict is None:
        return Outcome.TIMED_OUT if ended.code == _OUT_OF_TIME else Outcome.CRASHED
    if verdict.out_of_memory:
        return Outcome.OUT_OF_MEMORY
    return Outcome.PASSED if _has_passed(verdict, tests) else Outcome.FAILED


def _has_passed(verdict: Verdict, tests: int) -> bool:
    return not verdict.replaced and len(verdict.passed) == verdict.ran >= tests > 0


def remarks(verdict: Verdict | None, tests: int) -> str:
    """What the candidate has to know beyond the output of the test; empty if there is nothing."""
    if verdict is None:
        return ""
    if verdict.replaced:
        return f"This run does not count: the file replaced {', '.join(verdict.replaced)}.\n"
    if verdict.ran and not verdict.out_of_memory and verdict.ran < tests:
        return f"This run does not count: the test file has {tests} tests, {verdict.ran} were run.\n"
    return ""
