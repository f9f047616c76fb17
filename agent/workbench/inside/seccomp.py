"""System calls: with a seccomp filter a process gives up sockets, new processes and signals to others.

The filter is a small program for the kernel's packet filter. It looks at the number of a call and at one argument at most.
Layout of what it reads: `struct seccomp_data` in linux/seccomp.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from typing import Literal

from agent.workbench.inside.calls import EPERM, Rule, rules
from agent.workbench.inside.kernel import checked, libc

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_NUMBER_AT, _PROCESSOR_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_SET_SECCOMP, _FILTER = 22, 2
_FIRST_OF_X32 = 0x40000000
_PROCESSORS: dict[str, tuple[Literal[0, 1], int]] = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_Step = tuple[int, int, int, int]
"""Code, steps to skip if true, steps to skip if false, value."""


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("true", ctypes.c_uint8), ("false", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Instruction)))


def filter_calls() -> None:
    """From now on this process has no network, starts no processes and reaches no other one. Threads stay possible.

    Raises:
        OSError: the kernel has no seccomp, or the processor is neither x86-64 nor aarch64.
    """
    if platform.machine() not in _PROCESSORS or sys.maxsize < 2**32:
        raise OSError(f"no filter for {platform.machine()}")
    column, processor = _PROCESSORS[platform.machine()]
    steps = list(_program(processor, rules(column, os.getpid())))
    array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    checked(libc().prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(_Program(len(steps), array))))


def _program(processor: int, refused: Iterable[Rule]) -> Iterator[_Step]:
    yield _LOAD, 0, 0, _PROCESSOR_AT
    yield _EQUAL, 1, 0, processor
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER_AT
    yield _AT_LEAST, 0, 1, _FIRST_OF_X32
    yield _RETURN, 0, 0, _REFUSE | EPERM
    for rule in refused:
        yield from _steps(rule)
    yield _RETURN, 0, 0, _ALLOW


def _steps(rule: Rule) -> Iterator[_Step]:
    refusal = (_RETURN, 0, 0, _REFUSE | rule.error)
    if rule.refuse == "always":
        yield _EQUAL, 0, 1, rule.number
        yield refusal
        return
    yield _EQUAL, 0, 5, rule.number
    yield _LOAD, 0, 0, _ARGUMENTS_AT + 8 * rule.argument
    yield _AND, 0, 0, rule.mask
    yield (_EQUAL, 0, 1, rule.value) if rule.refuse == "if" else (_EQUAL, 1, 0, rule.value)
    yield refusal
    yield _RETURN, 0, 0, _ALLOW
