"""A card that stands elsewhere, too, changes there: a person's own copies, or what was put for a whole team."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.events import Pressed
from bot.chat.ports import Profile
from bot.chat.replies import Answer, Change, Refresh
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers.router import Router
from handlers.table import PRESSES, Route
from store import Store
from tests.handlers.conftest import ANN, NOW

CHANNEL = Address("slack", "T1", "C1", "team:7")
HELPED = Card("West's week, helped.", (prose("Ann will help."),))


class Shown:
    """A platform that notes what is shown where."""

    def __init__(self) -> None:
        self.changed: list[tuple[Address, str, Card]] = []

    async def update(self, to: Address, message: str, card: Card) -> None:
        self.changed.append((to, message, card))

    async def profile(self, who: Address) -> Profile:
        return Profile(who.user)

    async def reads(self, who: Address, place: str) -> bool:
        raise NotImplementedError


def _help(_event: Any, _work: Any, _playbook: Playbook, _now: Any) -> Answer:  # noqa: ANN401  a handler
    return (Change(HELPED, for_all=True), Refresh(HELPED, "digest:7", team="7"), Refresh(HELPED, "digest:7"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store.open(f"sqlite+aiosqlite:///{tmp_path}/coach.db")
    await store.migrate()
    yield store
    await store.close()


@pytest.mark.parametrize(("pressed_on", "elsewhere"), [("171.5", False), ("9.9", True)])
async def test_a_press_on_a_teams_card_changes_it_wherever_it_was_put_for_the_team(
    store: Store, playbook: Playbook, monkeypatch: pytest.MonkeyPatch, pressed_on: str, *, elsewhere: bool
) -> None:
    shown = Shown()
    router = Router(store, playbook, {"slack": shown}, lambda: NOW, Telemetry())
    monkeypatch.setitem(PRESSES, "help.offer", Route(_help, writes=True))
    await router.placed(CHANNEL, "digest:7", "171.5")
    await router.placed(ANN, "digest:7", "30.1")
    pressed = Pressed(address=ANN, at=NOW, receipt="r", message=pressed_on, action="help.offer", subject="7.3")
    assert await router(pressed) == (Change(HELPED, for_all=True),)
    await router.settle()
    own = (ANN, "30.1", HELPED)
    assert shown.changed == ([(CHANNEL, "171.5", HELPED), own] if elsewhere else [own])
