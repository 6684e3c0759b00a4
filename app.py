"""Composition root: settings -> rooms -> one aiohttp server. No logic lives here."""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import typer

from bot.chat import plain
from bot.chat.ports import Now
from bot.courier import told
from bot.errors import InvalidInputError, SettingsError
from bot.house import Rooms, Way, furnished, open_to
from bot.settings import Settings, read
from bot.telemetry import configure_logging
from bot.terminal import Commands, Findings, command_line
from content.library import load
from handlers import samples
from handlers.asking import ask
from handlers.audit import looked
from handlers.coaching import understood
from handlers.crm import bring_in

if TYPE_CHECKING:
    from bot.slack.way import SlackWay
    from bot.teams.way import TeamsWay


def now() -> datetime:
    """The present moment: the only clock there is."""
    return datetime.now(UTC)  # noqa: TID251


def _rooms(settings: Settings) -> AbstractAsyncContextManager[Rooms]:
    configure_logging(sys.stderr, json=not sys.stderr.isatty(), secrets=settings.secrets)
    keys = [key.get_secret_value() for key in settings.secret_keys]
    return furnished(settings.database_url.get_secret_value(), keys, settings.playbook_dir, now, settings.kept)


async def _stand(settings: Settings, rooms: Rooms, ways: Sequence[Way], clock: Now, hello: str) -> None:
    async with open_to(ways, rooms, clock, settings.host, settings.port) as stop:
        typer.echo(hello)
        await stop.wait()


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
    url = f"http://{settings.host}:{settings.port}"
    hello = f"Serving {' and '.join(f'{way.platform.title()} on {url}{way.path}' for way in ways)}"
    async with _rooms(settings) as rooms:
        await _stand(settings, rooms, ways, now, hello)


async def _try(settings: Settings) -> None:
    from bot.slack.block_kit import render as block_kit
    from bot.teams.adaptive_card import render as adaptive_card
    from bot.web.guard import Bind
    from bot.web.way import WebWay, clock_of

    bind, people = Bind(settings.host, settings.port), WebWay.people
    looks = {"Block Kit": lambda card: [one.blocks for one in block_kit(card)], "Adaptive Card": adaptive_card}
    async with _rooms(settings) as rooms:
        await rooms.store.migrate()
        await samples.begin(rooms.store, people, now())
        way = WebWay(bind, await clock_of(rooms.store, now), looks, partial(samples.lay_out, rooms.store, people))
        await _stand(settings, rooms, [way], way.clock, f"The try page is on http://{bind.host}:{bind.port}/")


async def _ask(settings: Settings, sentence: str) -> str:
    configure_logging(sys.stderr, json=False, least=logging.ERROR)
    return plain.of_reply(await ask(sentence, load(settings.playbook_dir), now))


async def _ask_json(settings: Settings, sentences: Iterable[str]) -> None:
    playbook = load(settings.playbook_dir)
    for sentence in sentences:
        typer.echo(json.dumps(understood(sentence, playbook)))


async def _migrate(settings: Settings) -> None:
    async with _rooms(settings) as rooms:
        await rooms.store.migrate()


async def _import(settings: Settings, content: bytes, tenant: str, owner: str) -> str:
    whose = tenant or " ".join([await way.tenant() for way in _ways(settings)])
    if not whose or " " in whose:
        raise InvalidInputError("Whose deals are these? Name the workspace with --tenant. Nothing was imported.")
    async with _rooms(settings) as rooms:
        return await bring_in(rooms.store, whose, content, now(), owner)


async def _audit(settings: Settings, tenant: str, days: int) -> list[str]:
    async with _rooms(settings) as rooms:
        return await looked(rooms.store, now() - timedelta(days=days), tenant)


async def _manifest_slack(url: str) -> str:
    from bot.slack.manifest import manifest

    return json.dumps(manifest(url), indent=2)


async def _manifest_teams(settings: Settings, url: str, version: str) -> bytes:
    from bot.teams.manifest import package

    return package(settings.teams.app_id if settings.teams else "", url, version)


async def _examine(settings: Settings, *, resend: bool) -> Findings:
    """Look at each part; with `resend`, what could not be delivered is on its way again."""
    async with _rooms(settings) as rooms:
        letters, problem = rooms.store.letters, await rooms.store.ready()
        revived = await letters.revive(now()) if resend and not problem else 0
        return [
            ("settings", True, "read and consistent"),
            ("playbook", True, f"{len(rooms.playbook.practices)} practices"),
            ("database", not problem, problem or "reachable, present schema"),
            *([] if problem else [("outbox", *told(await letters.standing(now()), revived))]),
            *[(way.platform.title(), *await way.check()) for way in _ways(settings)],
            *[(name, True, f"not configured: {reason}") for name, reason in settings.why_not.items()],
        ]


if __name__ == "__main__":
    command_line(
        obj=Commands(
            serve=lambda: _serve(read()),
            try_out=lambda: _try(read()),
            migrate=lambda: _migrate(read()),
            import_deals=lambda content, tenant, owner: _import(read(), content, tenant, owner),
            manifest_slack=_manifest_slack,
            manifest_teams=lambda url, version: _manifest_teams(read(), url, version),
            examine=lambda resend: _examine(read(), resend=resend),
            audit=lambda tenant, days: _audit(read(), tenant, days),
            ask=lambda sentence: _ask(read(), sentence),
            ask_json=lambda sentences: _ask_json(read(), sentences),
        )
    )
