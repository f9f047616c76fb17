"""Worker processes on this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from agent.evaluation.workers.crew import Crew, Work

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""Settings by which a library takes one thread, so that several processes do not fight for the cores."""
DIED = "a worker process died; what was done before is kept: run the same command again"


@contextmanager
def processes(count: int, begin: Callable[[], None] | None = None) -> Iterator[Crew]:
    """So many processes, each of which does `begin` first.

    At the end what is in hand is waited for, and the rest of what they were handed is left undone.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(begin,))
    try:
        yield Crew(pool.submit, 2 * count, {BrokenProcessPool: DIED})
    finally:
        pool.shutdown(cancel_futures=True)


def in_processes(work: Work, orders: Sequence[str], count: int) -> Iterator[str]:
    """What comes of each order, as it is done; in this process where `count` is 1. Ended early, it waits for what is in hand.

    Raises:
        InstrumentError: a worker process died.
    """
    if count == 1:
        yield from map(work, orders)
        return
    with processes(count) as crew:
        yield from crew.each(work, orders)


def _begin(begin: Callable[[], None] | None) -> None:
    """Readies a worker process, before anything heavy is imported: Ctrl-C is for who handed out the work, and it ends with that one."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if begin:
        begin()


def _end_with_parent() -> None:
    """Ends this process when the one that began it is gone, however that happened."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
