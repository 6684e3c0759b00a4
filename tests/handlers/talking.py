"""A rep at a coach's desk: says, presses and sends what a person would, through the router, on a real database."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from bot.chat import plain
from bot.chat.address import Address
from bot.chat.cards import Buttons, Card, Form, Menu
from bot.chat.events import Event, Pressed, Said, Submitted
from bot.chat.ports import Profile
from bot.chat.replies import Ask, Refuse, Reply, Share
from bot.coach.plans import Plan
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers.router import Router
from handlers.table import PRESSES
from store import Store, Unit
from tests.handlers.conftest import ANN, NOW

_RECEIPTS = count()


class Nobody:
    """A platform that knows nobody and keeps what it is told to show anew."""

    def __init__(self) -> None:
        self.updated: list[tuple[str, Card]] = []

    async def update(self, to: Address, message: str, card: Card) -> None:
        del to
        self.updated.append((message, card))

    async def profile(self, who: Address) -> Profile:
        del who
        return Profile("Ann")

    async def reads(self, who: Address, place: str) -> bool:
        raise NotImplementedError


class Desk:
    """One coach: a store on `url` and a router; another desk on the same url is another replica, or a restart."""

    def __init__(self, url: str, playbook: Playbook, now: datetime = NOW) -> None:
        self.playbook = playbook
        self.store = Store.open(url)
        self.platform = Nobody()
        self.now = now
        self.router = Router(
            self.store, playbook, {"slack": self.platform, "teams": self.platform}, lambda: self.now, Telemetry()
        )

    async def close(self) -> None:
        """Leave everything on the disk."""
        await self.router.settle()
        await self.store.close()


@asynccontextmanager
async def desk(url: str, playbook: Playbook) -> AsyncIterator[Desk]:
    """Open a desk, and close it whatever happens."""
    opened = Desk(url, playbook)
    try:
        yield opened
    finally:
        await opened.close()


@dataclass
class Rep:
    """Somebody who talks with the coach in private; everything shown to them stays on their screen."""

    desk: Desk
    address: Address = ANN
    reply: Reply = ()
    cards: list[Card] = field(default_factory=list)
    open: Form | None = None

    async def gives(self, event: Event) -> str:
        """Send any event; give what comes back, as text."""
        self.reply = await self.desk.router(event)
        self.open = next((act.form for act in self.reply if isinstance(act, Ask)), self.open)
        acts = (act for act in self.reply if not isinstance(act, Ask | Refuse | Share))
        self.cards += [act.card for act in acts]
        return self.read

    async def says(self, text: str) -> str:
        """Type a sentence into the private chat."""
        return await self.gives(
            Said(address=self.address, at=self.desk.now, receipt=_receipt(), direct=True, text=text)
        )

    async def presses(self, label: str, receipt: str = "") -> str:
        """Press the newest button, or choose the newest entry of a menu, that begins with a label."""
        pressable = [one for card in reversed(self.cards) for one in controls(card)]
        found = next((one for one in pressable if one[0].startswith(label)), None)
        assert found, f"nothing to press that begins with {label!r}"
        _, action, subject = found
        return await self.forges(action, subject, receipt)

    async def forges(self, action: str, subject: str, receipt: str = "") -> str:
        """Send a press that may stand on no card."""
        happened = Pressed(
            address=self.address, at=self.desk.now, receipt=receipt or _receipt(), direct=True, action=action,
            subject=subject,
        )  # fmt: skip
        return await self.gives(happened)

    async def sends(self, answers: Mapping[str, str], subject: str | None = None) -> str:
        """Send back the form that is open, the fields not named as they stood; with a `subject`, a forged one."""
        assert self.open is not None
        filled = {one.id: getattr(one, "value", "") for one in self.open.fields} | dict(answers)
        about = self.open.subject if subject is None else subject
        return await self.gives(
            Submitted(
                address=self.address, at=self.desk.now, receipt=_receipt(), direct=True, form=self.open.id,
                subject=about, answers=filled,
            )
        )  # fmt: skip

    @property
    def read(self) -> str:
        """Everything the last reply says, in one line of text."""
        return " ".join(plain.of_reply(self.reply).split())

    async def plan(self, name: str = "Acme") -> Plan:
        """The plan as it is stored, of the deal of that name."""

        def look(work: Unit) -> Plan | None:
            deals = work.deals.find(name, stage=None)
            return work.plans.of(deals[0].id) if deals else None

        found = await self.desk.store.read(self.address, look)
        assert found is not None
        return found

    async def does(self, work: Callable[[Unit], object]) -> None:
        """Change something behind the coach's back, as another door or an import would."""
        await self.desk.store.write(self.address, work, at=self.desk.now)

    @property
    def labels(self) -> list[str]:
        """Everything that can be pressed or chosen on the cards of the last reply."""
        acts = (act for act in self.reply if not isinstance(act, Ask | Refuse))
        return [label for act in acts for label, _, _ in controls(act.card)]


def controls(card: Card) -> Iterator[tuple[str, str, str]]:
    """Every button and menu entry of a card: what it shows, and what it sends; each has somebody who answers it."""
    for block in card.blocks:
        if isinstance(block, Buttons):
            found = [(one.label, one.action, one.subject) for one in block.buttons]
        elif isinstance(block, Menu):
            found = [(one.label, block.action, one.id) for one in block.options]
        else:
            continue
        assert all(action in PRESSES or action == "verb.run" for _, action, _ in found)
        yield from found


def _receipt() -> str:
    return f"said {next(_RECEIPTS)}"
