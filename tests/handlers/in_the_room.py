"""A rep in the middle of a deal: what a desk sees of commands, messages pointed at, ticks and logs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.chat.cards import Checklist, Quote
from bot.chat.events import Asked, Quoted, Ticked
from bot.chat.replies import Change, Say
from bot.coach.concessions import Concession
from bot.coach.deals import DealDraft
from bot.coach.plans import Entry, Estimate
from bot.coach.reading import read
from bot.coach.tradables import Side
from content.library import load
from store import Unit
from tests.handlers import talking
from tests.handlers.talking import _receipt


class Rep(talking.Rep):
    """Somebody who has deals, plans and a log."""

    async def has(self, *names: str) -> None:
        """Have deals of these names, each with the client that its first word names."""
        await self.says("tip")
        drafts = [DealDraft(name=name, client=name.split()[0]) for name in names]
        await self.does(lambda work: [work.deals.add(draft) for draft in drafts])

    async def plans(self, name: str = "Acme", gives: str = "8% off, at most 10%", gets: str = "two years") -> None:
        """Have a plan with these gives and gets, worth what such things usually are."""

        def keep(work: Unit) -> None:
            plan = work.plans.start(work.deals.find(name, limit=1)[0].id, self.desk.now)
            entries = enumerate((*_entries(gives, Side.GIVE), *_entries(gets, Side.GET)), 1)
            numbered = tuple(replace(entry, id=str(number)) for number, entry in entries)
            work.plans.change(replace(plan, entries=numbered), self.desk.now)

        await self.does(keep)

    async def commands(self, text: str) -> str:
        """Ask in company, by the command of the platform."""
        return await self.gives(Asked(address=self.address, at=self.desk.now, receipt=_receipt(), text=text))

    async def points_at(self, text: str) -> str:
        """Choose *Coach this message* on what somebody wrote."""
        return await self.gives(
            Quoted(address=self.address, at=self.desk.now, receipt=_receipt(), direct=True, text=text)
        )

    async def ticks(self, beside: str, *chosen: str, at: datetime | None = None) -> str:
        """Leave exactly these lines ticked of the newest list that has the line `beside`, at that moment."""
        lists = (one for card in reversed(self.cards) for one in card.blocks if isinstance(one, Checklist))
        checklist = next(one for one in lists if any(tick.text == beside for tick in one.ticks))
        ids = {tick.text: tick.id for tick in checklist.ticks}
        return await self.gives(
            Ticked(
                address=self.address, at=at or self.desk.now, receipt=_receipt(), direct=True, checklist=checklist.id,
                shown=frozenset(ids.values()), chosen=frozenset(ids[line] for line in chosen),
            )
        )  # fmt: skip

    @property
    def ticked(self) -> dict[str, bool]:
        """Every line of the newest card's checklists, and whether it is ticked."""
        lists = (block for block in self.cards[-1].blocks if isinstance(block, Checklist))
        return {tick.text: tick.done for block in lists for tick in block.ticks}

    @property
    def to_say(self) -> list[str]:
        """The words that the last reply hands over to be said to the client."""
        acts = (act for act in self.reply if isinstance(act, Say | Change))
        return [block.text for act in acts for block in act.card.blocks if isinstance(block, Quote)]

    async def log(self, name: str = "Acme") -> list[Concession]:
        """The log as it is stored, of the deal of that name."""
        found: list[Concession] = await self.desk.store.read(
            self.address, lambda work: work.concessions.of(work.deals.find(name, stage=None, limit=1)[0].id)
        )
        return found

    async def moved(self, name: str = "Acme") -> list[str]:
        """The log in short: `give discount`, `get seats`, in order."""
        return [f"{one.side} {one.tradable.what}" for one in await self.log(name)]


def _entries(words: str, side: Side) -> Iterator[Entry]:
    """Read what could be given or got into lines of a plan."""
    reading, trading = read(words, side), load().trading
    for one in reading.gives if side is Side.GIVE else reading.gets:
        ours, theirs = trading.typical(side, one.what)
        limit = reading.limit_of(one) if side is Side.GIVE else None
        yield Entry(id="", side=side, tradable=one, ours=Estimate(ours), theirs=Estimate(theirs), limit=limit)
