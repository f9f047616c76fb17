"""Vectors of the library's sentences, kept in a file, so that a cold start does not embed them again.

Only sentences of the library are kept, never a candidate's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from agent.memory.embedder import LazyEmbedder, MiniLM, batched, default_embedder
from agent.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def prepare(embedder: Embedder, texts: Iterable[str], folder: Path, stop: Callable[[], bool]) -> None:
    """Embeds `texts`, taking what an earlier start left in `folder` and leaving the rest there; ends early when told to stop.

    A file that cannot be read or written is no error: the sentences are embedded again.
    """
    loaded = default_embedder() if isinstance(embedder, LazyEmbedder) else embedder
    if not isinstance(loaded, MiniLM):
        return
    wanted = {_key(text): text for text in texts}
    file = folder / f"vectors-{loaded.id}.npz"
    kept = _read(file)
    loaded.keep({wanted[key]: kept[key] for key in wanted.keys() & kept.keys()})
    made: dict[str, NDArray[np.float32]] = {}
    for batch in batched(sorted((text for key, text in wanted.items() if key not in kept), key=len)):
        if stop():
            break
        made.update(zip(map(_key, batch), loaded.embed(batch), strict=True))
    if made:
        _write(file, {**kept, **made})


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(file: Path, vectors: dict[str, NDArray[np.float32]]) -> None:
    import numpy as np

    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
