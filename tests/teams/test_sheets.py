"""A form on its way: with places to choose from, and back with what was typed and what is wrong."""

from collections.abc import Mapping

import pytest

from bot.chat.address import Address
from bot.chat.cards import ChoiceField, Form, Option, PlaceField, TextField
from bot.chat.events import Pressed, Submitted
from bot.teams import sheets
from bot.teams.origin import Happened, Origin
from store import Reference
from tests.doors import NOW
from tests.teams.conftest import House
from tests.teams.platform import ANN, BOT, CHANNEL, PERSONAL, TENANT, FakeTeams, Json

HERE = Address("teams", TENANT, PERSONAL, ANN)
FORM = Form(
    "prep.quick",
    "17",
    "Three questions",
    (
        TextField("matters", "What matters?", value="what was kept", required=True),
        TextField("get", "Ask for", max_length=5),
        ChoiceField("sure", "How sure?", (Option("said", "They said so"), Option("guess", "A guess"))),
        PlaceField("place", "Where?", (Option(CHANNEL, "Sales"),)),
    ),
)
FILLED = {"matters": "A calm launch", "get": "time", "sure": "guess", "place": CHANNEL}
ORIGIN = Origin(
    tenant=TENANT,
    user=ANN,
    conversation=PERSONAL,
    kind="personal",
    service_url="https://a.example",
    bot=BOT,
    message="77",
)


def sent(answers: Mapping[str, str], form: Form | None = FORM) -> Happened:
    event = Submitted(address=HERE, at=NOW, receipt="1", form="prep.quick", subject="17", answers={**FILLED, **answers})
    return Happened(event, ORIGIN, form=form)


def values(card: Json) -> Json:
    return {one["id"].removeprefix("answer:"): one["value"] for one in card["body"] if "value" in one}


async def test_a_form_offers_the_places_where_this_person_may_post(house: House, teams: FakeTeams) -> None:
    there = Address("teams", TENANT, CHANNEL, ANN)
    url = f"{teams.url}/"
    await house.messenger.note(Reference(address=there, kind="channel", service_url=url, bot=BOT, name="Deals"))
    pressed = Pressed(address=HERE, at=NOW, receipt="1", action="prep.share", subject="17")
    card = await sheets.fresh(FORM, Happened(pressed, ORIGIN), house.messenger)
    [place] = [one for one in card["body"] if one.get("id") == "answer:place"]
    assert place["choices"] == [{"title": "Deals", "value": CHANNEL}]
    assert values(card)["matters"] == "what was kept"
    assert card["actions"][0]["data"]["from"] == "77"


def test_a_form_comes_back_with_what_was_typed_even_where_that_is_nothing() -> None:
    card = sheets.again(
        sent({"matters": "", "get": "much too long"}), {"get": "Shorter, please.", "": "And something else."}
    )
    assert card
    assert values(card) == FILLED | {"matters": "", "get": "much too long"}
    assert "Shorter, please." in str(card)
    assert "And something else." in str(card)


def test_a_form_that_lost_its_questions_cannot_come_back() -> None:
    assert sheets.again(sent({}, None), {"get": "No."}) is None
    assert sheets.problems(sent({}, None)) == {}


@pytest.mark.parametrize(
    ("field", "answer"),
    [("matters", " "), ("get", "much too long"), ("sure", "certain"), ("place", "19:elsewhere"), ("place", "")],
)
def test_what_teams_would_not_have_sent_gets_a_sentence_at_its_field(field: str, answer: str) -> None:
    assert sheets.problems(sent({})) == {}
    assert set(sheets.problems(sent({field: answer}))) == {field}
