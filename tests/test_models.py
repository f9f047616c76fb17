"""Which models are used, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.errors import InputError, InvalidDocument
from agent.llm.call import Address
from agent.llm.local import Server, local_servers
from agent.llm.names import read_names, shown
from agent.llm.prices import Prices
from agent.model_settings import Budget, ModelSettings, read_model_settings
from agent.models import DEFAULTS, Models, choose

OLLAMA = Server("ollama", "http://127.0.0.1:11434/v1", ("llama3.2", "qwen3"))


def chosen(wished: dict[str, str | None] | None = None, settings: str = "", servers: tuple[Server, ...] = (), **env: str) -> Models:
    import tomllib

    return choose(wished or {}, ModelSettings.model_validate(tomllib.loads(settings)), env=env, servers=lambda _: list(servers))


def names(models: Models) -> tuple[str, str, str]:
    return models.voice, models.observer, models.judge


def test_without_anything_no_model_is_used() -> None:
    models = chosen()
    assert models.is_embedded
    assert "no key" in models.chosen["voice"]


def test_a_key_brings_a_model_for_each_role_and_another_one_to_judge() -> None:
    models = chosen(OPENAI_API_KEY="k")
    assert names(models) == tuple(DEFAULTS["OPENAI_API_KEY"].values())
    assert models.chosen["judge"] == "OPENAI_API_KEY is set"
    assert not models.judges_itself


def test_a_server_on_this_machine_speaks() -> None:
    models = chosen(servers=(OLLAMA,))
    assert names(models) == ("ollama/llama3.2", "embedded", "embedded")
    assert OLLAMA.url in models.chosen["voice"]


def test_nobody_looks_for_a_server_when_everything_is_decided() -> None:
    models = choose({"model": "embedded"}, ModelSettings(), env={}, servers=lambda _: pytest.fail("asked"))
    assert models.is_embedded


def test_a_role_counts_more_than_all_roles_and_an_option_more_than_the_environment_and_that_more_than_the_file() -> None:
    models = chosen(
        {"judge": "openai/a", "model": None},
        '[models]\nmodel = "openai/file"\nvoice = "openai/voice"',
        HOTSEAT_JUDGE="openai/b",
        HOTSEAT_OBSERVER="openai/c",
        OPENAI_API_KEY="k",
    )
    assert names(models) == ("openai/voice", "openai/c", "openai/a")
    assert list(models.chosen.values()) == ["settings.toml, voice", "HOTSEAT_OBSERVER", "--judge"]


def test_one_model_for_all_judges_its_own_talk() -> None:
    assert chosen({"model": "openai/a"}).judges_itself


def test_a_wish_for_one_role_leaves_the_others_to_what_is_found() -> None:
    assert names(chosen({"judge": "openai/a"}, servers=(OLLAMA,))) == ("ollama/llama3.2", "embedded", "openai/a")


@pytest.mark.parametrize("key", DEFAULTS)
def test_the_models_a_key_brings_have_a_known_price(key: str) -> None:
    addresses = [read_names(name, {})[0].address for name in DEFAULTS[key].values()]
    assert [address for address in addresses if address is None or Prices().price(address) is None] == []


@pytest.mark.parametrize(
    ("text", "sdk", "address"),
    [
        ("openai/gpt-5.5", "openai", Address("openai", "gpt-5.5")),
        ("openai/qwen@http://10.0.0.2:8000/v1/", "openai", Address("openai", "qwen", "http://10.0.0.2:8000/v1")),
        ("ollama/llama3.2", "openai", Address("ollama", "llama3.2", "http://127.0.0.1:11434/v1")),
        ("anthropic/claude-haiku-4-5", "litellm", Address("anthropic", "claude-haiku-4-5")),
        ("groq/openai/gpt-oss-20b", "litellm", Address("groq", "openai/gpt-oss-20b")),
        ("litellm/openai/x@http://127.0.0.1:1/v1", "litellm", Address("openai", "x", "http://127.0.0.1:1/v1")),
    ],
)
def test_a_string_says_which_sdk_and_where(text: str, sdk: str, address: Address) -> None:
    (name,) = read_names(text, {})
    assert (name.sdk, name.address) == (sdk, address)


def test_hosts_come_from_the_environment() -> None:
    (local,) = read_names("ollama/m", {"OLLAMA_HOST": "10.0.0.9:11434"})
    (own,) = read_names("openai/m", {"OPENAI_BASE_URL": "https://gateway.example/v1"})
    assert local.address == Address("ollama", "m", "http://10.0.0.9:11434/v1")
    assert own.address == Address("openai", "m", "https://gateway.example/v1")


def test_files_and_fallbacks() -> None:
    assert read_names("scripted:a/b.yaml", {})[0].file == Path("a/b.yaml")
    assert read_names("cassette:tapes@openai/m", {})[0].address == Address("openai", "m")
    assert [str(name.address) for name in read_names("openai/a, mistral/b", {})] == ["openai/a", "mistral/b"]
    assert read_names("embedded", {}) == []


WRONG = ("gpt-5", "openai/", "/x", "", "scripted:", "cassette:", "a,,b")
NO_URLS = ("http://", "ftp://x/v1", "http://[::1", "http://x:99999/v1", "http://x:abc/v1", "http://x/v1?key=secret")


@pytest.mark.parametrize("text", [*WRONG, *(f"openai/m@{url}" for url in NO_URLS)])
def test_what_is_no_model_string_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InputError, match="write provider/model"):
        chosen({"model": text or " "})


def test_a_session_s_budget_is_used_up_by_whichever_limit_is_nearer() -> None:
    assert Budget(tokens=100, dollars=1.0).share(50, 0.9) == 0.9
    assert Budget(tokens=0, dollars=None).share(0, 5.0) == 1.0
    assert Budget(tokens=None, dollars=None).share(10**9, 10.0) == 0.0


def test_a_wrong_settings_file_names_file_and_field(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[waiting]\nattempts = 0\n")
    with pytest.raises(InvalidDocument, match=r"settings\.toml: waiting\.attempts"):
        read_model_settings((tmp_path / "other", tmp_path))


def test_openai_s_key_is_never_sent_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.llm.making import make_model
    from agent.llm.openai import OpenAIModel

    keys = {"OPENAI_API_KEY": "secret", "HOTSEAT_API_KEY": "mine"}
    own = make_model("openai/m@http://10.0.0.2/v1", "voice", env=keys)
    official = make_model("openai/m", "voice", env=keys)

    assert [_inner(model)._key for model in (own, official)] == ["mine", "secret"]
    assert isinstance(_inner(own), OpenAIModel)


def _inner(model):
    return model._model._model


def test_a_model_may_have_an_at_sign_in_its_name() -> None:
    (name,) = read_names("vertex_ai/claude-sonnet-4@20250514", {})
    assert name.address == Address("vertex_ai", "claude-sonnet-4@20250514")


def test_secrets_of_a_url_are_used_and_never_shown() -> None:
    text = "vllm/m@http://user:PASS@10.0.0.2:8000/v1"
    (name,) = read_names(text, {})
    assert name.address
    assert name.address.base_url == "http://user:PASS@10.0.0.2:8000/v1"
    assert str(name.address) == shown(text) == "vllm/m@http://10.0.0.2:8000/v1"
    with pytest.raises(InputError) as refused:
        read_names("vllm/m@http://user:PASS@10.0.0.2/v1?key=SECRET", {})
    assert not any(secret in str(refused.value) for secret in ("PASS", "SECRET"))


@pytest.mark.parametrize("host", ["http://[::1", "http://127.0.0.1:abc", "ftp://127.0.0.1"])
def test_a_host_that_is_none_is_no_server(host: str) -> None:
    assert local_servers({"OLLAMA_HOST": host, "LLAMACPP_HOST": host}) == []


def test_litellm_gets_no_key_of_openai_for_another_server() -> None:
    from agent.llm.making import make_model

    model = make_model("litellm/openai/m@http://10.0.0.2/v1", "voice", env={"OPENAI_API_KEY": "secret"})
    assert _inner(model)._key == "none"


@pytest.mark.parametrize("wrong", ["attempt_timeout = inf", "attempt_timeout = true", 'attempts = "3"'])
def test_settings_are_taken_at_their_word(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[waiting]\n{wrong}\n")
    with pytest.raises(InvalidDocument, match=r"waiting\.attempt"):
        read_model_settings((tmp_path,))
