"""What a run printed, made fit to be shown and kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_CONTROLS = re.compile(r"[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\U0010ffff]")
_CUT = "[…]\n"


def readable_output(printed: bytes, folders: Iterable[str], shown: int) -> str:
    """The last `shown` characters, with paths below `folders` told from there on.

    Bytes that are not UTF-8 are replaced, escape sequences and control characters left out.
    """
    text = printed.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", _ESCAPES.sub("", text))
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(folder + os.sep, "").replace(folder, ".")
    return text if len(text) <= shown else _CUT + text[-shown:]
