"""Worker processes on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from agent.errors import InstrumentError

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""Settings by which a library takes one thread, so that several processes do not fight for the cores."""

Work = Callable[[str], str]
"""A function at the top of a module: other processes find it by its name."""


def in_processes(work: Work, orders: Sequence[str], count: int) -> Iterator[str]:
    """What comes of each order, as it is done; in this process where `count` is 1. Ended early, it waits for what is in hand.

    Raises:
        InstrumentError: a worker process died.
    """
    if count == 1:
        yield from map(work, orders)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)
    try:
        for done in as_completed([pool.submit(work, order) for order in orders]):
            yield done.result()
    except BrokenProcessPool as error:
        raise InstrumentError("a worker process died; what was done before is kept: run the same command again") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Readies a worker process, before anything heavy is imported."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
