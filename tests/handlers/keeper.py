"""A rep whose days pass: a real store, the real router, a clock that is moved, and the letters that arrive."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self

from bot.chat import cards
from bot.chat.address import Address
from bot.chat.cards import Buttons, Card, Form, Menu
from bot.chat.events import Asked, Due, Event, Opened, Pressed, Said, Submitted
from bot.chat.plain import of_card, of_reply
from bot.chat.ports import Profile
from bot.chat.replies import Ask, Change, Refuse, Reply, Say
from bot.coach.deals import DealDraft
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers import agenda
from handlers.crm import read_export
from handlers.router import Router
from handlers.samples import DEALS
from store import ImportedDeal, Store, Unit
from tests.databases import url_in

# A Monday morning, before work.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Shown:
    """A platform that keeps what each message shows."""

    def __init__(self) -> None:
        self.messages: dict[str, Card] = {}
        self.emails: dict[str, str] = {}

    async def send(self, to: Address, card: Card) -> str:
        raise NotImplementedError

    async def update(self, _to: Address, message: str, card: Card) -> None:
        self.messages[message] = card

    async def profile(self, who: Address) -> Profile:
        return Profile(
            name=who.user, email=self.emails.get(who.user, f"{who.user.lower()}@example.com"), zone="Europe/Lisbon"
        )


class Keeper:
    """Ann, or somebody else of her company, before a coach whose clock the test moves. Everything is said directly."""

    def __init__(self, folder: Path, playbook: Playbook, user: str = "U1") -> None:
        self.now = MONDAY
        self.shown = Shown()
        self.reply: Reply = ()
        self.folder = folder
        self._store = Store.open(url_in(folder))
        messengers: Any = {"slack": self.shown}
        self._router = Router(self._store, playbook, messengers, lambda: self.now, Telemetry())
        self.away = False
        self._numbers = count()
        self._user = user

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._router.settle()
        await self._store.close()

    @property
    def address(self) -> Address:
        return Address("slack", "T1", f"D{self._user}", self._user)

    @property
    def text(self) -> str:
        """Everything the last answer says."""
        return of_reply(self.reply)

    def becomes(self, user: str) -> None:
        """Let somebody else act from here on."""
        self._user = user

    async def within(self, work: Callable[[Unit], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        return await self._store.write(self.address, work, at=self.now)

    async def imports(self) -> None:
        """Bring in the sample deals, for people the coach has not met yet."""
        deals = read_export(DEALS.read_bytes(), self.now.date()).deals
        await self._store.import_deals(self.address.tenant, deals, self.now)

    async def brings(self, deals: Sequence[ImportedDeal]) -> None:
        """Bring in deals of an export."""
        await self._store.import_deals(self.address.tenant, deals, self.now)

    async def has(self, name: str, notes: str = "", client: str = "") -> str:
        """Have a deal; give its id."""
        await self._router(Asked(**self._happening(), text="settings"))
        draft = DealDraft(name=name, client=client or name.partition(" ")[0], notes=notes)
        return str((await self.within(lambda work: work.deals.add(draft))).id)

    async def wins(self, name: str, notes: str = "", client: str = "") -> str:
        """Have a deal, and win it."""
        deal = await self.has(name, notes, client)
        await self.presses("deal.won", deal)
        return deal

    async def says(self, words: str) -> str:
        return await self._does(Said(**self._happening(), text=words))

    async def presses(self, action: str, subject: str = "", message: str = "") -> str:
        happening = self._happening() | {"message": message}
        return await self._does(Pressed(**happening, action=action, subject=subject))

    async def works(self, **typed: str) -> None:
        """Say when and where this person works."""
        await self.presses("settings.ask")
        await self.submits(**typed)

    async def looks(self) -> str:
        """Open the coach's own page."""
        return await self._does(Opened(**self._happening()))

    async def clicks(self, label: str) -> str:
        """Press the first button, or choose the first entry, of the last answer that starts with this label."""
        action, subject = next(pair for text, *pair in self.controls() if text.startswith(label))
        return await self.presses(action, subject)

    async def submits(self, **typed: str) -> str:
        """Send the form that was opened last."""
        form = self.form
        answers = {field.id: getattr(field, "value", "") for field in form.fields} | typed
        event = Submitted(**self._happening(), form=form.id, subject=form.subject, answers=answers)
        before = self.reply
        text = await self._does(event)
        if any(isinstance(act, Refuse) for act in self.reply):
            self.reply = (*self.reply, *(act for act in before if isinstance(act, Ask)))
        return text

    async def sends(self, form: str, about: str, answers: dict[str, str]) -> str:
        """Send a form that need not have been opened."""
        return await self._does(Submitted(**self._happening(), form=form, subject=about, answers=answers))

    @property
    def form(self) -> Form:
        return next(act.form for act in self.reply if isinstance(act, Ask))

    @property
    def refusals(self) -> dict[str, str]:
        return {key: one for act in self.reply if isinstance(act, Refuse) for key, one in act.problems.items()}

    def controls(self) -> Iterator[tuple[str, str, str]]:
        """What can be pressed or chosen on the last answer: its label, action and subject."""
        for card in (act.card for act in self.reply if isinstance(act, Say | Change)):
            yield from controls_of(card)

    async def passes(self, **span: float) -> list[str]:
        """Let time pass, the clock ticking each half hour; give what arrives meanwhile, as text."""
        before, until = len(await self.letters()), self.now + timedelta(**span)
        while self.now < until:
            self.now = min(self.now + timedelta(minutes=30), until)
            await self.tick()
        return [of_card(card) for _, card in (await self.letters())[before:]]

    async def tick(self) -> None:
        """Let the clock look who is due."""
        due = await self._store.agendas.due(self.now)
        for who in due:
            receipt = f"due.{next(self._numbers)}"
            await self._router(Due(address=who, at=self.now, receipt=receipt, kind=agenda.KIND, subject=""))
        await self._router.settle()
        if due and not self.away:
            await self._carry()

    async def _carry(self) -> None:
        """Let what is due begin its way, as a courier does where the platform isn't `away`."""
        for letter in await self._store.letters.claim(self.now, 50, timedelta(minutes=2), platform="slack"):
            await self._store.letters.begin(letter, self.now)

    async def letters(self) -> list[tuple[str, Card]]:
        """Everything in the outbox of everybody, in order: its key, and its card."""
        return [(key, cards.load(card)) for key, card in await self._outbox("card")]

    async def sent(self) -> list[tuple[str, datetime]]:
        """When each letter is due, by its key."""
        return [(key, datetime.fromisoformat(at).replace(tzinfo=UTC)) for key, at in await self._outbox("due_at")]

    async def _outbox(self, column: str) -> list[tuple[str, str]]:
        def read() -> list[tuple[str, str]]:
            with closing(sqlite3.connect(self.folder / "coach.db")) as database:
                query = f"SELECT key, {column} FROM outbox ORDER BY due_at, rowid"  # noqa: S608 - our own columns
                return database.execute(query).fetchall()

        return await asyncio.to_thread(read)

    async def happens(self, event: Event) -> None:
        """Let the coach hear of something."""
        await self._does(event)

    @staticmethod
    def controls_on(card: Card) -> list[tuple[str, str, str]]:
        """What can be pressed or chosen on a card."""
        return list(controls_of(card))

    async def placed(self, subject: str, message: str) -> None:
        """Note that the card of a subject stands as this message."""
        await self._router.placed(self.address, subject, message)

    async def _does(self, event: Event) -> str:
        self.reply = await self._router(event)
        await self._router.settle()
        return self.text

    def _happening(self) -> dict[str, Any]:
        return {"address": self.address, "at": self.now, "receipt": f"r{next(self._numbers)}", "direct": True}


def controls_of(card: Card) -> Iterator[tuple[str, str, str]]:
    """What can be pressed or chosen on a card: its label, action and subject."""
    for block in card.blocks:
        match block:
            case Buttons():
                yield from ((one.label, one.action, one.subject) for one in block.buttons)
            case Menu():
                yield from ((option.label, block.action, option.id) for option in block.options)
            case _:
                pass
