"""System calls that the sandbox refuses: their numbers on x86-64 and on aarch64, and when they are refused.

A number of -1 means that the processor has no such call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

EPERM, ENOSYS = 1, 38
_CLONE_THREAD = 0x10000
_ACCESS_AND_TRUNCATE = 0o1003
_TRUNCATE = 0o1000


class Rule(NamedTuple):
    """A call that is refused: always, or by the lower half of one argument.

    With `refuse="if"` it is refused if `argument & mask == value`, with `"unless"` if it is not.
    """

    number: int
    refuse: Literal["always", "if", "unless"] = "always"
    argument: int = 0
    mask: int = 0xFFFFFFFF
    value: int = 0
    error: int = EPERM


_NETWORK = {"socket": (41, 198), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427)}
"""A ring can open sockets past any filter of calls."""

_PROCESSES = {"fork": (57, -1), "vfork": (58, -1), "execve": (59, 221), "execveat": (322, 281), "unshare": (272, 97), "setns": (308, 268)}

_OTHERS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "setpriority": (141, 140),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "perf_event_open": (298, 241),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
"""Ways into other processes and into the kernel."""

_MEMORY = {"memfd_create": (319, 279), "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180)}
"""Memory that no limit counts, or that outlives the process."""

_ATTRIBUTES = {
    "chmod": (90, -1),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, -1),
    "lchown": (94, -1),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "utime": (132, -1),
    "utimes": (235, -1),
    "futimesat": (261, -1),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "truncate": (76, 45),
}
"""Changes to files that Landlock, or its first versions, let through."""

_SIGNALS = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}


def rules(column: Literal[0, 1], process: int) -> Iterator[Rule]:
    """What is refused to `process`; column 0 holds the numbers of x86-64, column 1 those of aarch64."""
    for group in (_NETWORK, _PROCESSES, _OTHERS, _MEMORY, _ATTRIBUTES):
        yield from (Rule(numbers[column]) for numbers in group.values() if numbers[column] >= 0)
    yield from (Rule(numbers[column], "unless", value=process) for numbers in _SIGNALS.values())
    yield Rule((302, 261)[column], "unless")
    yield Rule((56, 220)[column], "if", mask=_CLONE_THREAD)
    yield Rule(435, error=ENOSYS)
    yield from _emptied_on_opening(column)


def _emptied_on_opening(column: Literal[0, 1]) -> Iterator[Rule]:
    """A file opened for reading alone can still be emptied, and early versions of Landlock see no writing in that."""
    yield Rule((257, 56)[column], "if", 2, _ACCESS_AND_TRUNCATE, _TRUNCATE)
    yield Rule(437, error=ENOSYS)
    if column == 0:
        yield Rule(2, "if", 1, _ACCESS_AND_TRUNCATE, _TRUNCATE)
