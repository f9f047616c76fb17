"""Workers of an existing Dask cluster: the same orders, the same results; what a worker leaves undone is done by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec

from agent.errors import InputError
from agent.evaluation.workers.crew import Crew, Work

PATIENCE = "10s"
"""How long a scheduler has to answer."""
IN_HAND = 8
"""So many orders are with a cluster at least, so that workers that come later find some."""
GAVE_UP = "the cluster at {address} gave up ({error}); what was done before is kept: run the same command again"
LACKS = "a worker of the cluster at {address} lacks something ({error}); install there the same version of Hotseat as here"
FAILED = "a worker of the cluster at {address} failed ({error}); mend that; what was done before is kept: run the same command again"
BY_NAME = "getattr(__import__('importlib').import_module(module), name)(order)"
"""What a worker evaluates: the same for every order, for module and name are those of a function of ours, and the order is a value."""


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """The workers of the scheduler at an address. An order whose worker dies is done again elsewhere; at the end nothing is left there.

    Raises:
        InputError: there is no scheduler at the address, or the package for it is not installed.
    """
    if find_spec("distributed") is None:
        raise InputError("a Dask cluster needs the package distributed; install it with: pip install 'hotseat[cluster]'")
    from distributed import Client
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {address!r} ({error}); start one with: dask scheduler") from error
    gave_up, lacks, failed = (told.replace("{address}", address) for told in (GAVE_UP, LACKS, FAILED))
    of_workers = {ImportError: lacks, AttributeError: lacks, OSError: failed}
    losses = {KilledWorker: gave_up, CancelledError: gave_up, CommClosedError: gave_up, **of_workers}
    with client:
        executor = client.get_executor(pure=False)
        try:
            yield Crew(partial(_submit, executor), max(IN_HAND, 2 * sum(client.nthreads().values())), losses)
        finally:
            executor.shutdown(wait=False)


def on_cluster(work: Work, orders: Sequence[str], address: str) -> Iterator[str]:
    """What comes of each order, as it is done, each once.

    Raises:
        InputError: there is no cluster to be had.
        InstrumentError: a worker lacks what it needs, worker after worker died, or the scheduler is gone.
    """
    with cluster(address) as crew:
        yield from crew.each(work, orders)


def _submit(executor: Executor, work: Work, order: str) -> Future[str]:
    """Hands over nothing but names and texts: a worker that is handed a function that it does not have ends, and so does the next."""
    return executor.submit(eval, BY_NAME, {"module": work.__module__, "name": work.__name__, "order": order})
