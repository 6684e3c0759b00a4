"""A walk through flow 3 at the try page, with pictures to look at in var/e2e/pictures."""

from typing import Final

from playwright.async_api import Browser

from tests.e2e.keeping_rep import KeepingInBrowser
from tests.e2e.served import Served
from tests.e2e.test_walk import LOOKS, Album
from tests.stories.kept import FIX, HAPPENED, MEANS

# Where there is least room, to the side; each of its days takes a while, so that one look has to do.
LOOK: Final = "phone"
TALL: Final = 1800


async def test_flow_three_is_good_to_look_at(try_page: Served, browser: Browser) -> None:
    screen = dict(LOOKS[LOOK])
    screen["viewport"] = screen["viewport"] | {"height": TALL}
    ines = KeepingInBrowser(try_page, browser, screen=screen)
    album = Album(f"{LOOK}-keep", ines)
    await ines.begins()
    await _promises(ines, album)
    await _is_in_touch(ines, album)
    await _puts_it_right(ines, album)
    assert ines.complaints() == []


async def _promises(ines: KeepingInBrowser, album: Album) -> None:
    await ines.says("won globex rollout")
    await album.takes("won")
    await ines.says("won acme renewal")
    await ines.says("promise send the draft by next monday for acme")
    await album.takes("promise")
    await ines.presses("It will be late")
    await album.takes("late")
    await ines.says("promise call the CFO for acme")
    await album.takes("when")


async def _is_in_touch(ines: KeepingInBrowser, album: Album) -> None:
    assert await ines.passes(7) == 2
    await album.takes("message")
    await ines.presses("More")
    await album.takes("client")
    await ines.presses("Hand over")
    await album.takes("handover")
    await (await ines.page()).keyboard.press("Escape")
    await ines.says("checkins")
    await ines.chooses("Next week")
    await ines.sees("Put off:")
    await album.takes("put-off")
    await ines.presses("Done")
    await ines.sees("How was it")
    await album.takes("done")


async def _puts_it_right(ines: KeepingInBrowser, album: Album) -> None:
    await ines.presses("An issue came up")
    for answer in (HAPPENED, MEANS, FIX, "friday"):
        await ines.says(answer)
    await ines.sees("That is ours to answer for")
    await album.takes("recovery")
    await ines.says("checkins pause until friday")
    await ines.says("checkins")
    await album.takes("paused")
    await ines.says("promises")
    await album.takes("promises")
    await ines.opens_home()
    await album.takes("home")
