"""How the coach introduces itself, and what it says to what is no request."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.chat.address import Platform
from bot.chat.cards import Buttons, Card, Points, Prose
from bot.chat.events import Asked, Joined, Pressed
from bot.chat.replies import Answer, Say, Share
from bot.coach.access import lines
from handlers import help as help_
from handlers.grammar import read
from handlers.table import ASKING, PRESSES
from tests.handlers.conftest import ANN, NOW


def joined(*, direct: bool, platform: Platform = "teams") -> Joined:
    return Joined(address=replace(ANN, platform=platform), at=NOW, receipt="r", direct=direct)


def asked(text: str, *, direct: bool = True, platform: Platform = "teams") -> Asked:
    return Asked(address=replace(ANN, platform=platform), at=NOW, receipt="r", direct=direct, text=text)


def answer(handler: Any, event: object) -> Answer:  # noqa: ANN401  any handler
    """What a handler says that needs neither store nor playbook."""
    given: Answer = handler(event, None, None, NOW)
    return given


def said(given: Answer) -> Card:
    [act] = given
    assert isinstance(act, Say)
    return act.card


def words(card: Card) -> str:
    return repr(card)


def test_one_person_is_welcomed_with_everything_they_can_ask() -> None:
    card = said(answer(help_.welcome, joined(direct=True)))
    assert card.summary == "Hello, I'm your negotiation coach."
    assert all(command in words(card) for command, _ in help_.COMMANDS)
    assert "stays between us" in words(card)
    assert any(isinstance(block, Buttons) for block in card.blocks)


def test_many_are_welcomed_in_the_conversation_itself_with_a_line_and_no_buttons() -> None:
    [act] = answer(help_.welcome, joined(direct=False))
    assert isinstance(act, Share)
    assert act.place == ANN.conversation
    assert "only you read it" in words(act.card)
    assert not any(isinstance(block, Buttons | Points) for block in act.card.blocks)


def test_what_can_be_asked_is_what_the_coach_understands() -> None:
    for command, _ in help_.COMMANDS:
        for words_of_one in command.split(" and ") if "forget" in command else command.split(" or "):
            assert read(words_of_one), words_of_one


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("platform", ["slack", "teams", "web"])
def test_help_says_how_to_be_heard_where_it_is_read(platform: Platform, *, direct: bool) -> None:
    shown = words(said(answer(help_.show, asked("", direct=direct, platform=platform))))
    assert ("/negotiate" in shown) == (not direct and platform != "teams")
    assert ("mention me" in shown) == (not direct and platform == "teams")


def test_every_button_leads_somewhere() -> None:
    pressed = Pressed(address=ANN, at=NOW, receipt="r", action="help.stores", subject="")
    cards = (
        said(answer(help_.welcome, joined(direct=True))),
        said(answer(help_.show, asked(""))),
        said(answer(help_.stores, pressed)),
        said(answer(help_.access, pressed)),
        said(answer(help_.thanks, asked("thanks"))),
    )
    pressable = [
        button for card in cards for block in card.blocks if isinstance(block, Buttons) for button in block.buttons
    ]
    assert {button.action for button in pressable} <= set(PRESSES)
    assert not any(button.action in ASKING for button in pressable)


def test_what_is_kept_names_plans_the_log_and_the_last_demand() -> None:
    kept = " ".join(help_.KEPT)
    assert all(said in kept for said in ("plans", "what each side gave", "The last demand", "walk-away"))
    assert all(
        said in kept for said in ("check-in by day", "clients brought", "teams", "a digest", "never what it said")
    )


def test_what_is_kept_and_who_sees_it_can_be_read_in_ten_seconds() -> None:
    short = " ".join(f"{lead} {said}" for lead, said in help_.IN_SHORT)
    assert len(short.split()) <= 65
    assert "forget me" in short
    pressed = Pressed(address=ANN, at=NOW, receipt="r", action="help.stores", subject="")
    _, first, *_ = said(answer(help_.stores, pressed)).blocks
    assert isinstance(first, Points)
    assert [runs[0].text for runs in first.items] == [lead for lead, _ in help_.IN_SHORT]


def test_every_rule_of_access_is_told_once_with_its_condition_under_who_may() -> None:
    card = said(answer(help_.access, _pressed("help.access")))
    told: list[tuple[str, str]] = []
    for title, points in pairwise(card.blocks):
        if isinstance(points, Points):
            assert isinstance(title, Prose)
            told += [(title.runs[0].text.lower(), runs[0].text) for runs in points.items]
    assert sorted(told) == sorted((line.who.lower(), f"{line.sees_or_does}: {line.when}") for line in lines())


def _pressed(action: str) -> Pressed:
    return Pressed(address=ANN, at=NOW, receipt="r", action=action, subject="")


@pytest.mark.parametrize("said", ["plan acme", "counter 15% off", "gave 5% off or got net 30", "Coach this message"])
def test_what_can_be_asked_names_trading_and_coaching(said: str) -> None:
    assert said in words(said_to_be_asked())


def said_to_be_asked() -> Card:
    return said(answer(help_.show, asked("")))


def test_what_is_kept_can_be_taken_out_and_taken_away() -> None:
    pressed = Pressed(address=ANN, at=NOW, receipt="r", action="help.stores", subject="")
    card = said(answer(help_.stores, pressed))
    assert all(line in words(card) for line in help_.KEPT)
    assert all(action in words(card) for action in ("privacy.export", "privacy.forget"))
