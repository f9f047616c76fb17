from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address
from agent.llm.failure_kind import by_words
from agent.llm.failures import LONGEST_QUOTE, Failures
from agent.llm.retry_after import LONGEST, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KEY = "abcd-efgh-1234"
FAILURES = Failures(Address("openai", "m", "https://user:secret@example.org/v1?token=hidden"), key=KEY, variable="SOME_API_KEY")


class Told(Exception):
    """An error as an SDK raises it."""

    def __init__(self, status: int | None, body: Any = None, text: str = "it failed", headers: dict[str, str] | None = None) -> None:
        super().__init__(text)
        self.status_code = status
        self.body = body
        self.litellm_response_headers = headers


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "1e12"}, LONGEST),
        ({"retry-after": "inf"}, LONGEST),
        ({"retry-after": "nan"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=90), usegmt=True)}, 0),
        ({"retry-after": "Sun, 99 Mar 2026 12:00:00 GMT"}, None),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "what", "retry-after": "7"}, 7),
        ({}, None),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, now=NOW) == seconds


@given(st.text())
def test_any_header_can_be_read(value: str) -> None:
    wait = retry_after({"retry-after": value, "retry-after-ms": value}, now=NOW)

    assert wait is None or 0 <= wait <= LONGEST


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, FailureKind.NOT_FOUND),
        (400, FailureKind.BAD_REQUEST),
        (401, FailureKind.AUTH),
        (402, FailureKind.QUOTA),
        (403, FailureKind.AUTH),
        (404, FailureKind.NOT_FOUND),
        (405, FailureKind.NOT_FOUND),
        (408, FailureKind.TIMEOUT),
        (409, FailureKind.SERVER),
        (413, FailureKind.BAD_REQUEST),
        (418, FailureKind.BAD_REQUEST),
        (422, FailureKind.BAD_REQUEST),
        (429, FailureKind.RATE_LIMITED),
        (500, FailureKind.SERVER),
        (503, FailureKind.SERVER),
        (529, FailureKind.SERVER),
    ],
)
def test_every_status_has_a_kind(status: int, kind: FailureKind) -> None:
    assert FAILURES.of(Told(status)).kind is kind


BODIES = {
    "OpenAI without credit": (
        429,
        {"message": "You exceeded your current quota, please check your plan and billing details.", "code": "insufficient_quota"},
        FailureKind.QUOTA,
    ),
    "OpenAI too fast": (
        429,
        {"message": "Rate limit reached for gpt-4o on tokens per min (TPM)", "code": "rate_limit_exceeded"},
        FailureKind.RATE_LIMITED,
    ),
    "Gemini too fast": (
        429,
        {"message": "You exceeded your current quota, please check your plan and billing details. Please retry in 22.5s."},
        FailureKind.RATE_LIMITED,
    ),
    "Anthropic without credit": (
        400,
        {"type": "invalid_request_error", "message": "Your credit balance is too low to access the Anthropic API."},
        FailureKind.QUOTA,
    ),
    "Gemini with a wrong key": (400, {"message": "API key not valid. Please pass a valid API key."}, FailureKind.AUTH),
    "xAI with a wrong key": (400, {"message": "Incorrect API key provided: xa***il."}, FailureKind.AUTH),
    "Azure's filter": (400, {"code": "content_filter", "message": "The response was filtered"}, FailureKind.REFUSED),
    "too long": (400, {"code": "context_length_exceeded", "message": "maximum context length is 8192 tokens"}, FailureKind.BAD_REQUEST),
    "OpenRouter in a stream": (None, {"code": 502, "message": "Provider disconnected"}, FailureKind.SERVER),
    "OpenRouter without credit": (None, {"code": 402, "message": "Insufficient credits"}, FailureKind.QUOTA),
    "Anthropic overloaded in a stream": (None, {"type": "overloaded_error", "message": "Overloaded"}, FailureKind.SERVER),
    "no status, too fast": (None, {"type": "rate_limit_error", "message": "Slow down"}, FailureKind.RATE_LIMITED),
}


@pytest.mark.parametrize("name", BODIES)
def test_providers_say_it_in_their_own_ways(name: str) -> None:
    status, body, kind = BODIES[name]

    assert FAILURES.of(Told(status, body)).kind is kind
    if status is None:
        assert FAILURES.in_body(body).kind is kind


def _from(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionResetError("reset"), FailureKind.CONNECTION),
        (TimeoutError(), FailureKind.TIMEOUT),
        (_from(RuntimeError("no"), TimeoutError()), FailureKind.TIMEOUT),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), FailureKind.PROTOCOL),
        (AttributeError("a parser gave up"), FailureKind.PROTOCOL),
    ],
)
def test_errors_without_a_status(error: Exception, kind: FailureKind) -> None:
    assert FAILURES.of(error).kind is kind


def test_what_is_known_stays_as_it_is() -> None:
    known = ModelError(FailureKind.BUDGET, "spent")

    assert FAILURES.of(known) is known


def test_a_message_says_who_what_and_what_next() -> None:
    assert str(FAILURES.of(Told(401, {"message": "No."}))) == (
        "the model 'm' at https://example.org/v1 refused the key (HTTP 401: No). Set SOME_API_KEY to a key that may use this model."
    )


def test_a_missing_key_is_named() -> None:
    assert "SOME_API_KEY is not set: set it to your key" in str(Failures(Address("openai", "m"), variable="SOME_API_KEY").of(Told(401)))


@pytest.mark.parametrize("secret", [KEY, "sk-proj-0123456789abcdef", "sk-abc***************xyz", "Bearer abcdefgh12345678"])
def test_keys_are_in_no_message(secret: str) -> None:
    told = str(FAILURES.of(Told(401, {"message": f"the key {secret} is wrong"})))

    assert secret.removeprefix("Bearer ") not in told
    assert "[redacted]" in told


def test_secrets_of_the_address_are_in_no_message() -> None:
    told = str(FAILURES.of(Told(500)))

    assert "secret" not in told
    assert "hidden" not in told


@pytest.mark.parametrize(
    "text",
    [
        'litellm.RateLimitError: RateLimitError: GroqException - {"error": {"message": "boom"}}',
        'litellm.APIError: AnthropicException - b\'{"error": {"message": "boom"}}\'',
        "litellm.APIError: APIError: SomeException - boom",
    ],
)
def test_names_of_exceptions_are_no_message(text: str) -> None:
    assert "(HTTP 500: boom)" in str(FAILURES.of(Told(500, text=text)))


def test_a_word_in_place_of_a_key_is_no_secret() -> None:
    assert "none of it" in str(Failures(Address("openai", "m"), key="none").of(Told(500, "none of it")))


def test_a_long_answer_is_told_in_short() -> None:
    assert len(str(FAILURES.of(Told(500, "x" * 10_000)))) < LONGEST_QUOTE + 250


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "boom"}},
        {"detail": "boom"},
        {"message": {"message": "boom"}},
        ["boom"],
        [{"error": {"message": "boom"}}],
        "boom",
    ],
)
def test_messages_are_found_wherever_they_lie(body: Any) -> None:
    assert "(HTTP 500: boom)" in str(FAILURES.of(Told(500, body)))


def test_a_server_that_fails_at_a_form_it_does_not_know_says_that_the_request_was_bad() -> None:
    """As llama-cpp-python's server answers a JSON schema: a status of 500 around a validation error."""
    told = "1 validation error: {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be 'text'\"}"
    assert by_words(told, 500) is FailureKind.BAD_REQUEST
    assert by_words("out of memory", 500) is FailureKind.SERVER
