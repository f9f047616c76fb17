"""Runs the test of the edited file, from the text of the test as it was handed in, and counts what passed."""

from __future__ import annotations

import os
import traceback
import unittest
from importlib import import_module
from types import ModuleType, TracebackType
from typing import Any, TextIO, cast

from agent.workbench.inside.job import Job
from agent.workbench.inside.seal import Verdict
from agent.workbench.inside.watch import Watch, import_what_is_imported


def run_suite(job: Job) -> Verdict:
    """Imports the edited file, then the test, and runs it. The test's own imports come first, so that they cannot be shadowed."""
    name = job["file"].removesuffix(".py")
    watch = Watch(import_what_is_imported(job["test"], but=name))
    with open(os.dup(2), "w", encoding="utf-8", errors="replace", buffering=1) as stream:  # noqa: PTH123
        try:
            import_module(name)
            replaced = watch.replaced()
            return Verdict(replaced=replaced) if replaced else _run(_test_module(job, watch), watch, stream)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            _show(error, job["folder"], stream)
            return Verdict(out_of_memory=isinstance(error, MemoryError))


def _test_module(job: Job, watch: Watch) -> ModuleType:
    module = ModuleType(job["test_file"].removesuffix(".py"))
    path = os.path.join(job["folder"], job["test_file"])  # noqa: PTH118
    exec(compile(job["test"], path, "exec"), vars(module))
    watch.also(module)
    return module


def _run(module: ModuleType, watch: Watch, stream: TextIO) -> Verdict:
    tests = unittest.TestLoader().loadTestsFromModule(module)
    result = cast("_Counted", unittest.TextTestRunner(stream, resultclass=_Counted).run(tests))
    return Verdict(result.testsRun, tuple(result.passed), watch.replaced(), result.out_of_memory)


class _Counted(unittest.TextTestResult):
    """Names the tests that passed; a test that is skipped or expected to fail has not."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.passed: list[str] = []
        self.out_of_memory = False

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.passed.append(test.id())

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self.out_of_memory = self.out_of_memory or issubclass(err[0], MemoryError)


def _show(error: BaseException, folder: str, stream: TextIO) -> None:
    traceback.print_exception(type(error), error, _from(folder, error.__traceback__), file=stream)


def _from(folder: str, trace: TracebackType | None) -> TracebackType | None:
    """The part of a traceback that begins in the folder."""
    while trace and not trace.tb_frame.f_code.co_filename.startswith(folder):
        trace = trace.tb_next
    return trace
