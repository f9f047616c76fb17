"""All probes by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from agent.errors import InputError, nearest
from agent.evaluation.probes.halo import Halo
from agent.evaluation.probes.knock_out import KnockOut
from agent.evaluation.probes.manipulation import Manipulation, UnseenAttacks
from agent.evaluation.probes.probe import Probe
from agent.evaluation.probes.quotes import Quotes
from agent.evaluation.probes.reworded import Manner, Pad, Paraphrased, RepeatSaid, Shorten
from agent.evaluation.probes.same import Names, Reorder, Repeat
from agent.evaluation.probes.strength import OrderOfStrength

PROBES: Mapping[str, Probe] = MappingProxyType(
    {
        probe.name: probe
        for probe in (
            Repeat(),
            Reorder(),
            Names(),
            Paraphrased(),
            Pad(),
            Shorten(),
            RepeatSaid(),
            Manner("dialect", "casual"),
            Manner("typos", "typos"),
            Manner("articles", "no articles"),
            Manner("lowercase", "hurried"),
            Manipulation(),
            UnseenAttacks(),
            KnockOut(),
            Halo(),
            Quotes(),
            OrderOfStrength(),
        )
    }
)


def chosen(names: Sequence[str]) -> list[Probe]:
    """The probes of these names, or all.

    Raises:
        InputError: there is none of a name.
    """
    for name in names:
        if name not in PROBES:
            raise InputError(f"there is no probe {name!r}{nearest(name, PROBES)}; there are {', '.join(PROBES)}")
    return [PROBES[name] for name in dict.fromkeys(names)] or list(PROBES.values())
