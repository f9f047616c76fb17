"""Workers of an existing Dask cluster: the same orders, the same results; what a worker leaves undone is done by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from agent.errors import InputError, InstrumentError
from agent.evaluation.workers.processes import Work

PATIENCE = "10s"
"""How long a scheduler has to answer."""


def on_cluster(work: Work, orders: Sequence[str], address: str) -> Iterator[str]:
    """What comes of each order, as it is done, each once. An order whose worker dies is done again elsewhere.

    Raises:
        InputError: there is no scheduler at the address, or the package for it is not installed.
        InstrumentError: the cluster gave an order up, because worker after worker died of it or the scheduler is gone.
    """
    if find_spec("distributed") is None:
        raise InputError("a Dask cluster needs the package distributed; install it with: pip install 'hotseat[cluster]'")
    from distributed import Client, as_completed
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {address!r} ({error}); start one with: dask scheduler") from error
    with client:
        futures = client.map(work, orders, pure=False)
        try:
            for done in as_completed(futures, loop=client.loop):
                yield done.result()
                done.release()
        except (KilledWorker, FutureCancelledError, OSError) as error:
            raise InstrumentError(
                f"the cluster at {address} gave up ({error}); what was done before is kept: run the same command again"
            ) from error
        finally:
            client.cancel(futures)
