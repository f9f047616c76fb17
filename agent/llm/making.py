"""A model from its string: the adapter, and around it patience, a breaker, a fallback, a recorder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from agent.llm.breaker import Guarded
from agent.llm.call import Address, Model, Role
from agent.llm.names import ModelName, read_names
from agent.llm.patience import Limits, Patient, PatientUnheard

KEYS = {"openai": "OPENAI_API_KEY"}
"""Variables that hold the key of a provider whose own server is asked through OpenAI's SDK."""
OWN_SERVER_KEY = "HOTSEAT_API_KEY"
NO_KEY = "none"
"""For a server at an address of one's own: OpenAI's key is never sent there."""


Around = Callable[[Model], Model]
Comes = Literal["in pieces", "whole"]
"""How an answer comes: as it grows, or when it is done. Only servers that speak OpenAI's protocol are asked for whole answers."""


def make_model(
    text: str,
    role: Role,
    *,
    env: Mapping[str, str],
    limits: Limits | None = None,
    record: Path | None = None,
    around: Around = lambda adapter: adapter,
    comes: Comes = "in pieces",
) -> Model | None:
    """The model that a string names, ready to be asked; None for `embedded`. With `record`, answers are kept in that folder.

    `around` wraps what sends the requests, inside of patience: it sees every attempt.

    Raises:
        InputError: it is no model string, or its script or folder cannot be used.
    """
    made = [_made(name, role, env, limits or Limits(), around, comes) for name in read_names(text, env)]
    if not made:
        return None
    model = made[0] if len(made) == 1 else _fallback(made)
    return _recorded(model, record) if record else model


def _made(name: ModelName, role: Role, env: Mapping[str, str], limits: Limits, around: Around, comes: Comes) -> Model:
    if name.sdk == "scripted":
        from agent.llm.scripted import ScriptedModel

        assert name.file
        return ScriptedModel(name.file)
    if name.sdk == "cassette":
        from agent.llm.cassette import Player

        assert name.file
        return Player(name.file, role, address=name.address)
    assert name.address
    adapter = around(_openai(name.address, env, limits, comes) if name.sdk == "openai" else _litellm(name.address, env, limits))
    patient = Patient(adapter, limits=limits) if role == "voice" else PatientUnheard(adapter, limits=limits)
    return Guarded(patient)


def _openai(address: Address, env: Mapping[str, str], limits: Limits, comes: Comes) -> Model:
    from agent.llm.openai import OpenAIModel
    from agent.llm.openai_whole import WholeOpenAIModel

    kind = WholeOpenAIModel if comes == "whole" else OpenAIModel
    is_official = address.provider == "openai" and address.base_url in (None, env.get("OPENAI_BASE_URL", "").rstrip("/"))
    variable = KEYS["openai"] if is_official else OWN_SERVER_KEY
    return kind(address, key=env.get(variable) or None, variable=variable, attempt_timeout=limits.attempt_timeout)


def _litellm(address: Address, env: Mapping[str, str], limits: Limits) -> Model:
    from agent.llm.litellm import LiteLLMModel

    if address.base_url is None:
        return LiteLLMModel(address, attempt_timeout=limits.attempt_timeout)
    key = env.get(OWN_SERVER_KEY) or NO_KEY
    return LiteLLMModel(address, key=key, variable=OWN_SERVER_KEY, attempt_timeout=limits.attempt_timeout)


def _fallback(models: list[Model]) -> Model:
    from agent.llm.fallback import Fallback

    return Fallback(models)


def _recorded(model: Model, folder: Path) -> Model:
    from agent.llm.cassette import Recorder

    return Recorder(model, folder)
