"""A company whose weeks pass: several people, a channel, the real store, router, round and courier, and a clock."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self

from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card, Form, Menu
from bot.chat.events import Opened, Pressed, Said, Submitted
from bot.chat.plain import of_card, of_reply
from bot.chat.ports import Pace, Profile
from bot.chat.replies import Ask, Change, Refuse, Reply, Say
from bot.coach.teams import Period
from bot.courier import Courier, Habits
from bot.errors import BusyError, Obstacle, UnreachableError
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers.marking import dressed
from handlers.opportunity import opportune
from handlers.rounds import round_of
from handlers.router import Router
from store import Store, Unit
from tests.databases import url_in

# A Wednesday morning in Lisbon.
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
CHANNEL = "C1"
TICK = timedelta(minutes=30)


class Chats:
    """A platform that keeps every message where it stands: a person's own chat, a channel, a chat of two."""

    pace = Pace()

    def __init__(self) -> None:
        self.messages: dict[str, tuple[str, Card]] = {}
        self.obstacles: dict[str, Obstacle] = {}
        self.busy = set[str]()
        self._numbers = count(1)

    async def direct(self, who: Address) -> Address:
        return Address(who.platform, who.tenant, f"D{who.user}", who.user)

    async def together(self, who: Address, other: str) -> Address:
        return Address(who.platform, who.tenant, "+".join(sorted((who.user, other))), who.user)

    async def send(self, to: Address, card: Card, _key: str = "") -> str:
        return self.put((await self.direct(to)).conversation, card)

    async def post(self, to: Address, card: Card, _key: str = "") -> str:
        if to.conversation in self.busy:
            raise BusyError(retry_after=600)
        if obstacle := self.obstacles.get(to.conversation):
            raise UnreachableError("", obstacle)
        return self.put(to.conversation, card)

    async def find(self, _to: Address, _key: str, _since: datetime) -> None:
        return None

    async def update(self, _to: Address, message: str, card: Card) -> None:
        self.messages[message] = (self.messages[message][0], card)

    async def profile(self, who: Address) -> Profile:
        return Profile(name=who.user.title(), email=f"{who.user}@example.com", zone="Europe/Lisbon")

    async def reads(self, _who: Address, place: str) -> bool:
        return place == CHANNEL

    def put(self, conversation: str, card: Card) -> str:
        name = f"m{next(self._numbers)}"
        self.messages[name] = (conversation, card)
        return name

    def of(self, conversation: str) -> list[Card]:
        return [card for where, card in self.messages.values() if where == conversation]


class Company:
    """Everybody of one company, named by a word; `says` and the like are done by whoever is named."""

    def __init__(self, folder: Path, playbook: Playbook) -> None:
        self.now = WEDNESDAY
        self.chats = Chats()
        self.replies: defaultdict[str, Reply] = defaultdict(tuple)
        self._store = Store.open(url_in(folder))
        messengers: Any = {"slack": self.chats}
        self._router = Router(self._store, playbook, messengers, self._clock, Telemetry())
        self._round = round_of(self._store, self._router, self._clock)
        habits = Habits(dressed=dressed, opportune=opportune(self._store))
        self._courier = Courier(self._store.letters, messengers, self._clock, Telemetry(), habits)
        self._numbers = count()
        self.tenant = "T1"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._router.settle()
        await self._store.close()

    def _clock(self) -> datetime:
        return self.now

    async def says(self, user: str, words: str) -> str:
        """Say something in one's own chat; give what is answered."""
        return await self._does(user, Said(**self._happening(user), text=words))

    async def opens_home(self, user: str) -> str:
        """Look at the coach's own page."""
        return of_reply(await self._router(Opened(address=self._address(user), at=self.now, receipt="")))

    async def presses(self, user: str, label: str, *, there: str = "", letter: bool = False) -> str:
        """Press what begins with this label: on the last answer, else on the newest card in the own chat or `there`.

        With `letter` on what the coach sent unasked, whatever was answered since.
        """
        for message, card in self._seen(user, there, answers=not letter):
            if found := pressed(card, label):
                return await self.sends(user, *found, message=message, there=there)
        raise AssertionError(f"{user} sees no {label}")

    async def sends(self, user: str, action: str, subject: str = "", *, message: str = "", there: str = "") -> str:
        """Send a press, shown anywhere or not."""
        event = Pressed(**self._happening(user, there), action=action, subject=subject, message=message)
        return await self._does(user, event)

    async def submits(self, user: str, *, form: Form | None = None, there: str = "", **typed: str) -> str:
        """Send the form that was opened last, or one that was not; a place chosen is one that its chooser reads."""
        form = form or self.form(user)
        answers = {field.id: getattr(field, "value", "") for field in form.fields} | typed
        places = {"place": answers["place"]} if answers.get("place") == CHANNEL else {}
        event = Submitted(
            **self._happening(user, there), form=form.id, subject=form.subject, answers=answers, places=places
        )
        return await self._does(user, event)

    def form(self, user: str) -> Form:
        return next(act.form for act in self.replies[user] if isinstance(act, Ask))

    def refusals(self, user: str) -> dict[str, str]:
        return {
            key: said for act in self.replies[user] if isinstance(act, Refuse) for key, said in act.problems.items()
        }

    async def passes(self, **span: float) -> None:
        """Let time pass, the clock ticking each half hour; what there is to say arrives meanwhile."""
        until = self.now + timedelta(**span)
        while self.now < until:
            self.now = min(self.now + TICK, until)
            await self.ticks()

    async def ticks(self) -> None:
        await self._round()
        await self._router.settle()
        await self._courier.sweep()

    def channel(self, conversation: str = CHANNEL) -> list[str]:
        """What stands in a channel, as text."""
        return [of_card(card) for card in self.chats.of(conversation)]

    def letters(self, user: str) -> list[str]:
        """What stands in somebody's own chat that they didn't ask for, as text."""
        return self.channel(f"D{user}")

    async def within(self, user: str, work: Callable[[Unit], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        return await self._store.write(self._address(user), work, at=self.now)

    async def sets_up(self, manager: str, *members: str, name: str = "West", when: str = "Monday 8:30") -> str:
        """Have a team with its digest in the channel, joined by pressing the card there; give its id."""
        await self.says(manager, "digest setup")
        await self.submits(manager, name=name, place=CHANNEL, when=when)
        await self.ticks()
        for member in members:
            await self.presses(member, "Join", there=CHANNEL)
        return str((await self.within(manager, lambda work: work.teams.mine()))[0][0].id)

    async def to_monday(self) -> None:
        """From Wednesday morning to Monday noon."""
        await self.passes(days=5, hours=2)

    async def line(self, user: str, team: str) -> str:
        """Name the first line that somebody has in a team."""
        ever = Period(date.min, date.max)
        return str((await self.within(user, lambda work: work.lines.mine(team, ever)))[0].id)

    async def leaves(self, user: str, team: str, name: str) -> str:
        """Have a new deal of that name left to a team."""
        await self.says(user, f"deal add {name}, client Globex")
        (deal,) = await self.within(user, lambda work: work.deals.find(name))
        await self.sends(user, "team.release", f"{team}.{deal.id}")
        return str(deal.id)

    async def _does(self, user: str, event: Said | Pressed | Submitted) -> str:
        self.replies[user] = reply = await self._router(event)
        await self._router.settle()
        for act in reply:
            if isinstance(act, Change) and event.message in self.chats.messages and (act.for_all or event.direct):
                self.chats.messages[event.message] = (self.chats.messages[event.message][0], act.card)
        return of_reply(reply)

    def _seen(self, user: str, there: str, *, answers: bool) -> list[tuple[str, Card]]:
        answered = [("", act.card) for act in self.replies[user] if isinstance(act, Say | Change)]
        where = there or f"D{user}"
        standing = [(name, card) for name, (conversation, card) in self.chats.messages.items() if conversation == where]
        return [*(answered if answers and not there else []), *reversed(standing)]

    def _address(self, user: str, there: str = "") -> Address:
        return Address("slack", self.tenant, there or f"D{user}", user)

    def _happening(self, user: str, there: str = "") -> dict[str, Any]:
        address = self._address(user, there)
        return {"address": address, "at": self.now, "receipt": f"r{next(self._numbers)}", "direct": not there}


def pressed(card: Card, label: str) -> tuple[str, str] | None:
    """The action and subject of what begins with this label."""
    for block in card.blocks:
        match block:
            case Buttons():
                found: list[Button] = [one for one in block.buttons if one.label.startswith(label)]
                if found:
                    return found[0].action, found[0].subject
            case Menu():
                for option in block.options:
                    if option.label.startswith(label):
                        return block.action, option.id
            case _:
                pass
    return None
