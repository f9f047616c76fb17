"""Calls of the Linux kernel that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys

_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION = 0x20080522


def libc() -> ctypes.CDLL:
    """The C library of this process.

    Raises:
        OSError: this is not Linux, where the numbers of calls mean something else.
    """
    if sys.platform != "linux":
        raise OSError("not Linux")
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: object) -> int:
    """The result of a system call.

    Raises:
        OSError: the kernel refused it.
    """
    return checked(libc().syscall(ctypes.c_long(number), *arguments))


def checked(result: int) -> int:
    """`result`, or the error that a C function left behind.

    Raises:
        OSError: the result is negative.
    """
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def give_up_privileges() -> None:
    """No program this process starts gets more rights than it has, and the superuser keeps none of theirs.

    Raises:
        OSError: the kernel refused it.
    """
    checked(libc().prctl(_SET_NO_NEW_PRIVS, *(ctypes.c_ulong(value) for value in (1, 0, 0, 0))))
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    checked(libc().capset(header, (ctypes.c_uint32 * 6)()))
