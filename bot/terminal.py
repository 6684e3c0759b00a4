"""The operator's door: the command line. What a command does is told by whoever puts the rooms together."""

import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import typer
import uvloop

from bot.errors import CoachError

T = TypeVar("T")
Doing: TypeAlias = Coroutine[Any, Any, T]
Findings: TypeAlias = list[tuple[str, bool, str]]
"""Of each part: its name, whether all is well with it, and a sentence."""

command_line = typer.Typer(
    no_args_is_help=True, add_completion=False, help="A coach for emotionally intelligent negotiation."
)
manifests = typer.Typer(no_args_is_help=True, help="Write what a platform needs to know about the coach.")
command_line.add_typer(manifests, name="manifest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What the commands do: the object of every context. Each may raise `CoachError`."""

    serve: Callable[[], Doing[None]]
    try_out: Callable[[], Doing[None]]
    migrate: Callable[[], Doing[None]]
    import_deals: Callable[[bytes, str, str], Doing[str]]
    manifest_slack: Callable[[str], Doing[str]]
    manifest_teams: Callable[[str, str], Doing[bytes]]
    examine: Callable[[bool], Doing[Findings]]
    audit: Callable[[str, int], Doing[Iterable[str]]]
    ask: Callable[[str], Doing[str]]
    ask_json: Callable[[Iterable[str]], Doing[None]]


@command_line.command()
def serve(context: typer.Context) -> None:
    """Serve every door whose settings are present."""
    _run(context.obj.serve)


@command_line.command("try")
def try_(context: typer.Context) -> None:
    """Serve the try page on this machine, with sample deals; no account, no token."""
    _run(context.obj.try_out)


@command_line.command()
def migrate(context: typer.Context) -> None:
    """Bring the database to the present schema."""
    _run(context.obj.migrate)
    typer.echo("The database has the present schema.")


@command_line.command("import-deals")
def import_deals(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CRM's export, as CSV in UTF-8.")],
    tenant: Annotated[str, typer.Option(help="The workspace or tenant id; the configured one if left out.")] = "",
    owner: Annotated[str, typer.Option(help="The e-mail address that takes rows without an owner.")] = "",
) -> None:
    """Import deals: all rows or none, and twice the same as once; every bad row is named."""
    typer.echo(_run(lambda: context.obj.import_deals(file.read_bytes(), tenant, owner)))


@manifests.command("slack")
def manifest_slack(
    context: typer.Context,
    url: Annotated[str, typer.Option(help="The coach's public address; left out for Socket Mode.")] = "",
) -> None:
    """Print the manifest of the Slack app."""
    typer.echo(_run(lambda: context.obj.manifest_slack(url)))


@manifests.command("teams")
def manifest_teams(
    context: typer.Context,
    url: Annotated[str, typer.Option(help="The coach's public address.")],
    version: Annotated[str, typer.Option(help="Higher than before where Teams has the package already.")] = "1.3.0",
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("negotiation-coach-teams.zip"),
) -> None:
    """Write the app package that a Teams admin uploads."""
    out.write_bytes(_run(lambda: context.obj.manifest_teams(url, version)))
    typer.echo(f"{out} is written. Upload it in the Teams admin center; docs/install-in-teams.md shows how.")


@command_line.command()
def doctor(
    context: typer.Context,
    *,
    resend: Annotated[bool, typer.Option("--resend", help="Send again what could not be delivered.")] = False,
) -> None:
    """Say what is configured, reachable and wrong; ends with 1 where something is."""
    findings = _run(lambda: context.obj.examine(resend))
    for part, well, sentence in findings:
        typer.echo(f"{'ok   ' if well else 'WRONG'}  {part:9} {sentence}")
    if not all(well for _, well, _ in findings):
        raise typer.Exit(1)


@command_line.command()
def audit(
    context: typer.Context,
    tenant: Annotated[str, typer.Option(help="The workspace or tenant id; all of them if left out.")] = "",
    days: Annotated[int, typer.Option(min=1, max=36_500, help="How many days to look back.")] = 30,
) -> None:
    """Print who saw or changed something of a team that a rule allowed, newest first; never what it said."""
    for line in _run(lambda: context.obj.audit(tenant, days)):
        typer.echo(line)


@command_line.command(context_settings={"ignore_unknown_options": True})  # "-10% or we walk" is a sentence
def ask(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="SENTENCE", help="What you would write to it.")] = None,
    *,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="What it understands, as JSON; without a sentence, of each line of the input."),
    ] = False,
) -> None:
    """Answer a sentence as in a direct message; nothing is kept, nobody is called."""
    sentence = " ".join(words or ())
    if as_json:
        _run(lambda: context.obj.ask_json([sentence] if words else _lines(sys.stdin.buffer)))
    elif sentence.strip():
        typer.echo(_run(lambda: context.obj.ask(sentence)))
    else:
        raise typer.BadParameter('Say what to ask, for example: app.py ask "they want 10% off"')


def _lines(stream: Iterable[bytes]) -> Iterator[str]:
    """Read lines as they come, empty ones too; what is no UTF-8 becomes a sign that says so."""
    return (line.decode(errors="replace").rstrip("\r\n") for line in stream)


def _run(work: Callable[[], Doing[T]]) -> T:
    """Do it; what is wrong is told in one line, without a traceback."""
    try:
        return uvloop.run(work())
    except CoachError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(2) from None
