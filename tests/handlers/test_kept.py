"""The stories of staying in touch, played straight to the router; doors play them over their own wires."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.cards import Card
from bot.chat.plain import of_reply
from bot.chat.replies import Change, Home, Reply, Say
from content.library import Playbook
from tests.handlers.keeper import Keeper, controls_of
from tests.stories.kept import KeepingRep, KeepingStories

EMAILS = {"U1": "ines@example.com", "U2": "tom@example.com"}


class RouterRep(KeepingRep):
    """Somebody before the router: what they read is what it answered, and what came unasked."""

    def __init__(self, keeper: Keeper, user: str) -> None:
        self._keeper = keeper
        self._user = user
        self._seen: list[Reply] = []

    async def says(self, words: str) -> None:
        self._me()
        await self._keeper.says(words)
        self._note()

    async def commands(self, words: str) -> None:
        await self.says(words)

    async def coaches(self, message: str) -> None:
        raise NotImplementedError

    async def sees_picture(self, title: str) -> None:
        raise NotImplementedError

    async def presses(self, label: str) -> None:
        await self._press(next(pair for text, *pair in self._controls() if text == label))

    async def chooses(self, option: str) -> None:
        await self._press(next(pair for text, *pair in self._controls() if text.startswith(option)))

    async def ticks(self, line: str) -> None:
        raise NotImplementedError

    async def fills(self, **fields: str) -> None:
        self._me()
        await self._keeper.submits(**fields)
        self._note()

    async def opens_home(self) -> None:
        self._me()
        await self._keeper.looks()
        self._note()

    async def comes_back(self) -> None:
        """Nothing of the router is kept between two events anyway."""

    def colleague(self) -> "RouterRep":
        return RouterRep(self._keeper, "U2")

    async def passes(self, days: int) -> int:
        before = len(await self._keeper.letters())
        await self._keeper.passes(days=days)
        new = (await self._keeper.letters())[before:]
        self._seen += [(Say(card),) for _, card in new]
        return len(new)

    async def sees(self, *words: str) -> None:
        text = of_reply(self._seen[-1])
        assert all(word in text for word in words), text

    async def sees_ticked(self, line: str) -> None:
        raise NotImplementedError

    async def reads(self) -> str:
        return "\n".join(map(of_reply, self._seen))

    async def reads_in_channel(self) -> str:
        return ""

    def _me(self) -> None:
        self._keeper.becomes(self._user)

    def _note(self) -> None:
        self._seen.append(self._keeper.reply)

    async def _press(self, button: list[str]) -> None:
        self._me()
        await self._keeper.presses(*button)
        self._note()

    def _controls(self) -> Iterator[tuple[str, str, str]]:
        """What can be pressed, on the newest card first."""
        for reply in reversed(self._seen):
            for card in self._cards(reply):
                yield from controls_of(card)

    @staticmethod
    def _cards(reply: Reply) -> Iterator[Card]:
        for act in reply:
            if isinstance(act, Say | Change | Home):
                yield act.card


class TestKept(KeepingStories):
    """Every story, without a door."""

    @pytest.fixture
    async def rep(self, tmp_path: Path, playbook: Playbook) -> AsyncIterator[RouterRep]:
        async with Keeper(tmp_path, playbook) as keeper:
            keeper.shown.emails = EMAILS
            keeper.now += timedelta(hours=4)
            await keeper.imports()
            yield RouterRep(keeper, "U1")
