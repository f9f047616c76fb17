"""Several tests at once: what is left of each p where any of them could have been found by chance."""

from __future__ import annotations

from collections.abc import Mapping


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """Each p corrected, by the same names: the smallest times m, the next times m − 1, and so on, never below the one before.

    S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70.
    """
    found: dict[str, float] = {}
    least = 0.0
    for place, name in enumerate(sorted(values, key=lambda name: values[name])):
        least = max(least, min(1.0, values[name] * (len(values) - place)))
        found[name] = least
    return {name: found[name] for name in values}
