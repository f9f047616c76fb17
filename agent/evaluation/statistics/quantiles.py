"""Quantiles of the distributions that limits and powers are made of."""

from __future__ import annotations

from math import exp
from statistics import NormalDist

_TERMS = (
    (4, (1, 1)),
    (96, (3, 16, 5)),
    (384, (-15, 17, 19, 3)),
    (92160, (-945, -1920, 1482, 776, 79)),
)
"""Of each power of 1 / freedom: the divisor, and the factors of z, z³, z⁵, …"""


def normal(share: float) -> float:
    """Below which value so much of the standard normal distribution lies."""
    return NormalDist().inv_cdf(share)


def student(share: float, freedom: int) -> float:
    """Below which value so much of Student's t distribution lies; to 0.001 from 9 degrees of freedom on for shares of 0.001 to 0.999.

    M. Abramowitz and I. A. Stegun (1964), Handbook of mathematical functions, 26.7.5.
    """
    z = normal(share)
    terms = (_odd(z, factors) / (divisor * freedom**power) for power, (divisor, factors) in enumerate(_TERMS, 1))
    return float(z + sum(terms))


def poisson(share: float, mean: float) -> int:
    """The smallest count that at least so much of the Poisson distribution with this mean does not exceed."""
    count, probability = 0, exp(-mean)
    below = probability
    while below < share:
        count += 1
        probability *= mean / count
        below += probability
    return count


def each_of(alpha: float, tests: int) -> float:
    """The level of each of so many independent tests that leaves `alpha` for all of them together: 1 − (1 − α)^(1/m).

    Z. Šidák (1967), Journal of the American Statistical Association 62, 626-633.
    """
    return float(1 - (1 - alpha) ** (1 / tests))


def _odd(z: float, factors: tuple[int, ...]) -> float:
    return float(sum(factor * z ** (2 * place + 1) for place, factor in enumerate(factors)))
