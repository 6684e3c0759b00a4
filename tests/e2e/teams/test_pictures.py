"""A picture inside a card, as Microsoft's own renderer draws it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, expect

from bot.chat.cards import Card
from bot.chat.charts import Chart
from bot.chat.replies import Say
from bot.chat.scatter import Scatter
from bot.drawing import columns, scatter
from bot.teams.door import TeamsDoor
from bot.teams.options import TeamsOptions, new_messenger
from store import Store
from tests.cards.ordinary import DIGEST, PLAN
from tests.databases import url_in
from tests.doors import Clock, Coach, serving
from tests.e2e.teams.playground import TENANT, Playground, playing
from tests.e2e.teams.playground_rep import PlaygroundRep
from tests.e2e.test_walk import PICTURES

SAYS = next(block.says for block in PLAN.blocks if isinstance(block, Scatter))


@pytest.fixture
def said() -> Card:
    """What the coach says."""
    return PLAN


@pytest.fixture
async def playground(tmp_path: Path, said: Card) -> AsyncIterator[Playground]:
    """A Playground whose coach knows one card and says nothing else."""
    store = Store.open(url_in(tmp_path))
    options = TeamsOptions(unauthenticated=True, tenant_id=TENANT, dialogs=False)
    clock = Clock()
    door = TeamsDoor(options, Coach((Say(said),)), new_messenger(options, store, clock), clock)
    app = web.Application()
    app.add_routes(door.routes())
    await door.start()
    async with serving(app) as url, playing(tmp_path / "playground", url) as playground:
        yield playground
    await door.stop()
    await store.close()


async def test_a_plan_shows_its_picture_above_its_packages(playground: Playground, browser: Browser) -> None:
    async def never() -> str:
        raise AssertionError("this coach stays")

    ines = PlaygroundRep(playground, browser, never)
    await ines.says("plan acme")
    await ines.sees("8 % off, two years, a reference call", "Your walk-away")
    page = await ines.page()
    image = page.get_by_role("img", name=SAYS).last
    await expect(image).to_be_visible()
    assert await image.evaluate("image => [image.naturalWidth, image.naturalHeight]") == list(scatter.SIZE)
    await page.screenshot(path=PICTURES / "teams-plan.png", animations="disabled")
    assert ines.complaints == []


@pytest.mark.parametrize("said", [DIGEST], ids=["digest"])
async def test_a_digest_shows_its_weeks_with_their_values(playground: Playground, browser: Browser) -> None:
    async def never() -> str:
        raise AssertionError("this coach stays")

    ines = PlaygroundRep(playground, browser, never)
    await ines.says("digest")
    await ines.sees("Gives and gets by week", "Promises kept, check-ins done")
    page = await ines.page()
    for told in (block.told for block in DIGEST.blocks if isinstance(block, Chart)):
        image = page.get_by_role("img", name=told).last
        await expect(image).to_be_visible()
        assert await image.evaluate("image => [image.naturalWidth, image.naturalHeight]") == list(columns.SIZE)
    await page.screenshot(path=PICTURES / "teams-digest.png", animations="disabled")
    assert ines.complaints == []
