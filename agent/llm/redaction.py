"""Taking secrets out of what is written to a file.

A secret is known by its form (keys of providers, `Authorization` headers, user names, passwords and keys in URLs) or as the
value of an environment variable whose name ends in `_API_KEY` or `_TOKEN`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

MARK = "[redacted]"

_NAMED = ("_API_KEY", "_TOKEN")
_SHORTEST = 8
"""Shorter values of variables are words that may stand in any text."""

_KEYS = (
    "sk-", "pk-", "rk-", "gsk_", "hf_", "xai-", "pplx-", "r8_", "gho_", "ghp_", "ghs_", "ghu_", "github_pat_", "glpat-", "xox", "aiza",
    "akia", "eyj",
)  # fmt: skip

_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (words, re.compile(pattern, re.IGNORECASE))
    for words, pattern in (
        (("://",), r"(?<=://)[^/\s@\"']+(?=@)"),
        (("=",), r"(?<=[?&])(?P<kept>[\w.-]*(?:key|token|secret|password|auth|sig|signature|credential)s?=)[^&#\s\"']+"),
        (("bearer", "basic", "token"), r"(?P<kept>\b(?:Bearer|Basic|Token)\s+)(?=[^\s\"']*\d)[\w.~+/=-]{8,}"),
        (
            ("authorization", "api-key", "api_key"),
            r"(?P<kept>\b(?:Authorization|(?:x-)?api[-_]key)[\"']?\s*[:=]\s*[\"']?)"
            r"(?!Bearer\b|Basic\b|Token\b)(?=[^\s\"']*\d)[\w.~+/=-]{8,}",
        ),
        (
            _KEYS,
            r"\b(?:(?:sk|pk|rk)-(?!learn)[\w-]{8,}|(?:gsk_|hf_|xai-|pplx-|r8_|gh[opsu]_|github_pat_|glpat-|xox[abp]-)[\w-]{16,}"
            r"|AIza[\w-]{20,}|AKIA[0-9A-Z]{16}\b|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,})",
        ),
    )
)
"""Forms of secrets, each with the words of which one has to occur: to look for words is a hundred times as fast."""


class Redaction:
    """Replaces secrets by a mark. The values of variables are those of the moment it was made."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._values = tuple(sorted(_secret_values(os.environ if environment is None else environment), key=len, reverse=True))

    def text(self, text: str) -> str:
        """`text` without secrets."""
        for value in self._values:
            text = text.replace(value, MARK)
        lowered = text.lower()
        for words, pattern in _PATTERNS:
            if any(word in lowered for word in words):
                text = pattern.sub(_marked, text)
        return text

    def data(self, value: Any) -> Any:
        """Plain data without secrets in any of its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.data(inner) for key, inner in value.items()}
        return [self.data(inner) for inner in value] if isinstance(value, list | tuple) else value


def _secret_values(environment: Mapping[str, str]) -> Iterable[str]:
    return (value for name, value in environment.items() if name.upper().endswith(_NAMED) and len(value) >= _SHORTEST)


def _marked(match: re.Match[str]) -> str:
    return f"{match.groupdict().get('kept') or ''}{MARK}"
