"""A clock that is moved by what happens: nobody waits in a simulation, and the same moves give the same times."""

from __future__ import annotations


class SimulatedClock:
    """Seconds since the epoch, by hand."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self.now = start

    def __call__(self) -> float:
        """The time."""
        return self.now

    def forward(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += seconds
