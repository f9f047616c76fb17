"""One recorded call in a file: what was asked, what came back and when, under a key made of what was asked.

Long texts are put aside (see `agent.llm.cassette_texts`); files of format 1 hold them themselves.

The key is made of the request without its secrets. So it tells nothing about them, not even to somebody who tries out
guesses, and who plays a cassette needs no key of their own.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent.errors import FailureKind, ModelError, StoreUnwritable
from agent.llm.call import Address, Call, Finish, Reply, Usage
from agent.llm.cassette_texts import shared, whole
from agent.llm.redaction import Redaction

FORMAT = 2
READ = (1, 2)

_ASIDE = "role"
"""Kept with a request to explain a miss; it does not change an answer, so the key does not hold it."""


@dataclass(frozen=True)
class Entry:
    """A recorded call. `pieces` are texts with the milliseconds after which they came.

    `reply` is None where the model failed, with `failure` for its kind, message and Retry-After in seconds.
    """

    request: dict[str, Any]
    pieces: tuple[tuple[float, str], ...]
    reply: Reply | None
    failure: ModelError | None
    recorded_at: str
    provenance: str

    @property
    def key(self) -> str:
        """What it is filed under."""
        return key_of(self.request)


def request_of(call: Call, address: Address, redaction: Redaction) -> dict[str, Any]:
    """Everything that decides on an answer, as plain data without secrets."""
    found: dict[str, Any] = redaction.data(
        {
            "provider": address.provider,
            "base_url": address.base_url and address.base_url.rstrip("/"),
            "model": address.model,
            "role": call.role,
            "prompt": call.prompt._asdict(),
            "max_tokens": call.max_tokens,
            "temperature": None if call.temperature is None else float(call.temperature),
            "seed": call.seed,
            "form": call.form,
            "repeat": call.repeat,
            "schema": call.schema and asdict(call.schema),
            "messages": call.messages,
        }
    )
    return found


def key_of(request: dict[str, Any]) -> str:
    """The sha256 of a request's canonical JSON, in hex."""
    return _sha256(_deciding(request))


def _deciding(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name != _ASIDE}


def path_of(key: str, folder: Path) -> Path:
    """The file of an entry."""
    return folder / key[:2] / f"{key}.json"


def write(entry: Entry, folder: Path, redaction: Redaction) -> None:
    """Files an entry, whole or not at all, and without secrets. A failure never replaces an answer.

    Raises:
        StoreUnwritable: the folder cannot be written.
    """
    path = path_of(entry.key, folder)
    if entry.reply is None and path.exists():
        return
    content = shared(redaction.data(_plain(entry)), folder, _write_text)
    write_whole(path, {**content, "checksum": _sha256(content)})


def write_whole(path: Path, content: dict[str, Any]) -> None:
    """Writes JSON so that no reader and no other process ever sees a part of it.

    Raises:
        StoreUnwritable: it cannot be written.
    """
    _write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.stem[:12]}-", suffix=".tmp", delete=False) as file:
            _replace(path, Path(file.name), file, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise StoreUnwritable(f"the cassette {path} cannot be written: {error.strerror or error}; name another folder") from error


def _replace(path: Path, aside: Path, file: Any, content: bytes) -> None:
    try:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        file.close()
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def read(path: Path) -> Entry:
    """The entry in a file.

    Raises:
        FileNotFoundError: there is no such file.
        ModelError: NOT_RECORDED; the file is damaged, was edited, or comes from a newer version.
    """
    entry = _whole(path)
    if path.stem != entry.key:
        raise _misfiled(path)
    return entry


def find(request: dict[str, Any], folder: Path) -> Entry:
    """The entry that answers a request. It is compared with the request in the file, which takes less than to make its key again.

    Raises:
        FileNotFoundError: there is none.
        ModelError: as `read`.
    """
    path = path_of(key_of(request), folder)
    entry = _whole(path)
    if _deciding(entry.request) != _deciding(request):
        raise _misfiled(path)
    return entry


def _whole(path: Path) -> Entry:
    content = _checked(path)
    try:
        return _entry(whole(content, path.parents[1]) if content["format"] > 1 else content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise damaged(path, f"it lacks a part of an entry ({error})") from error


def _misfiled(path: Path) -> ModelError:
    return damaged(path, "its name is not the key of the request in it; the file was renamed or its request was edited")


def _checked(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise damaged(path, f"it cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise damaged(path, f"it is no whole JSON: {error}") from error
    if not isinstance(content, dict) or "format" not in content:
        raise damaged(path, "it is no entry of a cassette")
    if content["format"] not in READ:
        raise damaged(path, f"it has format {content['format']!r}, this version reads {', '.join(map(str, READ))}; update Hotseat")
    if content.pop("checksum", None) != _sha256(content):
        raise damaged(path, "its checksum does not fit its content; the file was edited or cut")
    return content


def damaged(path: Path, what: str) -> ModelError:
    """The error about a file of a cassette that cannot be played."""
    return ModelError(FailureKind.NOT_RECORDED, f"the cassette file {path} cannot be played: {what}\nDelete it and record it again.")


def _plain(entry: Entry) -> dict[str, Any]:
    failure, reply = entry.failure, entry.reply
    return {
        "format": FORMAT,
        "recorded_at": entry.recorded_at,
        "provenance": entry.provenance,
        "request": entry.request,
        "pieces": [list(piece) for piece in entry.pieces],
        "reply": reply and {**asdict(reply), "usage": reply.usage and reply.usage._asdict()},
        "failure": failure and {"kind": failure.kind, "message": str(failure), "retry_after": failure.retry_after},
    }


def _entry(content: dict[str, Any]) -> Entry:
    reply, failure = content["reply"], content["failure"]
    return Entry(
        request=content["request"],
        pieces=tuple((float(after), str(text)) for after, text in content["pieces"]),
        reply=reply and Reply(reply["text"], Finish(reply["finish"]), reply["usage"] and Usage(**reply["usage"]), reply["model"]),
        failure=failure and ModelError(FailureKind(failure["kind"]), failure["message"], retry_after=failure["retry_after"]),
        recorded_at=content["recorded_at"],
        provenance=content["provenance"],
    )


def _sha256(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
