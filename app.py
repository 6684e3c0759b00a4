"""Composition root and command line: settings -> rooms -> one aiohttp server. No logic lives here."""

import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
import uvloop

from bot import settings as configuration
from bot.clock import Clock
from bot.errors import CoachError, InvalidInputError, SettingsError
from bot.settings import Settings
from bot.telemetry import Telemetry, configure_logging
from bot.web.server import listening
from bot.web.status import status_routes
from content.library import Playbook, load
from handlers import samples
from handlers.crm import bring_in
from handlers.router import Router
from store import Store

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
    """Read the settings and do the work; what is wrong with either is told without a traceback."""
    try:
        return uvloop.run(work(configuration.read()))
    except CoachError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(2) from None


async def _serve(settings: Settings) -> None:
    if settings.slack is None:
        raise SettingsError(f"No door is configured. {settings.why_not_slack} To try it here: python app.py try")
    from bot.slack.door import SlackDoor
    from bot.slack.options import SlackOptions, new_messenger

    typer.echo(f"Teams is not served. {settings.why_not_teams or 'Its door is not part of this version.'}")
    options = SlackOptions(**settings.slack.plain())
    async with _rooms(settings) as (store, playbook, telemetry):
        messenger = new_messenger(options, store.installations, now)
        router = Router(store, playbook, {"slack": messenger}, now, telemetry)
        door = SlackDoor(options, router, messenger, store.installations, now, observe=telemetry.door("slack"))
        status = status_routes(store.ready, telemetry.render)
        try:
            async with listening(settings.host, settings.port, [*door.routes(), *status]) as stop:
                await door.start()
                typer.echo(f"Serving Slack on http://{settings.host}:{settings.port}/slack/events")
                await stop.wait()
            await door.drain()
            await router.settle()  # while the door's connections are open: copies are refreshed through them
        finally:
            await door.stop()


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
        door = WebDoor(
            router,
            messenger,
            store,
            clock,
            renderers={
                "Block Kit": lambda card: [one.blocks for one in block_kit(card)],
                "Adaptive Card": adaptive_card,
            },
            bind=bind,
            afresh=lambda: samples.lay_out(store, people, clock()),
            observe=telemetry.door("web"),
        )
        status = status_routes(store.ready, telemetry.render)
        async with listening(bind.host, bind.port, [*door.routes(), *status]) as stop:
            typer.echo(f"The try page is on http://{settings.host}:{settings.port}/")
            await stop.wait()
        await router.settle()


@asynccontextmanager
async def _rooms(settings: Settings) -> AsyncIterator[tuple[Store, Playbook, Telemetry]]:
    """Furnish what every door needs, and tidy up after it."""
    configure_logging(sys.stderr, json=not sys.stderr.isatty(), secrets=settings.secrets)
    playbook, telemetry = load(settings.playbook_dir), Telemetry()
    keys = [key.get_secret_value() for key in settings.secret_keys]
    store = Store.open(settings.database_url.get_secret_value(), keys, telemetry.stored)
    clock = Clock(TIDY_EVERY, lambda: store.tidy(now()))
    clock.start()
    try:
        yield store, playbook, telemetry
    finally:
        await clock.stop()
        await store.close()


async def _migrate(settings: Settings) -> None:
    async with _rooms(settings) as (store, _, _):
        await store.migrate()
    typer.echo("The database has the present schema.")


async def _import(settings: Settings, content: bytes, tenant: str, owner: str) -> None:
    if not tenant and settings.slack and settings.slack.bot_token:
        from bot.slack.check import team_of
        from bot.slack.options import SlackOptions

        tenant = await team_of(SlackOptions(**settings.slack.plain()))
    if not tenant:
        raise InvalidInputError("Whose deals are these? Name the workspace with --tenant. Nothing was imported.")
    async with _rooms(settings) as (store, _, _):
        typer.echo(await bring_in(store, tenant, content, now(), owner))


async def _examine(settings: Settings) -> bool:
    """Look at each part and say a line about it; true where all is well."""
    async with _rooms(settings) as (store, playbook, _):
        problem = await store.ready()
        findings = [
            ("settings", True, "read and consistent"),
            ("playbook", True, f"{len(playbook.practices)} practices"),
            ("database", not problem, problem or "reachable, present schema"),
        ]
    if settings.slack:
        from bot.slack.check import check
        from bot.slack.options import SlackOptions

        findings.append(("Slack", *await check(SlackOptions(**settings.slack.plain()))))
    else:
        findings.append(("Slack", True, f"not configured: {settings.why_not_slack}"))
    findings.append(("Teams", True, f"not served: {settings.why_not_teams or 'its door is not part of this version.'}"))
    for part, well, sentence in findings:
        typer.echo(f"{'ok   ' if well else 'WRONG'}  {part:9} {sentence}")
    return all(well for _, well, _ in findings)


if __name__ == "__main__":
    cli()
