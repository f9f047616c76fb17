"""Which models a process uses: one model string per role, and why it was chosen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from agent.errors import InputError
from agent.llm.call import Role
from agent.llm.names import EMBEDDED, read_names, shown
from agent.model_settings import Budget, Judging, ModelSettings, Waiting

if TYPE_CHECKING:
    from agent.llm.call import Model
    from agent.llm.local import Server
    from agent.llm.prices import Prices

ROLES: tuple[Role, ...] = get_args(Role)

DEFAULTS: Mapping[str, Mapping[Role, str]] = {
    "OPENAI_API_KEY": {"voice": "openai/gpt-5.4-mini", "observer": "openai/gpt-5.4-nano", "judge": "openai/gpt-5.5"},
    "ANTHROPIC_API_KEY": {
        "voice": "anthropic/claude-haiku-4-5",
        "observer": "anthropic/claude-haiku-4-5",
        "judge": "anthropic/claude-sonnet-5",
    },
    "GEMINI_API_KEY": {"voice": "gemini/gemini-3.5-flash", "observer": "gemini/gemini-3.5-flash-lite", "judge": "gemini/gemini-2.5-pro"},
    "MISTRAL_API_KEY": {
        "voice": "mistral/mistral-medium-latest",
        "observer": "mistral/mistral-small-latest",
        "judge": "mistral/mistral-large-latest",
    },
}
"""What a key alone brings: a quick model to speak, a small one to observe, a stronger one to judge."""


class Choice(NamedTuple):
    """The model of a role, and what decided it."""

    model: str
    why: str


@dataclass(frozen=True)
class Models:
    """Who speaks, observes and judges: model strings (see `agent.llm.names`), `embedded` for none.

    `panel` are models that grade together, each apart, in place of `judge`. `record` is a folder that takes every answer
    as a cassette. `chosen` says why, where something but the caller chose.
    """

    voice: str = EMBEDDED
    observer: str = EMBEDDED
    judge: str = EMBEDDED
    panel: tuple[str, ...] = ()
    judging: Judging = field(default_factory=Judging)
    waiting: Waiting = field(default_factory=Waiting)
    budget: Budget = field(default_factory=Budget)
    record: Path | None = None
    prices_file: Path | None = None
    chosen: Mapping[Role, str] = field(default_factory=dict)

    def make(self, role: Role) -> Model | None:
        """The model of a role, ready to be asked; None where no model has it.

        Raises:
            InputError: the string is no model string, or its file cannot be used.
        """
        return self._make(self.name(role), role)

    def make_panel(self) -> list[Model]:
        """The models of the panel; empty where there is none.

        Raises:
            InputError: one of them is `embedded` or no model string, there are fewer than two, or one is there twice.
        """
        if self.panel and len(set(self.panel)) < max(2, len(self.panel)):
            raise InputError(f"a panel needs two or more different models, got {', '.join(map(shown, self.panel))}")
        made = [self._make(name, "judge") for name in self.panel]
        if None in made:
            raise InputError("a panel is made of models, and embedded is none; leave it out")
        return [model for model in made if model]

    def _make(self, name: str, role: Role) -> Model | None:
        from agent.llm.making import make_model
        from agent.llm.patience import Limits

        return make_model(name, role, env=os.environ, limits=Limits(**self.waiting.model_dump()), record=self.record)

    @property
    def judges(self) -> tuple[str, ...]:
        """The model strings of all who grade."""
        return self.panel or (self.judge,)

    @property
    def all(self) -> tuple[str, ...]:
        """The model strings of everybody."""
        return (self.voice, self.observer, *self.judges)

    def name(self, role: Role) -> str:
        """The model string of a role."""
        return {"voice": self.voice, "observer": self.observer, "judge": self.judge}[role]

    @cached_property
    def prices(self) -> Prices:
        """What models cost."""
        from agent.llm.prices import Prices

        return Prices.read(self.prices_file) if self.prices_file else Prices()

    @property
    def is_embedded(self) -> bool:
        """Whether no model is used at all."""
        return all(name == EMBEDDED for name in self.all)

    @property
    def judges_itself(self) -> bool:
        """Whether the voice and the judge are one model, which then grades a talk that it led."""
        return self.voice != EMBEDDED and self.voice in self.judges


def choose(
    wished: Mapping[str, str | None],
    settings: ModelSettings,
    *,
    env: Mapping[str, str],
    servers: Callable[[Mapping[str, str]], list[Server]],
    panel: tuple[str, ...] = (),
    record: Path | None = None,
    prices_file: Path | None = None,
) -> Models:
    """The models that were asked for, else those of the environment, the settings, a key, a server on this machine, else none.

    Args:
        wished: from the command line: `model`, or a role, to a model string.
        env: HOTSEAT_MODEL, HOTSEAT_VOICE, HOTSEAT_OBSERVER, HOTSEAT_JUDGE, and the keys of providers.
        servers: finds servers on this machine; asked only when nothing else decides.
        panel: models that grade together; only the command line names them.

    Raises:
        InputError: something that was asked for is no model string.
    """
    found: dict[Role, Choice] = {}
    for role in ROLES:
        named = next(_named(role, wished, settings, env), None)
        if named is None:
            fallback = found_without_a_wish(env, servers)
            found = {one: next(_named(one, wished, settings, env), None) or fallback[one] for one in ROLES}
            break
        found[role] = named
    for name in (*(choice.model for choice in found.values()), *panel):
        read_names(name, env)
    if panel:
        found["judge"] = Choice(EMBEDDED, "--panel")
    return Models(
        **{role: choice.model for role, choice in found.items()},
        panel=panel,
        judging=settings.judging,
        waiting=settings.waiting,
        budget=settings.budget,
        record=record,
        prices_file=prices_file,
        chosen={role: choice.why for role, choice in found.items()},
    )


def _named(role: Role, wished: Mapping[str, str | None], settings: ModelSettings, env: Mapping[str, str]) -> Iterator[Choice]:
    """Every place that names a model for a role, the one that counts most first."""
    in_file = settings.models.model_dump()
    for name in (role, "model"):
        if value := wished.get(name):
            yield Choice(value, f"--{name}")
    for name in (role, "model"):
        if value := env.get(f"HOTSEAT_{name.upper()}", "").strip():
            yield Choice(value, f"HOTSEAT_{name.upper()}")
    for name in (role, "model"):
        if value := in_file[name]:
            yield Choice(value, f"settings.toml, {name}")


def found_without_a_wish(env: Mapping[str, str], servers: Callable[[Mapping[str, str]], list[Server]]) -> dict[Role, Choice]:
    """What a key, or a server on this machine, brings; the embedded parts where there is neither."""
    key = next((variable for variable in DEFAULTS if env.get(variable, "").strip()), None)
    if key:
        return {role: Choice(DEFAULTS[key][role], f"{key} is set") for role in ROLES}
    server = next(iter(servers(env)), None)
    if server is None:
        return dict.fromkeys(ROLES, Choice(EMBEDDED, "no key is set and no model server answers on this machine"))
    why = f"a server answers at {server.url}"
    mine = Choice(f"{server.provider}/{server.models[0]}", why)
    return {"voice": mine, "observer": Choice(EMBEDDED, f"{why}, and one model at a time is enough for it"), "judge": _embedded_judge(why)}


def _embedded_judge(why: str) -> Choice:
    return Choice(EMBEDDED, f"{why}, and small models judge worse than the embedded judge; name one with --judge")
