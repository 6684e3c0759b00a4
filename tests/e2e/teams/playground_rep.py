"""A rep in the Agents Playground: finds what to press by what stands on it, and reads what is on the screen."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, Response, ViewportSize, expect

from tests.e2e.teams.playground import BOT_NAME, GROUP_NAME, TEAM_NAME, Playground
from tests.e2e.teams.wire import Wire
from tests.stories.rep import Rep

DIRECT, GROUP, CHANNEL = "Personal Chat", GROUP_NAME, f"{TEAM_NAME} - General"
POINTER = "I answered you in our own chat."
# Narrower, and the list of chats folds away; so high that a picture shows the whole of a prep.
SCREEN: Final[ViewportSize] = {"width": 1400, "height": 1900}
PATIENCE_MS = 10_000
CARD = "application/vnd.microsoft.card.adaptive"
# What stands over the fields of our forms, and beside their choices.
LABELS: Mapping[str, str] = {
    "matters": "What matters to them|What did they say instead",
    "certainty": "How do you know",
    "ideal": "Your ideal result",
    "realistic": "A realistic result",
    "walk_away": "Walk-away",
    "give": "What costs us little",
    "place": "Where|Channel for its digest",
    "client": "Client",
    "name": "Deal|Name of the team",
    "value": "Value",
    "closes": "Close date",
    "when": "Day and time",
    "zone": "Time zone",
    "starts": "Work starts",
    "ends": "Work ends",
    "region": "Country or region",
}
CHOICES: Mapping[str, str] = {
    "said": "They said so",
    "guess": "My guess",
    "unknown": "Don't know yet",
    "deals": TEAM_NAME,
    "group": GROUP_NAME,
}
# A message of a chat; the person's own have no author.
_MESSAGE = '//div[div/div[@aria-label="Message header"]]'
_MINE = f'{_MESSAGE}[not(.//*[@aria-label="Message author"])]'
_THEIRS = f'{_MESSAGE}[.//*[@aria-label="Message author"]]'


class PlaygroundRep(Rep):
    """One person with Teams open, as the Playground shows it."""

    def __init__(self, playground: Playground, browser: Browser, again: Callable[[], Awaitable[str]]) -> None:
        """Sit before `playground`; `again` starts the coach anew where it was."""
        self._playground = playground
        self._browser = browser
        self._again = again
        self._page: Page | None = None
        # How much the coach had said when the person wrote last.
        self._said = 0
        # What went wrong unseen, in the scripts of the page.
        self.complaints: list[str] = []

    async def says(self, words: str) -> None:
        page = await self.goes(DIRECT)
        mine = page.locator(f"xpath={_MINE}")
        before, self._said = await mine.count(), await page.locator(f"xpath={_THEIRS}").count()
        await self._writes(page.get_by_role("textbox").last, words)
        await page.get_by_role("button", name="Send Message").click()
        await expect(mine).to_have_count(before + 1)
        await expect((await self.newest()).first).to_be_visible()
        await self._wire.settled()

    async def commands(self, words: str) -> None:
        self._said = await (await self.goes(DIRECT)).locator(f"xpath={_THEIRS}").count()
        await self.mentions(CHANNEL, words)
        await self.goes(DIRECT)

    async def mentions(self, place: str, words: str, answer: str = POINTER) -> Page:
        """Mention the coach where others read, and wait for what they read of the answer."""
        page = await self.goes(place)
        lines = page.locator(".ac-adaptiveCard").filter(has_text=answer)
        before = await lines.count()
        box = page.get_by_role("textbox")
        await self._writes(box.first if place == CHANNEL else box.last, f" {words}", to=BOT_NAME)
        await page.get_by_role("button", name="Post" if place == CHANNEL else "Send Message", exact=True).click()
        await expect(lines).to_have_count(before + 1)
        await self._wire.settled()
        return page

    async def coaches(self, message: str) -> None:
        pytest.fail(f"the Playground's messages have no menu: no story that coaches {message!r} goes there")

    async def presses(self, label: str) -> None:
        button = (await self.page()).get_by_role("button", name=label, exact=True).last
        if await button.get_attribute("aria-controls"):
            await button.click()
        await self.does(button.click)

    async def chooses(self, option: str) -> None:
        page = await self.page()
        menu = page.get_by_role("combobox").last
        await menu.click()
        await page.get_by_role("option", name=starting(option)).click()
        await self.does(after(menu, "Go").click)

    async def ticks(self, line: str) -> None:
        box = await self.line(line)
        await box.click()
        await self.does(after(box, "Save ticks").click)

    async def fills(self, **fields: str) -> None:
        page = await self.page()
        sheet = page.locator(".ac-adaptiveCard").filter(has=page.locator("input, textarea")).last
        for field, value in fields.items():
            await _fill(sheet, LABELS[field], value)
        before = await sheet.inner_text()
        shown = await sheet.element_handle()
        await sheet.get_by_role("button").last.click()
        # What was taken leaves one line of its form, and what was not comes back with what is wrong.
        changed = "([card, text]) => !card.isConnected || card.innerText !== text"
        await page.wait_for_function(changed, arg=[shown, before])
        await self._wire.settled()

    async def opens_home(self) -> None:
        await self.says("home")

    async def comes_back(self) -> None:
        """Return another day; loading the page anew would begin the Playground's Teams anew."""
        await self._again()

    def colleague(self) -> Rep:
        pytest.fail("the Playground is one person's: no story with a colleague goes there")

    async def sees(self, *words: str) -> None:
        newest = await self.newest()
        for one in words:
            await expect(newest.filter(has_text=one).last).to_be_visible()

    async def sees_ticked(self, line: str) -> None:
        await expect(await self.line(line)).to_be_checked()

    async def sees_picture(self, title: str) -> None:
        card = (await self.page()).locator(".ac-adaptiveCard").filter(has_text=title).last
        image = card.get_by_role("img").last
        await expect(image).to_be_visible()
        assert await image.evaluate("image => image.naturalWidth")

    async def reads(self) -> str:
        return await self._everything(DIRECT)

    async def reads_in_channel(self) -> str:
        read = await self._everything(CHANNEL)
        await self.goes(DIRECT)
        return read

    async def page(self) -> Page:
        """Give the page as it stands; the first time, the coach is met in the person's own chat."""
        if not self._page:
            context = await self._browser.new_context(viewport=SCREEN)
            context.set_default_timeout(PATIENCE_MS)
            self._page = await context.new_page()
            self._page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self._wire = Wire(self._page)
            # Fonts and the like, which it does without.
            await self._page.route(re.compile("^https:"), lambda route: route.abort())
            await self._page.goto(self._playground.url)
            await expect(self._page.locator(".ac-adaptiveCard").first).to_be_visible()
            await self._page.get_by_title("Hide log panel").click()
        return self._page

    async def goes(self, place: str) -> Page:
        """Go to a conversation; the first time, the coach introduces itself there."""
        page = await self.page()
        await page.get_by_role("treeitem", name=place).click()
        await expect(page.locator(".ac-adaptiveCard").first).to_be_visible()
        # With the first click in it, the page draws a conversation anew, and what stood in its inputs is gone.
        await page.get_by_role("textbox").last.click()
        await self._wire.settled()
        return page

    async def newest(self) -> Locator:
        """What the coach said since the person wrote last; it may stand above that, where it answered at once."""
        return (await self.page()).locator(f"xpath=({_THEIRS})[position() > {self._said}]")

    async def line(self, words: str) -> Locator:
        """The newest checklist line with these words."""
        return (await self.page()).get_by_role("checkbox", name=starting(words)).last

    async def does(self, gesture: Callable[[], Awaitable[None]]) -> None:
        """Press something, and wait for the answer to it; where that is a card, for the change that stays, too."""
        page, wire = await self.page(), self._wire
        invokes, changed = wire.invokes, wire.changed
        async with page.expect_response("**/invoke") as answer:
            await gesture()
        await wire.settled(invokes + 1, changed + await _is_a_card(await answer.value))

    async def _writes(self, box: Locator, words: str, to: str = "") -> None:
        await box.click()
        if to:
            await box.page.keyboard.type("@")
            await box.page.get_by_role("menuitem", name=to).click()
        await box.page.keyboard.insert_text(words)

    async def _everything(self, place: str) -> str:
        cards = (await self.goes(place)).locator(".ac-adaptiveCard")
        return "\n".join(await cards.all_inner_texts())


def starting(words: str) -> re.Pattern[str]:
    """Whatever begins with these words."""
    return re.compile(f"^{re.escape(words)}")


def after(control: Locator, label: str) -> Locator:
    """The button that follows a control."""
    return control.locator(f'xpath=following::button[@aria-label="{label}"][1]')


async def _is_a_card(answer: Response) -> bool:
    assert answer.ok, await answer.text()
    return bool((await answer.json())["type"] == CARD)


async def _fill(sheet: Locator, label: str, value: str) -> None:
    """Type, or choose where there is a choice."""
    control = sheet.get_by_label(re.compile(f"^({label})"))
    if await control.first.get_attribute("role") == "radiogroup":
        await control.get_by_label(starting(CHOICES[value])).check()
    else:
        await control.fill(value)
