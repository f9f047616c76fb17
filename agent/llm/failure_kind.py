"""Of which kind a failure is: by the class of an exception, by a status, by what a provider wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.errors import FailureKind

READ = 600
"""Characters of an error that are looked at: further on, some servers repeat what they were sent."""

_CLASSES = {
    "APITimeoutError": FailureKind.TIMEOUT,
    "TimeoutException": FailureKind.TIMEOUT,
    "TimeoutError": FailureKind.TIMEOUT,
    "UnsupportedProtocol": FailureKind.NOT_FOUND,
    "InvalidURL": FailureKind.NOT_FOUND,
    "ContentPolicyViolationError": FailureKind.REFUSED,
    "JSONDecodeError": FailureKind.PROTOCOL,
    "UnicodeDecodeError": FailureKind.PROTOCOL,
    "DecodingError": FailureKind.PROTOCOL,
    "TransportError": FailureKind.CONNECTION,
    "ClientConnectionError": FailureKind.CONNECTION,
    "OSError": FailureKind.CONNECTION,
    "APIConnectionError": FailureKind.CONNECTION,
}
"""Kinds by the name of a class among the bases of an exception or of its causes; the first that is found counts."""

_STATUSES = {
    401: FailureKind.AUTH,
    402: FailureKind.QUOTA,
    403: FailureKind.AUTH,
    404: FailureKind.NOT_FOUND,
    405: FailureKind.NOT_FOUND,
    408: FailureKind.TIMEOUT,
    409: FailureKind.SERVER,
    410: FailureKind.NOT_FOUND,
    425: FailureKind.SERVER,
    429: FailureKind.RATE_LIMITED,
}

_WORDS = (
    (
        FailureKind.QUOTA,
        r"insufficient.(user.)?quota|insufficient (credit|balance|funds)|credit balance|payment required|exceeded your current quota"
        r"|billing.(hard.limit|not.active|details)",
    ),
    (FailureKind.RATE_LIMITED, r"rate.?limit|too many requests|resource_exhausted"),
    (FailureKind.REFUSED, r"content_filter|content_policy|responsibleai"),
    (FailureKind.AUTH, r"(invalid|incorrect|missing)[\w ]*api.?key|api.?key[\w ]*(not valid|invalid)|authentication|permission_denied"),
    (FailureKind.NOT_FOUND, r"model_not_found|not_found_error|llm provider not provided"),
    (FailureKind.TIMEOUT, r"timed?.?out"),
    (FailureKind.BAD_REQUEST, r"invalid_request|context_length"),
)
"""What providers write into the body of an error, in the order in which it is looked for."""

_COMES_BACK = r"retrydelay|retry in \d|per.?minute|per.?second"
"""Signs that a quota is one of minutes and not of money."""


_OF_THE_REQUEST = r"response_format|json_schema|tool_choice"
"""Named in an error of 500 or more by servers that fail at a request they do not know, such as llama-cpp-python's."""

_PLAINER = (FailureKind.AUTH, FailureKind.REFUSED, FailureKind.QUOTA, FailureKind.NOT_FOUND)
"""What the words of a request that was refused may say better than its status."""


def by_class(error: BaseException) -> FailureKind | None:
    """What the class of an exception, or of one it came from, means by itself."""
    bases = [base.__name__ for each in chain(error) for base in type(each).__mro__]
    return next((kind for name, kind in _CLASSES.items() if name in bases), None)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those it came from; some SDKs name theirs `original_exception`."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        context = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or getattr(error, "original_exception", None) or context


def by_words(text: str, status: int | None) -> FailureKind | None:
    """What a status means together with the text of an error, or the text alone."""
    words = text[:READ].lower()
    told = next((kind for kind, pattern in _WORDS if re.search(pattern, words)), None)
    if status is None:
        return told
    if status == 429:
        return FailureKind.QUOTA if told is FailureKind.QUOTA and not re.search(_COMES_BACK, words) else FailureKind.RATE_LIMITED
    if status in (400, 422) and told in _PLAINER:
        return told
    if status >= 500 and re.search(_OF_THE_REQUEST, words):
        return FailureKind.BAD_REQUEST
    return _by_status(status)


def _by_status(status: int) -> FailureKind:
    if status >= 500:
        return FailureKind.SERVER
    return _STATUSES.get(status, FailureKind.BAD_REQUEST if status >= 400 else FailureKind.NOT_FOUND)
