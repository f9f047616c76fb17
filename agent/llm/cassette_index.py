"""Which model was recorded in which role: one small file each in a cassette's folder, so that nothing has to be searched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from agent.errors import InputError
from agent.llm.call import Address, Role
from agent.llm.cassette_file import damaged, write_whole
from agent.llm.redaction import Redaction

_FOLDER = "addresses"


def note(folder: Path, role: Role, address: Address, redaction: Redaction) -> None:
    """Notes that `address` was recorded as `role`.

    Raises:
        StoreUnwritable: the folder cannot be written.
    """
    content = redaction.data({"role": role, **address._asdict()})
    name = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    path = folder / _FOLDER / f"{role}-{name}.json"
    if not path.exists():
        write_whole(path, content)


def recorded_as(role: Role | None, folder: Path) -> Address:
    """The one address that was recorded as `role`; in any role if that is None.

    Raises:
        InputError: nothing was recorded there, not in that role, or from several models.
        ModelError: NOT_RECORDED, a file of the index is damaged.
    """
    noted = _noted(folder)
    found = sorted({address for known, address in noted if role in (None, known)}, key=str)
    if not noted:
        raise InputError(f"the folder {str(folder)!r} holds no recorded calls; record some, or name another folder")
    if not found:
        there = ", ".join(sorted({known for known, _ in noted}))
        raise InputError(f"the cassette {str(folder)!r} holds no recorded {role}, only: {there}; record the {role} into it as well")
    if len(found) > 1:
        several = "".join(f"\n  {address}" for address in found)
        raise InputError(
            f"the cassette {str(folder)!r} was recorded from several models{f' as {role}' if role else ''}, and it is open "
            f"which of them to play:{several}\nRecord each into a folder of its own, or say which to play"
        )
    return found[0]


def _noted(folder: Path) -> list[tuple[str, Address]]:
    return [_read(path) for path in sorted((folder / _FOLDER).glob("*.json"))]


def _read(path: Path) -> tuple[str, Address]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content["role"], Address(content["provider"], content["model"], content["base_url"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, f"it names no role and model: {error}") from error
