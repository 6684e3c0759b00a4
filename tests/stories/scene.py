"""Where stories of bad input take place: a coach, two people before it, and a look into its database."""

import sqlite3
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.slack.platform import Answer, Json, Person

if TYPE_CHECKING:
    from tests.stories.conftest import Coach, Workspace


@dataclass
class Scene:
    """Ines and Tom before a coach, with its database to look into."""

    ines: Person
    tom: Person
    slack: "Workspace"
    database: Path
    coach: "Coach"

    def asks(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.database, isolation_level=None)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def everything(self) -> list[str]:
        """All that is stored, to see whether it has changed."""
        connection = sqlite3.connect(self.database)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    def deal(self, name: str) -> str:
        return str(self.asks("SELECT id FROM deals WHERE name = ? AND tenant = 'T1'", name)[0][0])

    def deals_named(self, name: str) -> int:
        return len(self.asks("SELECT * FROM deals WHERE name = ?", name))

    async def prep(self, person: Person, name: str) -> str:
        """Let somebody begin to prepare a deal; gives the prep's id."""
        deal = self.deal(name)
        await self.told(person, presses(person, f"prep.full:{deal}"))
        return str(self.asks("SELECT id FROM preps WHERE deal_id = ?", deal)[0][0])

    async def told(self, person: Person, gesture: Awaitable[Answer]) -> str:
        """Do something and give what the person is told for it in their direct messages."""
        before = len(self.slack.of("chat.postMessage"))
        await gesture
        await self.coach.settle()
        [posted] = self.slack.of("chat.postMessage")[before:]
        assert posted["channel"] == f"D{person.user}"
        return str(posted["text"])

    async def form(self, person: Person, action: str) -> Json:
        """Press a button that opens a form, and give the form."""
        before = len(self.slack.of("views.open"))
        await presses(person, action)
        await self.coach.settle()
        [opened] = self.slack.of("views.open")[before:]
        view: Json = opened["view"]
        return view


async def presses(person: Person, action: str) -> Answer:
    return await person.presses(action, channel=f"D{person.user}")


async def ticks(person: Person, checklist: str, *chosen: str, shown: tuple[str, ...] = (), at: float = 0) -> Answer:
    """Touch a checklist of which `shown` is on the screen, so that exactly `chosen` is ticked."""
    element = {"type": "checkboxes", "action_id": f"tick:{checklist}:0"}
    options = [{"value": one} for one in (shown or chosen)]
    message = {"ts": "1700000050.000100", "blocks": [{"type": "actions", "elements": [element | {"options": options}]}]}
    act = {**element, "selected_options": [{"value": one} for one in chosen], "action_ts": f"{1700000100 + at:.6f}"}
    return await person.interacts(person.action(act, channel=f"D{person.user}", message=message))


def filled(view: Json) -> dict[str, str]:
    """What stands in the text fields of a form."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in inputs}
