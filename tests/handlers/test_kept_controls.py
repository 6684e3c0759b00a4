"""Every button and form of staying in touch: none is dead, and what opens a form says so."""

from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.chat.ids import ACTION
from bot.chat.replies import Act, Ask, Change, Home, Say
from bot.slack import block_kit
from bot.slack.block_kit_forms import render_form as slack_form
from bot.teams import adaptive_card
from bot.teams.adaptive_card_forms import render_form as teams_form
from bot.web import html
from content.library import Playbook
from handlers.table import ASKING, FORMS, PRESSES
from tests.cards.nasty import HOSTILE, LONG
from tests.handlers.keeper import Keeper
from tests.handlers.test_checkins import is_due
from tests.slack import limits
from tests.teams import shape

NOUNS = ("promise", "checkins", "checkin", "handover", "recover", "touch")
OURS = sorted(action for action in PRESSES if action.partition(".")[0] in NOUNS)


@pytest.fixture
async def ann(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Keeper]:
    async with Keeper(tmp_path, playbook) as keeper:
        yield keeper


async def due(ann: Keeper, name: str, client: str, notes: str = "") -> str:
    """Have a deal that is due."""
    deal = await ann.wins(name, notes, client)
    await is_due(ann, deal)
    return deal


async def whole(ann: Keeper) -> list[str]:
    """Have one of everything, and give what a button can be about: ids and pairs, and nothing."""
    await ann.has("Globex rollout")
    await ann.says("gave two days of training for globex")
    give = next(subject for _, action, subject in ann.controls() if action == "promise.give")
    deal = await due(ann, "Acme renewal", "Acme")
    await ann.says("recover acme")
    [recovery] = await ann.within(lambda work: work.recoveries.of(deal))
    await ann.says("promise send the draft by friday for acme")
    [(promise, _)] = await ann.within(lambda work: work.promises.open())
    await ann.says("promise call the CFO for acme")
    mark = next(subject for _, action, subject in ann.controls() if action == "promise.when")
    return [deal, promise.id, give, recovery.id, mark, f"2026-11-27.{mark}", ""]


@pytest.mark.parametrize("action", OURS)
async def test_exactly_what_the_table_says_opens_a_form(ann: Keeper, action: str) -> None:
    opened = False
    for subject in await whole(ann):
        await ann.presses(action, subject)
        opened = opened or any(isinstance(act, Ask) for act in ann.reply)
    assert opened is (action in ASKING)


@pytest.mark.parametrize("action", OURS)
@pytest.mark.parametrize("subject", ["", ".", "..", "no-such-thing", "🎉", "\u202e", "x" * 180, "date.x.day"])
async def test_whatever_a_button_is_about_it_has_an_answer(ann: Keeper, action: str, subject: str) -> None:
    await ann.has("Acme renewal")
    assert "Something broke" not in await ann.presses(action, subject)
    assert ann.reply


@pytest.mark.parametrize("form", sorted(form for form in FORMS if form.partition(".")[0] in NOUNS))
@pytest.mark.parametrize("about", ["", "no-such-thing", "x" * 180])
@pytest.mark.parametrize("typed", ["", "x" * 5000, "🎉", "03/04/2027"])
async def test_whatever_a_form_brings_it_has_an_answer(ann: Keeper, form: str, about: str, typed: str) -> None:
    await ann.has("Acme renewal")
    fields = ("due", "email", "until", "rhythm", "days", "client", "happened", "means", "fix", "by")
    assert "Something broke" not in await ann.sends(form, about, dict.fromkeys(fields, typed))
    assert "Something broke" not in await ann.sends(form, about, {})
    assert ann.reply


def problems(act: Act) -> Iterator[str]:
    """What a platform would refuse in an answer."""
    match act:
        case Ask():
            yield from limits.of_view(slack_form(act.form, ""))
            yield from shape.of_card(teams_form(act.form), most_bytes=100_000)
        case Say() | Change():
            for message in block_kit.render(act.card):
                yield from limits.of_message({"text": message.text, "blocks": list(message.blocks)})
            for card in adaptive_card.render(act.card):
                yield from shape.of_card(card)
            html.render(act.card)
        case Home():
            yield from limits.of_view(block_kit.render_home(act.card))
        case _:
            pass


@pytest.mark.parametrize("name", [*HOSTILE.values(), LONG], ids=[*HOSTILE, "long"])
async def test_whatever_a_client_is_called_each_platform_takes_every_card(ann: Keeper, name: str) -> None:
    name = name[:200]
    for number in range(5):
        await due(ann, f"{name[:190]} {number}", client=f"{number} {name}"[:200], notes=name * 3)
    deal = await due(ann, f"Acme {name}"[:200], client=name)
    await ann.says(f"promise {name * 5} by tomorrow for acme")
    await ann.says("recover acme")
    for words in (name, name, name, "friday"):
        await ann.says(words)
    [*promises] = await ann.within(lambda work: work.promises.open())
    [recovery] = await ann.within(lambda work: work.recoveries.of(deal))
    ids = [deal, f"{deal}.day", f"tomorrow.{deal}.day", recovery.id, *(promise.id for promise, _ in promises)]
    for action, subject in [("verb.run", "checkins"), ("verb.run", "promises"), *product(OURS, ids)]:
        assert "Something broke" not in await ann.presses(action, subject)
        assert [one for act in ann.reply for one in problems(act)] == []
    await ann.looks()
    assert [one for act in ann.reply for one in problems(act)] == []


def test_every_action_can_be_carried_by_a_button() -> None:
    assert len(OURS) > 30
    assert all(ACTION.fullmatch(action) for action in OURS)
