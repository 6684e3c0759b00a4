"""Composition root: settings -> rooms -> one aiohttp server. No logic lives here."""

import json
import logging
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.chat import plain
from bot.clock import Clock
from bot.errors import InvalidInputError, SettingsError
from bot.settings import Settings, read
from bot.telemetry import Telemetry, configure_logging
from bot.terminal import Commands, command_line
from bot.web.server import listening, standing
from bot.web.status import status_routes
from content.library import Playbook, load
from handlers import samples
from handlers.asking import ask
from handlers.coaching import understood
from handlers.crm import bring_in
from handlers.router import Router
from store import Store

if TYPE_CHECKING:
    from bot.chat.address import Platform
    from bot.chat.ports import Messenger
    from bot.slack.way import SlackWay
    from bot.teams.way import TeamsWay

TIDY_EVERY = timedelta(hours=6)


def now() -> datetime:
    """The present moment: the only clock there is."""
    return datetime.now(UTC)  # noqa: TID251


@dataclass(frozen=True, slots=True)
class _Rooms:
    """What stands behind every door."""

    store: Store
    playbook: Playbook
    telemetry: Telemetry


@asynccontextmanager
async def _rooms(settings: Settings) -> AsyncIterator[_Rooms]:
    """Furnish what every door needs, and tidy up after it."""
    configure_logging(sys.stderr, json=not sys.stderr.isatty(), secrets=settings.secrets)
    playbook, telemetry = load(settings.playbook_dir), Telemetry()
    keys = [key.get_secret_value() for key in settings.secret_keys]
    store = Store.open(settings.database_url.get_secret_value(), keys, telemetry.stored)
    clock = Clock(TIDY_EVERY, lambda: store.tidy(now()))
    clock.start()
    try:
        yield _Rooms(store, playbook, telemetry)
    finally:
        await clock.stop()
        await store.close()


def _ways(settings: Settings) -> "Iterator[SlackWay | TeamsWay]":
    """Find the platforms whose settings are present, importing no other's libraries."""
    if settings.slack:
        from bot.slack.options import SlackOptions
        from bot.slack.way import SlackWay

        yield SlackWay(SlackOptions(**settings.slack.plain()), now)
    if settings.teams:
        from bot.teams.options import TeamsOptions
        from bot.teams.way import TeamsWay

        # The Agents Playground knows no dialogs, and it alone needs no authentication.
        yield TeamsWay(TeamsOptions(**settings.teams.plain(), dialogs=not settings.teams.unauthenticated), now)


async def _serve(settings: Settings) -> None:
    ways = [*_ways(settings)]
    if not ways:
        why = f"{settings.why_not_slack} {settings.why_not_teams}"
        raise SettingsError(f"No door is configured. {why} To try it here: python app.py try")
    for name, reason in settings.why_not.items():
        typer.echo(f"{name} is not served. {reason}")
    async with _rooms(settings) as rooms:
        opened = {way.platform: way.open(rooms.store, rooms.telemetry.door(way.platform)) for way in ways}
        messengers: dict[Platform, Messenger] = {platform: messenger for platform, (messenger, _) in opened.items()}
        router = Router(rooms.store, rooms.playbook, messengers, now, rooms.telemetry)
        async with standing([door(router) for _, door in opened.values()], router.settle) as routes:
            status = status_routes(rooms.store.ready, rooms.telemetry.render)
            async with listening(settings.host, settings.port, [*routes, *status]) as stop:
                url = f"http://{settings.host}:{settings.port}"
                served = (f"{way.platform.title()} on {url}{way.path}" for way in ways)
                typer.echo(f"Serving {' and '.join(served)}")
                await stop.wait()


async def _try(settings: Settings) -> None:
    from bot.slack.block_kit import render as block_kit
    from bot.teams.adaptive_card import render as adaptive_card
    from bot.web.way import WebWay

    looks = {"Block Kit": lambda card: [one.blocks for one in block_kit(card)], "Adaptive Card": adaptive_card}
    way = WebWay(settings.host, settings.port, now, looks)
    async with _rooms(settings) as rooms:
        store = rooms.store
        await store.migrate()
        if await samples.first_time(store, way.people):
            await samples.lay_out(store, way.people, now())
        clock, afresh = await way.clock(store), partial(samples.lay_out, store, way.people)
        messenger, door = way.open(store, clock, afresh, rooms.telemetry.door(way.platform))
        router = Router(store, rooms.playbook, {way.platform: messenger}, clock, rooms.telemetry)
        status = status_routes(store.ready, rooms.telemetry.render)
        async with listening(settings.host, settings.port, [*door(router).routes(), *status]) as stop:
            typer.echo(f"The try page is on http://{settings.host}:{settings.port}/")
            await stop.wait()
        await router.settle()


async def _ask(settings: Settings, sentence: str) -> None:
    configure_logging(sys.stderr, json=False, least=logging.ERROR)
    typer.echo(plain.of_reply(await ask(sentence, load(settings.playbook_dir), now)))


async def _ask_json(settings: Settings, sentences: Iterable[str]) -> None:
    playbook = load(settings.playbook_dir)
    for sentence in sentences:
        typer.echo(json.dumps(understood(sentence, playbook)))


async def _migrate(settings: Settings) -> None:
    async with _rooms(settings) as rooms:
        await rooms.store.migrate()
    typer.echo("The database has the present schema.")


async def _import(settings: Settings, content: bytes, tenant: str, owner: str) -> None:
    whose = tenant or " ".join([await way.tenant() for way in _ways(settings)])
    if not whose or " " in whose:
        raise InvalidInputError("Whose deals are these? Name the workspace with --tenant. Nothing was imported.")
    async with _rooms(settings) as rooms:
        typer.echo(await bring_in(rooms.store, whose, content, now(), owner))


async def _manifest_slack(url: str) -> None:
    from bot.slack.manifest import manifest

    typer.echo(json.dumps(manifest(url), indent=2))


async def _manifest_teams(settings: Settings, url: str, version: str, out: Path) -> None:
    from bot.teams.manifest import package

    out.write_bytes(package(settings.teams.app_id if settings.teams else "", url, version))  # noqa: ASYNC240  alone here
    typer.echo(f"{out} is written. Upload it in the Teams admin center; docs/install-in-teams.md shows how.")


async def _examine(settings: Settings) -> bool:
    """Look at each part and say a line about it; true where all is well."""
    async with _rooms(settings) as rooms:
        problem, practices = await rooms.store.ready(), len(rooms.playbook.practices)
    findings = [
        ("settings", True, "read and consistent"),
        ("playbook", True, f"{practices} practices"),
        ("database", not problem, problem or "reachable, present schema"),
        *[(way.platform.title(), *await way.check()) for way in _ways(settings)],
        *[(name, True, f"not configured: {reason}") for name, reason in settings.why_not.items()],
    ]
    for part, well, sentence in findings:
        typer.echo(f"{'ok   ' if well else 'WRONG'}  {part:9} {sentence}")
    return all(well for _, well, _ in findings)


if __name__ == "__main__":
    command_line(
        obj=Commands(
            serve=lambda: _serve(read()),
            try_out=lambda: _try(read()),
            migrate=lambda: _migrate(read()),
            import_deals=lambda content, tenant, owner: _import(read(), content, tenant, owner),
            manifest_slack=_manifest_slack,
            manifest_teams=lambda url, version, out: _manifest_teams(read(), url, version, out),
            examine=lambda: _examine(read()),
            ask=lambda sentence: _ask(read(), sentence),
            ask_json=lambda sentences: _ask_json(read(), sentences),
        )
    )
