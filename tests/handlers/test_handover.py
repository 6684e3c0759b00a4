"""Handing a deal over: nothing moves before the colleague accepts, and only names are seen."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.cards import Card
from bot.chat.plain import of_card
from content.library import Playbook
from tests.handlers.keeper import Keeper
from tests.handlers.test_promises import open_promises

TOM = "u2@example.com"


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    """Ann, and Tom whom the coach has met; Ann has won a deal."""
    async with Keeper(tmp_path, playbook) as keeper:
        keeper.becomes("U2")
        await keeper.says("settings")
        keeper.becomes("U1")
        await keeper.wins("Acme renewal", notes="secretly looking for a job")
        await keeper.says("promise send the draft by friday for acme")
        yield keeper


async def offers(ann: Keeper, to: str = TOM) -> str:
    [deal] = await ann.within(lambda work: work.deals.find("acme", stage=None))
    await ann.presses("handover.ask", deal.id)
    return await ann.submits(email=to)


async def letter(ann: Keeper) -> Card:
    return next(card for key, card in reversed(await ann.letters()) if key.startswith("handover:"))


async def answers(ann: Keeper, label: str) -> str:
    """Let Tom press a button of the letter."""
    asked = next(card for key, card in await ann.letters() if key.endswith(":offered"))
    action, subject = next(pair for text, *pair in ann.controls_on(asked) if text == label)
    ann.becomes("U2")
    return await ann.presses(action, subject)


async def test_the_colleague_is_asked_with_names_only_and_nothing_moves_yet(ann: Keeper) -> None:
    assert "Until they accept, it stays yours." in await offers(ann)
    said = of_card(await letter(ann))
    assert "U1 asks whether you take over Acme renewal (Acme)." in said
    assert "secretly" not in said
    assert len(await open_promises(ann)) == 1


async def test_accepted_it_passes_over_with_its_promise_and_its_rhythm(ann: Keeper) -> None:
    await offers(ann)
    assert "Acme renewal is yours now" in await answers(ann, "Accept")
    assert "Staying in touch with Acme" in await ann.clicks("Staying in touch")
    assert "secretly" not in ann.text
    assert [one.what for one in await open_promises(ann)] == ["send the draft"]
    ann.becomes("U1")
    assert await open_promises(ann) == []
    assert "U2 takes over Acme renewal." in of_card((await ann.letters())[-1][1])


async def test_the_new_owner_is_reminded_and_the_former_is_not(ann: Keeper) -> None:
    await offers(ann)
    await answers(ann, "Accept")
    assert [one for one in await ann.passes(days=8) if "send the draft" in one or "> [name]" in one]
    ann.becomes("U2")
    assert "send the draft" in await ann.says("promises")
    ann.becomes("U1")
    assert "No open promises" in await ann.says("promises")


async def test_declined_it_returns_and_its_owner_is_told(ann: Keeper) -> None:
    await offers(ann)
    assert "stays where it is" in await answers(ann, "Not now")
    assert "can't take over Acme renewal now" in of_card(await letter(ann))
    ann.becomes("U1")
    assert len(await open_promises(ann)) == 1


async def test_taken_back_it_cannot_be_accepted(ann: Keeper) -> None:
    await offers(ann)
    assert "Taken back" in await ann.clicks("Take it back")
    assert "That offer is over" in await answers(ann, "Accept")


async def test_answered_twice_it_is_answered_once(ann: Keeper) -> None:
    await offers(ann)
    await answers(ann, "Accept")
    assert "That offer is over" in await answers(ann, "Accept")
    assert "That offer is over" in await answers(ann, "Not now")


async def test_an_offer_that_waits_stands_on_the_colleagues_check_ins(ann: Keeper) -> None:
    await offers(ann)
    ann.becomes("U2")
    assert "A colleague asks whether you take over Acme renewal (Acme)." in await ann.says("checkins")
    await ann.clicks("Accept")
    assert "is yours now" in ann.text


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("u1@example.com", "That is you."),
        ("u9@example.com", "haven't met anybody"),
        ("", "haven't met anybody"),
        ("x" * 5000, "haven't met anybody"),
        ("%", "haven't met anybody"),
    ],
)
async def test_whoever_the_coach_has_not_met_is_not_asked(ann: Keeper, address: str, why: str) -> None:
    await offers(ann, address)
    assert why in ann.refusals["email"]


@pytest.mark.parametrize("action", ["handover.accept", "handover.decline", "handover.withdraw"])
async def test_an_offer_to_somebody_else_is_as_if_it_were_over(ann: Keeper, action: str) -> None:
    await offers(ann)
    [offer] = await ann.within(lambda work: [work.handovers.of(one.deal_id) for one in work.warmth.all()])
    ann.becomes("U3")
    await ann.says("settings")
    said = await ann.presses(action, offer.id)
    assert said == await ann.presses(action, "no-such-offer")
    assert "That offer is over" in said


async def test_at_night_the_letter_waits_for_the_morning(ann: Keeper) -> None:
    ann.now = datetime(2026, 11, 27, 23, tzinfo=UTC)
    await offers(ann)
    [at] = [due for key, due in await ann.sent() if key.startswith("handover:")]
    assert at == datetime(2026, 11, 30, 9, tzinfo=UTC)
