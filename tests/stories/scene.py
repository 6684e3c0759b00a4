"""Where stories of bad input take place: a coach, two people before it, and a look into its database."""

import sqlite3
from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from tests.stories.coach import Coach

Who = TypeVar("Who")
Form = dict[str, Any]


class Scene(ABC, Generic[Who]):
    """Ines and Tom before a coach, with its database to look into.

    What they do here need not be what a client lets them do: `action` and `checklist` are any text. An action
    and what it is about are written as `action:subject`.
    """

    def __init__(self, coach: Coach, ines: Who, tom: Who) -> None:
        self.coach = coach
        self.ines = ines
        self.tom = tom

    @abstractmethod
    async def opens(self) -> None:
        """Let both say hello."""

    @abstractmethod
    async def says(self, who: Who, words: str) -> str:
        """Write to the coach; gives what they are told for it in their own conversation."""

    @abstractmethod
    async def presses(self, who: Who, action: str) -> str:
        """Press a button that opens no form; gives what they are told, empty where the card just changes.

        They are told in their own conversation, and nowhere else.
        """

    @abstractmethod
    async def ticks(self, who: Who, checklist: str, *chosen: str) -> str:
        """Tick exactly `chosen` of a checklist; gives what they are told, empty where the card just changes."""

    @abstractmethod
    async def form(self, who: Who, action: str) -> Form:
        """Press a button that opens a form, and give the form."""

    @abstractmethod
    async def submits(self, who: Who, form: Form, *, to: str = "", about: str | None = None, **typed: str) -> str:
        """Fill in some fields of a form and send it, the others as they are; gives why it stays open, empty if not.

        `to` is sent in place of what the form is, `about` in place of what it is about.
        """

    @abstractmethod
    def filled(self, form: Form) -> dict[str, str]:
        """What stands in the text fields of a form."""

    @abstractmethod
    def posted(self) -> str:
        """Everything that the coach has posted so far."""

    @abstractmethod
    def forms(self) -> int:
        """How many forms were opened so far."""

    def asks(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.coach.database, isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def everything(self) -> list[str]:
        """All that is stored, to see whether it has changed."""
        connection = sqlite3.connect(self.coach.database)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def deal(self, name: str) -> str:
        [(deal,)] = self.asks("SELECT id FROM deals WHERE name = ? AND tenant = ?", name, self.coach.tenant)
        return str(deal)

    def deals_named(self, name: str) -> int:
        return len(self.asks("SELECT * FROM deals WHERE name = ?", name))

    async def plan(self, who: Who, name: str) -> str:
        """Let somebody begin to plan a deal; gives the plan's id."""
        deal = self.deal(name)
        await self.presses(who, f"plan.open:{deal}")
        return str(self.asks("SELECT id FROM plans WHERE deal_id = ?", deal)[0][0])

    async def prep(self, who: Who, name: str) -> str:
        """Let somebody begin to prepare a deal; gives the prep's id."""
        deal = self.deal(name)
        await self.presses(who, f"prep.full:{deal}")
        return str(self.asks("SELECT id FROM preps WHERE deal_id = ?", deal)[0][0])
