"""Somebody who uses the coach, whatever the door: what stories are told with."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable


class Rep(ABC):
    """A rep at work. Gestures name what a person sees: the label of a button, the words of a line."""

    @abstractmethod
    async def says(self, words: str) -> None:
        """Write plain words to the coach in their own conversation with it."""

    @abstractmethod
    async def commands(self, words: str) -> None:
        """Ask the coach in the team's channel, by whatever one types there."""

    @abstractmethod
    async def coaches(self, message: str) -> None:
        """Choose *Coach this message* on what somebody else wrote in the team's channel."""

    @abstractmethod
    async def presses(self, label: str) -> None:
        """Press the newest button with this label."""

    @abstractmethod
    async def chooses(self, option: str) -> None:
        """Choose the entry that starts with these words from the newest menu that has one."""

    @abstractmethod
    async def ticks(self, line: str) -> None:
        """Tick, or untick, the newest checklist line with these words."""

    @abstractmethod
    async def fills(self, **fields: str) -> None:
        """Fill fields of the open form, by their ids, and send it; the others stay as they are."""

    @abstractmethod
    async def opens_home(self) -> None:
        """Look at the coach's own page."""

    @abstractmethod
    async def comes_back(self) -> None:
        """Return another day: nothing of the running coach is left but its database."""

    @abstractmethod
    def colleague(self) -> "Rep":
        """Somebody else of the same company."""

    @abstractmethod
    async def sees(self, *words: str) -> None:
        """Wait until all these words are on the newest card, form or page."""

    @abstractmethod
    async def sees_ticked(self, line: str) -> None:
        """Wait until this line of the newest checklist that has it is ticked."""

    @abstractmethod
    async def sees_picture(self, title: str) -> None:
        """Wait until the newest card with this title shows a picture."""

    @abstractmethod
    async def reads(self) -> str:
        """Everything this person can read now, newest last."""

    @abstractmethod
    async def reads_in_channel(self) -> str:
        """Everything that anybody can read in the team's channel."""


async def until(condition: Callable[[], bool], wanted: str, instead: Callable[[], str], seconds: float = 5) -> None:
    """Wait for a state of the screen, a few seconds at most; what is there instead is in the failure."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  a screen is looked at, it tells nothing by itself
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"{wanted} is not in {instead()!r}") from None
