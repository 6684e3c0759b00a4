"""Brings what happened to whoever the table says, in one transaction."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

import structlog

from bot.chat.address import Address, Platform
from bot.chat.cards import Button, Buttons, Card, prose
from bot.chat.events import Asked, Due, Event, Happening, Joined, Opened, Pressed, Quoted, Said, Submitted, Ticked
from bot.chat.ports import Known, Now, Profile
from bot.chat.replies import Answer, Refresh, Refuse, Reply, Say
from bot.coach.people import Person
from bot.errors import CoachError, PlatformError, StaleError
from bot.telemetry import Telemetry, bind_reference, current_reference
from content.library import Playbook
from handlers import coaching, gate, grammar, settings
from handlers.marking import marked
from handlers.table import ASKING, CHECKLISTS, DIALOGUES, DUE, FORMS, JOINED, OPENED, PRESSES, QUOTED, VERBS, Route
from store import AlreadyDoneError, Place, Store
from store.unit import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Step:
    """One handler with the event it is given."""

    route: Route
    event: Event


# By the team a card was put for, empty for a person's own, and its subject.
Places: TypeAlias = dict[tuple[str, str], list[Place]]
_HONEST = "Something broke on my side; nothing you typed was lost. Please try again, and quote this if it stays:"


class _StrangerError(Exception):
    """Nobody knows this person yet."""


class Router:
    """Brings every event to its handler, in one transaction, and never raises."""

    def __init__(
        self, store: Store, playbook: Playbook, messengers: Mapping[Platform, Known], now: Now, telemetry: Telemetry
    ) -> None:
        """Take the rooms it stands between; the playbook learns while the doors open."""
        self._store = store
        self._playbook = playbook
        playbook.learn()
        self._messengers = messengers
        self._now = now
        self._telemetry = telemetry
        self._refreshing: set[asyncio.Task[None]] = set()

    async def __call__(self, event: Event) -> Reply:
        """Answer an event; what goes wrong is an answer too."""
        reference = current_reference() or bind_reference()
        try:
            answer, places = await self._answer(event)
        except AlreadyDoneError:
            return ()
        except CoachError as error:
            self._telemetry.error(type(error).__name__)
            log.info("refused", error=type(error).__name__)
            return _sorry(event, error.sentence)
        except Exception as error:
            self._telemetry.error(type(error).__name__)
            log.exception("a handler failed")
            return _sorry(event, f"{_HONEST} {reference}")
        self._refresh(event, answer, places)
        return tuple(act for act in answer if not isinstance(act, Refresh))

    async def placed(self, address: Address, subject: str, message: str) -> None:
        """Remember where a card was put."""
        at = self._now()
        await self._store.write(address, lambda work: work.places.put(subject, message, at), at=at)

    async def settle(self) -> None:
        """Wait until every copy under way is refreshed."""
        while self._refreshing:
            await asyncio.gather(*self._refreshing)

    async def _answer(self, event: Event) -> tuple[Answer, Places]:
        """Run the event's handlers; a stranger is met first."""
        steps = plan(event)
        with suppress(_StrangerError):
            return await self._run(event, steps, lambda me: _stranger(event, me))
        await self._meet(event.address)
        return await self._run(event, steps, lambda me: me is None)

    async def _run(
        self, event: Event, steps: tuple[Step, ...], stranger: Callable[[Person | None], bool]
    ) -> tuple[Answer, Places]:
        """Run all steps whole inside one transaction."""
        now = self._now()

        def work_on(work: Unit) -> tuple[Answer, Places]:
            if stranger(work.people.me()):
                raise _StrangerError
            answer = tuple(marked(act, ASKING) for step in steps for act in self._take(step, work, now))
            return answer, {_named(act): _places(act, work) for act in answer if isinstance(act, Refresh)}

        if any(step.route.writes for step in steps):
            return await self._store.write(event.address, work_on, receipt=event.receipt, at=event.at)
        return await self._store.read(event.address, work_on)

    def _take(self, step: Step, work: Unit, now: datetime) -> Answer:
        with self._telemetry.handling(step.route.name):
            gate.check(step.route.rule, step.event, work, now, noting=not step.route.asks)
            return step.route.handler(step.event, work, self._playbook, now)

    async def _meet(self, address: Address) -> None:
        """Learn a person's name and zone the first time they turn up; deals imported for them become theirs."""
        profile = await self._profile(address)
        now = self._now()
        await self._store.write(address, lambda work: work.people.meet(profile, now), at=now)

    async def _profile(self, address: Address) -> Profile:
        try:
            profile = await self._messengers[address.platform].profile(address)
            return replace(profile, zone=settings.zone_named(profile.zone))
        except PlatformError:
            log.warning("a profile could not be read; the usual hours stand in")
            return Profile()

    def _refresh(self, event: Event, answer: Answer, places: Places) -> None:
        """Bring the copies of changed cards up to date, after the answer is on its way."""
        for act in answer:
            if isinstance(act, Refresh):
                copies = [place for place in places[_named(act)] if place.message != event.message]
                task = asyncio.create_task(self._update(act.card, copies))
                self._refreshing.add(task)
                task.add_done_callback(self._refreshing.discard)

    async def _update(self, card: Card, places: list[Place]) -> None:
        for place in places:
            messenger = self._messengers.get(place.address.platform)
            try:
                if messenger:
                    await messenger.update(place.address, place.message, card)
            except PlatformError:
                log.info("a copy of a card could not be refreshed; it catches up when it is next opened")


def plan(event: Event) -> tuple[Step, ...]:
    """Look up who answers; two requests in one sentence are two steps.

    Raises `StaleError` for a button, a form, a list or a kind of thing the coach no longer knows.
    """
    match event:
        case Said() | Asked():
            return _requests(event)
        case Pressed(action="verb.run"):
            return _requests(_asked(event, event.subject))
        case _:
            route = _route(event)
    if route is None:
        raise StaleError
    return (Step(route, event),)


def _route(event: Pressed | Submitted | Ticked | Due | Opened | Joined | Quoted) -> Route | None:
    match event:
        case Pressed():
            route = PRESSES.get(event.action)
        case Submitted():
            route = FORMS.get(event.form)
        case Ticked():
            route = CHECKLISTS.get(event.checklist.partition(".")[0])
        case Due():
            route = DUE.get(event.kind)
        case Opened():
            route = OPENED
        case Joined():
            route = JOINED
        case Quoted():
            route = QUOTED
        case _:
            assert_never(event)
    return route


def _stranger(event: Event, me: Person | None) -> bool:
    """Say whom to look up: who is new, and who looks in after their platform kept silent about them.

    Whoever did nothing isn't looked up: what was due for somebody since forgotten brings nobody back.
    """
    if isinstance(event, Due):
        return False
    return me is None or (isinstance(event, Opened) and not me.email)


def _named(refresh: Refresh) -> tuple[str, str]:
    return refresh.team, refresh.subject


def _places(refresh: Refresh, work: Unit) -> list[Place]:
    """Find where a card stands: this person's own, or one of a team whose rule the gate has checked."""
    if refresh.team:
        return work.places.of_team(refresh.team, refresh.subject)
    return work.places.of(refresh.subject)


def _requests(event: Said | Asked) -> tuple[Step, ...]:
    """Read every request in what was typed; where one part is none, the whole is one plain sentence.

    In one's own conversation a word like "ok" goes to the dialogue under way first.
    """
    requests = [grammar.read(part) for part in grammar.split(event.text)]
    alone = grammar.HALF_SOFT if len(requests) == 1 else frozenset[str]()
    if event.direct and any(one and one.verb in grammar.SOFT | alone for one in requests):
        return (Step(Route(_sentence), event),)
    steps = tuple(Step(VERBS[one.verb], _asked(event, one.words)) for one in requests if one)
    return steps if len(steps) == len(requests) else (Step(Route(_sentence), event),)


def _asked(event: Happening, words: str) -> Asked:
    return Asked(
        address=event.address,
        at=event.at,
        receipt=event.receipt,
        direct=event.direct,
        message=event.message,
        text=words,
    )


def _sentence(event: Said | Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Give a plain sentence to the dialogue that waits for one, else to its verb if it has one, else to the coach."""
    waiting = work.conversations.get() if event.direct else None
    listener = DIALOGUES.get(waiting.kind) if waiting else None
    heard = listener(_asked(event, event.text), work, playbook, now) if listener else None
    if heard is not None:
        return heard
    request = grammar.read(event.text)
    handler = VERBS[request.verb].handler if request else coaching.sentence
    return handler(_asked(event, request.words if request else event.text), work, playbook, now)


def _sorry(event: Event, sentence: str) -> Reply:
    """Say what happened; a form stays open with everything typed in it."""
    if isinstance(event, Submitted) and event.answers:
        return (Refuse({"": sentence}),)
    return (Say(Card(sentence, (prose(sentence), Buttons((Button("What I can do", "help.show"),))))),)
