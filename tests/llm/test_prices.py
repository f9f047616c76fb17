from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import InvalidDocument
from agent.llm.call import Address, Usage
from agent.llm.prices import OwnPrice, Prices

MILLION = Usage(1_000_000, 1_000_000)


def test_a_published_price() -> None:
    """OpenAI's list for GPT-4o mini: 0.15 dollars for a million tokens in, 0.075 if cached, 0.60 out."""
    prices = Prices()

    assert prices.cost(Address("openai", "gpt-4o-mini"), MILLION) == pytest.approx(0.75)
    assert prices.cost(Address("openai", "gpt-4o-mini"), Usage(1_000_000, 0, 1_000_000)) == pytest.approx(0.075)
    assert prices.cost(Address("openai", "gpt-4o-mini"), Usage(1_000_000, 0, 400_000)) == pytest.approx(0.6 * 0.15 + 0.4 * 0.075)


def test_a_provider_s_models_are_found_with_and_without_its_name() -> None:
    """Google's list for Gemini 2.5 Pro and Anthropic's for Claude Sonnet 4.5, for a million tokens in and out."""
    assert Prices().cost(Address("gemini", "gemini-2.5-pro"), MILLION) == pytest.approx(1.25 + 10)
    assert Prices().cost(Address("anthropic", "claude-sonnet-4-5"), MILLION) == pytest.approx(3 + 15)


def test_a_known_host_has_its_provider_s_prices() -> None:
    at_mistral = Address("openai", "mistral-large-latest", "https://api.mistral.ai/v1")

    assert Prices().price(at_mistral) == Prices().price(Address("mistral", "mistral-large-latest"))
    assert Prices().price(at_mistral)


@pytest.mark.parametrize(
    "address",
    [
        Address("openai", "m", "http://localhost:8080/v1"),
        Address("openai", "gpt-4o-mini", "http://127.0.0.1:8080/v1"),
        Address("openai", "m", "http://[::1]:8080/v1"),
        Address("openai", "m", "http://0.0.0.0:8080/v1"),
        Address("ollama", "llama3.2"),
    ],
    ids=str,
)
def test_one_s_own_machine_costs_nothing(address: Address) -> None:
    assert Prices().cost(address, MILLION) == 0.0
    assert Prices().cost(address, None) == 0.0


@pytest.mark.parametrize(
    "address",
    [
        Address("openai", "no-such-model"),
        Address("openai", "gpt-4o-mini", "https://gateway.example/v1"),
        Address("groq", "gpt-4o-mini"),
        Address("openai", "sample_spec"),
    ],
    ids=str,
)
def test_a_price_that_is_not_known_is_not_guessed(address: Address) -> None:
    assert Prices().cost(address, MILLION) is None


def test_without_usage_there_is_no_cost() -> None:
    assert Prices().cost(Address("openai", "gpt-4o-mini"), None) is None


def test_one_s_own_prices_win(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text("openai/gpt-4o-mini: {input: 1, output: 2, cached: 0.5}\nopenai/m@http://localhost/v1: {input: 3, output: 4}\n")
    prices = Prices.read(file)

    assert prices.cost(Address("openai", "gpt-4o-mini"), Usage(1_000_000, 1_000_000, 500_000)) == pytest.approx(0.5 + 0.25 + 2)
    assert prices.cost(Address("openai", "m", "http://localhost/v1"), Usage(1_000_000, 0, 1_000_000)) == pytest.approx(3)
    assert prices.cost(Address("openai", "gpt-4o"), MILLION) == Prices().cost(Address("openai", "gpt-4o"), MILLION)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("openai/m: {input: 1}", "openai/m → output"),
        ("openai/m: {input: -1, output: 1}", "openai/m → input"),
        ("openai/m: {input: 1, output: 1, sale: 1}", "openai/m → sale"),
        ("- openai/m", "a table of models"),
        ("{", "cannot be read"),
    ],
)
def test_a_wrong_table_is_named_with_its_field(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(text)

    with pytest.raises(InvalidDocument, match=told) as wrong:
        Prices.read(file)

    assert str(file) in str(wrong.value)


def test_a_price_in_code() -> None:
    assert Prices({"x/y": OwnPrice(input=1, output=1)}).cost(Address("x", "y"), MILLION) == pytest.approx(2)


def test_the_table_is_read_without_its_package() -> None:
    code = (
        "import sys; from agent.llm.prices import Prices; from agent.llm.call import Address;"
        "print(Prices().price(Address('openai', 'gpt-4o')) is not None, 'litellm' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True False\n"
