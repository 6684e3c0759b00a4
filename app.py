"""Composition root and command line: settings -> rooms -> one aiohttp server. No logic lives here."""

import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
import uvloop
from aiohttp import web

from bot import settings as configuration
from bot.clock import Clock
from bot.errors import CoachError, InvalidInputError, SettingsError
from bot.settings import Settings, SlackSettings
from bot.telemetry import Telemetry, configure_logging
from bot.web.server import listening, told_to_stop
from bot.web.status import status_routes
from content.library import Playbook, load
from handlers import samples
from handlers.crm import read_export
from handlers.router import Router
from store import Store

if TYPE_CHECKING:
    from bot.slack.options import SlackOptions

T = TypeVar("T")
TIDY_EVERY = timedelta(hours=6)
cli = typer.Typer(no_args_is_help=True, add_completion=False, help="A coach for emotionally intelligent negotiation.")
manifests = typer.Typer(no_args_is_help=True, help="Print what a platform needs to know about the coach.")
cli.add_typer(manifests, name="manifest")


def now() -> datetime:
    """The present moment: the only clock there is."""
    return datetime.now(UTC)  # noqa: TID251


@cli.command()
def serve() -> None:
    """Serve every door whose settings are present."""
    _run(_serve)


@cli.command("try")
def try_() -> None:
    """Serve the try page on this machine, with sample deals; no account, no token."""
    _run(_try)


@cli.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    _run(_migrate)
    typer.echo("The database has the present schema.")


@cli.command("import-deals")
def import_deals(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CRM's export, as CSV in UTF-8.")],
    tenant: Annotated[str, typer.Option(help="The workspace or tenant id; SLACK_BOT_TOKEN's own if left out.")] = "",
    owner: Annotated[str, typer.Option(help="The e-mail address that takes rows without an owner.")] = "",
) -> None:
    """Import deals: all rows or none, and twice the same as once; every bad row is named."""
    _run(lambda settings: _import(settings, file.read_bytes(), tenant, owner))


@manifests.command("slack")
def manifest_slack(
    url: Annotated[str, typer.Option(help="The coach's public address; left out for Socket Mode.")] = "",
) -> None:
    """Print the manifest of the Slack app."""
    from bot.slack.manifest import manifest

    typer.echo(json.dumps(manifest(url), indent=2))


@cli.command()
def doctor() -> None:
    """Say what is configured, reachable and wrong; ends with 1 where something is."""
    if not _run(_examine):
        raise typer.Exit(1)


def _run(work: Callable[[Settings], Coroutine[Any, Any, T]]) -> T:
    """Read the settings and do the work; what is wrong with either is one line."""
    try:
        return uvloop.run(work(configuration.read()))
    except CoachError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(2) from None


async def _serve(settings: Settings) -> None:
    if settings.slack is None:
        raise SettingsError(f"No door is configured. {settings.why_not_slack} To try it here: python app.py try")
    from bot.slack.door import SlackDoor
    from bot.slack.options import new_messenger

    typer.echo(f"Teams is not served. {settings.why_not_teams or 'Its door is not part of this version.'}")
    async with _rooms(settings) as (store, playbook, telemetry):
        options = _slack_options(settings.slack)
        messenger = new_messenger(options, store.installations, now)
        router = Router(store, playbook, {"slack": messenger}, now, telemetry)
        door = SlackDoor(options, router, messenger, store.installations, now, observe=_observed(telemetry, "slack"))
        async with listening(settings.host, settings.port, [*door.routes(), *_status(store, telemetry)]):
            await door.start()
            typer.echo(f"Serving Slack on http://{settings.host}:{settings.port}/slack/events")
            await told_to_stop()
        await door.stop()
        await router.settle()


async def _try(settings: Settings) -> None:
    from bot.slack.block_kit import render as block_kit
    from bot.teams.adaptive_card import render as adaptive_card
    from bot.web.cast import PEOPLE
    from bot.web.door import WebDoor
    from bot.web.guard import Bind
    from bot.web.send import WebMessenger
    from bot.web.talk import Talk
    from bot.web.tryclock import TryClock

    bind, people = Bind(settings.host, settings.port), [one.direct for one in PEOPLE.values()]
    async with _rooms(settings) as (store, playbook, telemetry):
        await store.migrate()
        if await samples.first_time(store, people):
            await samples.lay_out(store, people, now())
        clock = TryClock(now, await Talk(store).newest())
        messenger = WebMessenger(store, clock)
        router = Router(store, playbook, {"web": messenger}, clock, telemetry)
        renderers = {
            "Block Kit": lambda card: [page.blocks for page in block_kit(card)],
            "Adaptive Card": adaptive_card,
        }
        door = WebDoor(
            router, messenger, store, clock,
            renderers=renderers, bind=bind, afresh=lambda: samples.lay_out(store, people, clock()),
        )  # fmt: skip
        async with listening(settings.host, settings.port, [*door.routes(), *_status(store, telemetry)]):
            typer.echo(f"The try page is on http://{settings.host}:{settings.port}/")
            await told_to_stop()
        await router.settle()


@asynccontextmanager
async def _rooms(settings: Settings) -> AsyncIterator[tuple[Store, Playbook, Telemetry]]:
    """Furnish what every door needs, and tidy up after it."""
    telemetry = Telemetry()
    configure_logging(sys.stderr, json=not sys.stderr.isatty(), secrets=settings.secrets)
    playbook = load(settings.playbook_dir)
    store = _open(settings, telemetry)
    clock = Clock(TIDY_EVERY, lambda: _tidy(store))
    clock.start()
    try:
        yield store, playbook, telemetry
    finally:
        await clock.stop()
        await store.close()


async def _tidy(store: Store) -> None:
    await store.tidy(now())


def _open(settings: Settings, telemetry: Telemetry) -> Store:
    keys = [key.get_secret_value() for key in settings.secret_keys]
    return Store.open(settings.database_url.get_secret_value(), keys, telemetry.stored)


def _status(store: Store, telemetry: Telemetry) -> list[web.RouteDef]:
    return status_routes(store.ready, telemetry.render)


async def _migrate(settings: Settings) -> None:
    async with _rooms(settings) as (store, _, _):
        await store.migrate()


async def _import(settings: Settings, content: bytes, tenant: str, owner: str) -> None:
    """Bring a CRM's export into the store."""
    from bot.slack.check import team_of

    if not tenant and settings.slack and settings.slack.bot_token:
        tenant = await team_of(_slack_options(settings.slack))
    if not tenant:
        raise InvalidInputError("Whose deals are these? Name the workspace with --tenant. Nothing was imported.")
    export = read_export(content, now().date(), owner)
    if export.problems:
        raise InvalidInputError(
            "\n".join((*export.problems, f"{len(export.problems)} bad rows; nothing was imported."))
        )
    async with _rooms(settings) as (store, _, _):
        done = await store.import_deals(tenant, export.deals, now())
    typer.echo(f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged in {tenant}.")


async def _examine(settings: Settings) -> bool:
    """Look at each part and say a line about it; true where all is well."""
    findings = [(True, "settings", "read and consistent")]
    async with _rooms(settings) as (store, playbook, _):
        findings.append((True, "playbook", f"{len(playbook.practices)} practices"))
        problem = await store.ready()
        findings.append((not problem, "database", problem or "reachable, present schema"))
    if settings.slack:
        from bot.slack.check import check

        findings.append((*(answer := await check(_slack_options(settings.slack)))[:1], "Slack", answer[1]))
    else:
        findings.append((True, "Slack", f"not configured. {settings.why_not_slack}"))
    findings.append((True, "Teams", settings.why_not_teams or "configured, but its door is not part of this version"))
    for well, part, sentence in findings:
        typer.echo(f"{'ok   ' if well else 'WRONG'}  {part:9} {sentence}")
    return all(well for well, _, _ in findings)


def _slack_options(slack: SlackSettings) -> "SlackOptions":
    from bot.slack.options import SlackOptions

    return SlackOptions(
        signing_secret=slack.signing_secret.get_secret_value(),
        bot_token=slack.bot_token.get_secret_value(),
        app_token=slack.app_token.get_secret_value(),
        client_id=slack.client_id,
        client_secret=slack.client_secret.get_secret_value(),
        api_url=slack.api_url,
    )


def _observed(telemetry: Telemetry, door: str) -> Callable[[str, float], None]:
    """Count what comes through a door, and how soon it was acknowledged."""

    def observe(kind: str, seconds: float) -> None:
        telemetry.request(door, kind)
        telemetry.acknowledged(door, seconds)

    return observe


if __name__ == "__main__":
    cli()
