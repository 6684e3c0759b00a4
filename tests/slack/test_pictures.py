"""A picture reaches its reader and nobody else; one that doesn't is never the end of its card."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.chat.cards import Card
from bot.chat.replies import Home, Say
from bot.chat.scatter import Scatter
from bot.drawing import png
from bot.errors import PlatformError
from bot.slack.pictures import ATTEMPTS, Pictures
from bot.slack.send import SlackMessenger
from tests.cards.ordinary import PLAN
from tests.cards.suite import CARDS
from tests.doors import Coach
from tests.slack.conftest import House
from tests.slack.platform import TEAM, FakeSlack, Json, Person
from tests.slack.test_send import THERE, TO

UPLOAD = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")
SCATTER = next(block for block in PLAN.blocks if isinstance(block, Scatter))


@pytest.fixture
def waits() -> list[float]:
    """How long was waited before each further attempt."""
    return []


@pytest.fixture
def messenger(house: House, waits: list[float]) -> SlackMessenger:
    """The messenger of the door, for which time passes at once."""

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    house.messenger.pictures = Pictures(house.messenger.api, pause=pause)
    return house.messenger


def kinds(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def images(slack: FakeSlack, method: str = "chat.postMessage") -> Iterator[str]:
    """The files of the pictures in what was posted so far."""
    for message in slack.of(method):
        yield from (block["slack_file"]["id"] for block in message["blocks"] if block["type"] == "image")


async def test_a_picture_is_uploaded_for_nobody_else_and_shown_in_its_message(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    await messenger.send(TO, PLAN)
    place, content, done = (slack.of(step)[0] for step in UPLOAD)
    assert place["length"] == str(len(png(SCATTER)))
    assert content["content"] == png(SCATTER)
    assert done.keys().isdisjoint({"channel_id", "channels", "initial_comment"})
    assert list(images(slack)) == ["F1"]


async def test_a_card_changed_in_place_shows_the_picture_it_has(messenger: SlackMessenger, slack: FakeSlack) -> None:
    message = await messenger.send(TO, PLAN)
    await messenger.update(THERE, message, Card("Changed.", PLAN.blocks))
    assert list(images(slack, "chat.update")) == ["F1"]
    assert len(slack.of("upload")) == 1


async def test_each_workspace_has_files_of_its_own(messenger: SlackMessenger, slack: FakeSlack) -> None:
    files = [(await messenger.pictures.of(PLAN, team, "xoxb"))[SCATTER] for team in (TEAM, "T2", TEAM)]
    assert files == ["F1", "F2", "F1"]
    assert len(slack.of("upload")) == 2


@pytest.mark.parametrize("step", UPLOAD)
async def test_a_picture_that_cannot_be_uploaded_leaves_its_words(
    messenger: SlackMessenger, slack: FakeSlack, step: str
) -> None:
    if step == "upload":
        slack.takes = 500
    else:
        slack.refuses[step] = "missing_scope"
    await messenger.send(TO, PLAN)
    (message,) = slack.of("chat.postMessage")
    assert "image" not in kinds(message)
    assert "table" in kinds(message)
    assert "Three packages stand right of your walk-away" in str(message["blocks"])


async def test_an_upload_whose_answer_gets_lost_leaves_the_words(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.drops.add("files.completeUploadExternal")
    await messenger.send(TO, PLAN)
    assert list(images(slack)) == []
    assert len(slack.of("chat.postMessage")) == 1


async def test_an_upload_that_hangs_does_not_hold_its_card_up(
    messenger: SlackMessenger, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = asyncio.Event()
    monkeypatch.setattr(messenger.api, "upload", lambda *_: hangs.wait())
    messenger.pictures = Pictures(messenger.api, patience=0.05)
    await messenger.send(TO, PLAN)
    assert list(images(slack)) == []
    assert len(slack.of("chat.postMessage")) == 1


async def test_a_picture_that_slack_still_works_on_is_waited_for(
    messenger: SlackMessenger, slack: FakeSlack, waits: list[float]
) -> None:
    slack.unready = ATTEMPTS - 1
    await messenger.send(TO, PLAN)
    posted = slack.of("chat.postMessage")
    assert len(posted) == ATTEMPTS
    assert "image" in kinds(posted[-1])
    assert waits == [0.4, 0.8, 1.6]


async def test_a_picture_that_slack_never_gets_done_leaves_its_words(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.unready = ATTEMPTS
    assert await messenger.send(TO, PLAN) == "1700000000.000001"
    posted = slack.of("chat.postMessage")[-1]
    assert kinds(posted) == [kind for kind in kinds(slack.of("chat.postMessage")[0]) if kind != "image"]
    await messenger.send(TO, PLAN)
    assert list(images(slack))[-1] == "F2"


async def test_what_slack_refuses_for_another_reason_is_not_tried_again(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["chat.postMessage"] = "channel_not_found"
    with pytest.raises(PlatformError):
        await messenger.send(TO, PLAN)
    assert len(slack.of("chat.postMessage")) == 1


async def test_a_card_without_a_picture_is_posted_once_whatever_slack_says(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.refuses["chat.postMessage"] = "invalid_blocks"
    with pytest.raises(PlatformError):
        await messenger.send(TO, CARDS["tip"])
    assert len(slack.of("chat.postMessage")) == 1


async def test_a_plan_asked_for_in_a_channel_goes_with_its_picture_where_only_its_reader_is(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(PLAN, lasting=True),)
    answer = await ann.types("plan acme")
    (posted,) = slack.of("chat.postMessage")
    assert posted["channel"] == "DU1"
    assert list(images(slack)) == ["F1"]
    assert "image" not in answer.text


async def test_an_answer_inside_the_acknowledgement_waits_for_no_picture(
    ann: Person, coach: Coach, slack: FakeSlack
) -> None:
    coach.reply = (Say(PLAN),)
    answer = await ann.types("plan acme")
    assert "table" in kinds(answer.json)
    assert "image" not in kinds(answer.json)
    assert slack.of("upload") == []


async def test_a_home_page_waits_for_no_picture(ann: Person, coach: Coach, slack: FakeSlack) -> None:
    coach.reply = (Home(PLAN),)
    await ann.opens_home()
    published: list[Any] = await slack.until("views.publish")
    assert "slack_file" not in str(published)
    assert slack.of("upload") == []
