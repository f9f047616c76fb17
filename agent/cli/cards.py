"""`hotseat library export-card` and `import-card`: personas as Character Cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.cards import Imported

LibraryDir = Annotated[Path | None, typer.Option("--library", help="A directory of your own personas, scenarios and rubrics.")]


def export_card(
    persona: Annotated[str, typer.Argument(help="A persona from `hotseat library list persona`.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A .json or .png file; JSON on standard output without it.")] = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="A PNG picture to put the card into; it is not changed.")] = None,
    library: LibraryDir = None,
) -> None:
    """Write a persona as a Character Card V2, for other programs. The card says what the persona keeps from the candidate."""
    from agent.cards import card_of, write_card
    from agent.cards.card import card_json
    from agent.errors import InputError
    from agent.library import Library

    whole = card_of(Library.default(library).persona(persona))
    if out is not None:
        write_card(out, whole, picture)
        typer.echo(f"Wrote {out}")
    elif picture is not None:
        raise InputError("a card with a picture is a file; say which with -o FILE.png")
    else:
        typer.echo(card_json(whole, indent=2))


def import_card(
    file: Annotated[Path, typer.Argument(help="A Character Card V2: a .json file, or a .png with the card inside.")],
    to: Annotated[Path | None, typer.Option("--to", help="The library directory to write to; without it, your own.")] = None,
    name: Annotated[str | None, typer.Option("--as", help="Another name for the persona: lower-case words joined by hyphens.")] = None,
    library: LibraryDir = None,
) -> None:
    """Take in a Character Card V2 as a persona. Its text is data; nothing in it is carried out."""
    from agent.cards import persona_from, read_card
    from agent.library import Library
    from agent.library.lint import lint
    from agent.library.writing import write_document
    from agent.settings import Settings

    root = to or library or Settings.from_environment().user_dirs[0]
    imported = persona_from(read_card(file), name)
    remark = "" if not imported.placeholders else "From a Character Card; the original lies under metadata.\n" + _stand_ins(imported)
    path = write_document("persona", imported.persona, root, library=Library.default(library), remark=remark)
    typer.echo(f"Wrote {path}")
    for line in _told(imported):
        typer.echo(line)
    wrong = [problem for problem in lint(Library.default(library), [path]) if problem.severity == "error"]
    typer.echo(
        f"{len(wrong)} problems to mend; see them: hotseat lint {path}" if wrong else f"Check it after every change: hotseat lint {path}"
    )


def _told(imported: Imported) -> list[str]:
    from agent.prose import clean

    persona = imported.persona
    return [f"{clean(persona.name)}, {clean(persona.title)}", *map(clean, imported.notes), *_stand_ins(imported).splitlines()]


def _stand_ins(imported: Imported) -> str:
    kinds = [name for name in imported.placeholders if name.startswith("lines.")]
    fields = [name for name in imported.placeholders if name not in kinds]
    told = [f"Placeholders, because the card has nothing for them: {', '.join(fields)}."] if fields else []
    told += [f"The lines of all {len(kinds)} occasions are neutral placeholders; write this person's own."] if kinds else []
    return "\n".join(told)
