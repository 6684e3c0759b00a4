"""The coach's own page shows what is under way, and nothing of what is in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.events import Opened
from content.library import Playbook
from handlers.table import PRESSES
from tests.handlers.company import Company
from tests.handlers.in_the_room import Rep
from tests.handlers.talking import controls, desk


@pytest.fixture
async def ann(database: str, playbook: Playbook) -> AsyncIterator[Rep]:
    async with desk(database, playbook) as opened:
        yield Rep(opened)


async def home(rep: Rep) -> str:
    return await rep.gives(Opened(address=rep.address, at=rep.desk.now, receipt=""))


async def test_an_empty_page_says_how_to_begin(ann: Rep) -> None:
    read = await home(ann)
    assert "Your plans None yet." in read
    assert "Plan trades" in ann.labels
    assert all(action in PRESSES for card in ann.cards for _, action, _ in controls(card))


async def test_the_last_three_plans_stand_beside_the_preps_and_say_how_far_they_are(ann: Rep) -> None:
    names = [f"{name} renewal" for name in ("Acme", "Globex", "Hooli", "Initech")]
    await ann.has(*names)
    for name in names:
        await ann.plans(name.split()[0])
    read = await home(ann)
    assert read.count(": 1 give, 1 get, under way") == 3
    assert sum(label.startswith("Go on with") for label in ann.labels) == 3


async def test_no_demand_limit_or_walk_away_stands_there(ann: Rep) -> None:
    await ann.has("Acme renewal")
    await ann.plans(gives="8% off, at most 10%")
    read = await home(ann)
    assert "8%" not in read
    assert "10%" not in read


async def test_a_plan_is_opened_from_there(ann: Rep) -> None:
    await ann.has("Acme renewal")
    await ann.plans()
    await home(ann)
    assert "Acme renewal" in await ann.presses("Go on with Acme renewal")


async def test_a_prep_card_leads_to_the_plan(ann: Rep) -> None:
    await ann.has("Acme renewal")
    await ann.says("prep acme")
    await ann.presses("Full")
    assert "Plan trades" in ann.labels
    assert "What are they asking for?" in await ann.presses("Plan trades")


async def test_a_team_stands_there_with_its_next_digest(tmp_path: Path, playbook: Playbook) -> None:
    async with Company(tmp_path, playbook) as company:
        assert "My lines" not in await company.opens_home("ines")
        await company.sets_up("maya", "ines")
        home = await company.opens_home("ines")
        assert "West: next digest on Mon 30 Nov 2026" in home
        assert "My lines" in home
