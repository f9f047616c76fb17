from __future__ import annotations

import pytest

from agent.llm.redaction import Redaction


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("use sk-proj-AbC_123456789 now", "use [redacted] now"),
        ("SK-ANT-API03-ABCDEFGH", "[redacted]"),
        ("gsk_abcdefghij0123456789", "[redacted]"),
        ("AIzaSyA1234567890abcdefghijklmno", "[redacted]"),
        ("ghp_abcdefghijklmnop0123", "[redacted]"),
        ("eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4", "[redacted]"),
        ("Authorization: Bearer abc123def456", "Authorization: Bearer [redacted]"),
        ("{'authorization': 'abc123def456'}", "{'authorization': '[redacted]'}"),
        ("x-api-key: 0123456789abcdef", "x-api-key: [redacted]"),
        ("https://me:hunter22@host/v1", "https://[redacted]@host/v1"),
        ("https://host/v1?v=1&api_key=abc&x=2", "https://host/v1?v=1&api_key=[redacted]&x=2"),
        ("https://host/v1?access_token=abc#top", "https://host/v1?access_token=[redacted]#top"),
    ],
)
def test_a_secret_is_known_by_its_form(text: str, left: str) -> None:
    redaction = Redaction({})

    assert redaction.text(text) == redaction.text(left) == left


@pytest.mark.parametrize(
    "text",
    [
        "We use sk-learn-like pipelines and a task-specific-head.",
        "Basic authentication with a bearer token, authorization: yes.",
        "The token budget is 4096, and token 128000 is the last.",
        "See https://example.org/a?page=2&sort=key and write to me@example.org.",
        "The key is a hash; ghost entries are dropped. What about the risk-averse-option?",
    ],
)
def test_words_of_the_trade_are_no_secrets(text: str) -> None:
    assert Redaction({}).text(text) == text


def test_values_of_variables_that_hold_keys_are_secrets() -> None:
    redaction = Redaction({"MY_API_KEY": "plain-words", "CI_TOKEN": "another one", "SHORT_TOKEN": "word", "HOME": "plain home"})

    assert redaction.text("plain-words, another one, word, plain home") == "[redacted], [redacted], word, plain home"


def test_data_keeps_its_form() -> None:
    data = {"messages": ({"content": "sk-abcdefgh1234"},), "seed": 7, "schema": None}

    assert Redaction({}).data(data) == {"messages": [{"content": "[redacted]"}], "seed": 7, "schema": None}
