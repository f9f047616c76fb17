"""`hotseat models` and `hotseat usage`: what speaks, observes and judges here, and what it has cost."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.setup import Options, make_screen, open_store
from agent.errors import InputError, ModelError
from agent.llm.names import EMBEDDED, shown

if TYPE_CHECKING:
    from agent.cli.screen import Screen
    from agent.llm.asking import Asked
    from agent.llm.call import Role
    from agent.model_settings import ModelSettings
    from agent.models import Models


def chosen(options: Options) -> Models:
    """The models that the command line, the environment, the settings file, a key or a local server bring.

    Raises:
        HotseatError: one of them cannot be used, or the settings file is wrong.
    """
    from agent.llm.local import local_servers
    from agent.model_settings import read_model_settings
    from agent.models import choose
    from agent.settings import Settings

    panel = _panel(options)

    folders = Settings.from_environment().user_dirs
    if options.record:
        _must_be_writable(options.record)
    wished = {"model": options.model, "voice": options.voice, "observer": options.observer, "judge": options.judge}
    prices = next((folder / "prices.yaml" for folder in folders if (folder / "prices.yaml").is_file()), None)
    settings = _judging(options, read_model_settings(folders))
    models = choose(wished, settings, env=os.environ, servers=local_servers, panel=panel, record=options.record, prices_file=prices)
    if models.judges == (EMBEDDED,) and (options.repeats or options.examples):
        raise InputError("--repeats and --examples are for a model that judges; name one with --judge, or leave them out")
    return models


def _panel(options: Options) -> tuple[str, ...]:
    """The models of `--panel`: a comma divides them, and none of them stands in for another."""
    if options.panel is None:
        return ()
    if options.judge:
        raise InputError("--judge names who grades, and --panel several who grade together; give one of the two")
    return tuple(name.strip() for name in options.panel.split(","))


def _judging(options: Options, settings: ModelSettings) -> ModelSettings:
    """The settings, with what the command line says about judging in place of what the file says."""
    asked = {name: value for name, value in (("repeats", options.repeats), ("examples", options.examples)) if value is not None}
    return settings.model_copy(update={"judging": settings.judging.model_copy(update=asked)})


def _must_be_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"answers cannot be recorded in {folder}: {error.strerror}; name another folder") from error


def exporting(screen: Screen, models: Models) -> None:
    """Begins to export spans and metrics of model calls, where the environment asks for it."""
    from agent.llm.exporting import start_exporting

    sentence = None if models.is_embedded else start_exporting(os.environ)
    if sentence:
        screen.note(sentence)


def told(models: Models) -> list[str]:
    """Who speaks, observes and judges, and why, in sentences for the first screen."""
    from agent.models import ROLES

    if models.is_embedded:
        return [f"Voice, observer and judge are embedded ({models.chosen['voice']}); nothing leaves this machine."]
    lines = [f"{role.capitalize()}: {_who(models, role)} ({models.chosen[role]})." for role in ROLES]
    if models.judges_itself:
        lines.append("Voice and judge are the same model, which then grades a talk it led itself; name another with --judge.")
    if any(map(sends_away, models.all)):
        lines.append("What you say is sent to the providers of these models.")
    return lines


def _who(models: Models, role: Role) -> str:
    """The model of a role as it is shown; of the judge also the panel, and how often it is asked."""
    if role != "judge" or models.judges == (EMBEDDED,):
        return shown(models.name(role))
    asked = f", asked {models.judging.repeats} times" if models.judging.repeats > 1 else ""
    return f"{'a panel of ' if models.panel else ''}{' and '.join(map(shown, models.judges))}{asked}"


def sends_away(name: str) -> bool:
    """Whether a model string means that text leaves this machine."""
    from agent.llm.names import read_names
    from agent.llm.prices import is_local

    return any(one.sdk in ("openai", "litellm") and one.address and not is_local(one.address) for one in read_names(name, os.environ))


def show_models(options: Options, *, check: bool) -> bool:
    """What was found, what is used per role and why; with `check`, one real call each. False when a call failed."""
    from agent.llm.local import local_servers
    from agent.models import DEFAULTS, ROLES

    screen, models = make_screen(options), chosen(options)
    screen.heading("What is used")
    for role in ROLES:
        screen.text(f"{role}: {_who(models, role)} ({models.chosen[role]}){_price(models, role)}")
    if models.judges_itself:
        screen.note("Voice and judge are the same model, which then grades a talk it led itself.")
    screen.heading("What was found")
    for variable in DEFAULTS:
        screen.text(f"{variable}: {'set' if os.environ.get(variable, '').strip() else 'not set'}")
    servers = local_servers(os.environ)
    for server in servers:
        screen.text(f"{server.provider} at {server.url}: {', '.join(server.models)}")
    if not servers:
        screen.text("No server with models answers on this machine (Ollama, llama.cpp).")
    screen.note(f"A session may take {_limit(models)}. Change all of this in settings.toml, by HOTSEAT_… variables, or with options.")
    answered = [_check(models, role, screen) for role in ROLES] if check else []
    return all(answered)


def show_usage(*, as_json: bool, plain: bool) -> None:
    """What all sessions took, by role and model."""
    from agent.report.debrief import model_line
    from agent.usage import usage

    screen = make_screen(Options(plain=plain))
    with open_store() as store:
        events = [event for row in store.sessions() for event in store.read(row.id)]
    uses = usage(events)
    if as_json:
        print(json.dumps([use.model_dump() for use in uses], indent=2))  # noqa: T201
        return
    for use in uses:
        screen.text(model_line(use))
    known = [use.cost for use in uses if use.cost is not None]
    unknown = f", and {len(uses) - len(known)} at unknown prices" if len(known) < len(uses) else ""
    screen.note(f"Together ${sum(known):.4f}{unknown}." if uses else "No model has been asked in any session.")


def _price(models: Models, role: Role) -> str:
    from agent.llm.names import read_names

    addresses = [name.address for name in read_names(models.name(role), os.environ) if name.sdk in ("openai", "litellm") and name.address]
    prices = [models.prices.price(address) for address in addresses[:1]]
    if not prices:
        return ""
    price = prices[0]
    return "; price unknown" if price is None else f"; ${1e6 * price.input:g} in and ${1e6 * price.output:g} out for a million tokens"


def _limit(models: Models) -> str:
    tokens = "any number of tokens" if models.budget.tokens is None else f"{models.budget.tokens:,} tokens"
    return f"{tokens} and {'any sum' if models.budget.dollars is None else f'${models.budget.dollars:g}'}"


def _check(models: Models, role: Role, screen: Screen) -> bool:
    from agent.sync import run_sync

    model = models.make(role)
    if model is None:
        screen.text(f"{role}: embedded, nothing to ask.")
        return True
    try:
        asked = run_sync(_asked(models, role))
    except ModelError as error:
        screen.text(f"{role}: {error}")
        return False
    record = asked.record
    cost = "at an unknown price" if record.cost is None else f"for ${record.cost:.6f}"
    screen.text(f"{role}: {shown(models.name(role))} answered {asked.reply.text.strip()[:40]!r} after {record.total_ms:,.0f} ms {cost}.")
    return True


async def _asked(models: Models, role: Role) -> Asked:
    from agent.library import Library
    from agent.llm.asking import ask
    from agent.llm.call import Call, PromptPin
    from agent.prompting import Prompts

    name, prompts = "shared/hello@1.0.0", Prompts(Library.default())
    model = models.make(role)
    assert model
    pin = PromptPin(name, prompts.fingerprint(name))
    return await ask(model, Call(role, tuple(prompts.render(name)), pin, max_tokens=64), prices=models.prices)
