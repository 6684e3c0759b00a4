"""What opens a form says so beforehand, on every card and whoever wrote it."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card, Form, Menu, prose
from bot.chat.events import Asked, Opened, Pressed
from bot.chat.ports import Profile
from bot.chat.replies import Ask, Change, Home, Refuse, Reply
from bot.coach.deals import DealDraft, Stage
from bot.coach.keep_warm import KeepWarm
from bot.coach.payoffs import Brought, Payoff
from bot.coach.plans import Entry, Estimate, Floor, Step, Worth
from bot.coach.promises import Promise
from bot.coach.teams import Count, Share, Shared, Team
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError, StaleError
from bot.telemetry import Telemetry
from content.library import Playbook
from handlers import plan_talk, whose
from handlers.marking import dressed, marked
from handlers.router import Router
from handlers.table import ASKING, PRESSES
from store import Store, Unit
from tests.databases import url_in
from tests.handlers.conftest import ANN, NOW

Within = Callable[[Callable[[Unit], Any]], Any]


class Nobody:
    """A platform that knows nobody and shows nothing."""

    async def update(self, to: Address, message: str, card: Card) -> None:
        raise NotImplementedError

    async def profile(self, who: Address) -> Profile:
        del who
        return Profile("Ann")

    async def reads(self, who: Address, place: str) -> bool:
        raise NotImplementedError


@pytest.fixture
async def router(tmp_path: Path, playbook: Playbook) -> AsyncIterator[Router]:
    store = Store.open(url_in(tmp_path))
    yield Router(store, playbook, {"slack": Nobody()}, lambda: NOW, Telemetry())
    await store.close()


def leads(reply: Reply) -> Iterator[tuple[str, bool]]:
    """Every action that buttons and menus of a reply lead to, and whether a form is announced."""
    for block in (block for act in reply if not isinstance(act, Ask | Refuse) for block in act.card.blocks):
        if isinstance(block, Buttons):
            yield from ((button.action, button.dialog) for button in block.buttons)
        if isinstance(block, Menu):
            yield block.action, block.dialog


async def test_exactly_what_opens_a_form_is_marked_on_the_cards_of_the_coach(router: Router) -> None:
    seen = set[str]()
    for said in ("prep", "deal add Acme renewal", "deals", "prep acme", "settings", "help", "prep nobody", "forget me"):
        for action, dialog in leads(await router(Asked(address=ANN, at=NOW, receipt=said, direct=True, text=said))):
            assert (action, dialog) == (action, action in ASKING)
            seen.add(action)
    home = await router(Opened(address=ANN, at=NOW, receipt="home"))
    assert all(dialog == (action in ASKING) for action, dialog in leads(home))
    assert {"prep.quick", "deal.add", "deal.edit", "settings.ask", "prep.other"} <= seen


def _subjects(work: Unit) -> Iterator[str]:
    """Whatever Ann has that a button may be about, with a plan being talked about and a line that waits for a deal."""
    deal = work.deals.add(DealDraft(name="Acme renewal", client="Acme"))
    plan, usual = work.plans.start(deal.id, NOW), Estimate(Worth.LOW)
    entry = Entry(id="1", side=Side.GIVE, tradable=Tradable(what="training"), ours=usual, theirs=usual, demanded=True)
    work.plans.change(replace(plan, entries=(entry,)), NOW)
    work.conversations.put(plan_talk.TALK, 1, {"plan": plan.id, "unread": "a tour"}, NOW)
    whose.keep("gave", "5% off", work, NOW)
    moved = work.concessions.add(deal.id, Side.GIVE, entry.tradable, NOW)
    promise = work.promises.add(
        Promise(id=work.promises.fresh_id(), deal_id=deal.id, what="the draft", due=NOW.date(), made_on=NOW.date())
    )
    won = work.deals.add(DealDraft(name="Globex rollout", client="Globex"))
    work.deals.close(won.id, Stage.WON, NOW - timedelta(days=60))
    work.warmth.start(KeepWarm(deal_id=won.id, client="Globex", won_on=NOW.date() - timedelta(days=60)))
    recovery = work.recoveries.start(deal.id, NOW)
    brought = Brought(id=work.payoffs.fresh_id(), deal_id=won.id, kind=Payoff.RENEWAL, on=NOW.date())
    work.payoffs.add(brought)
    kept = (
        brought.id,
        f"{brought.kind}.{won.id}.{len(work.payoffs.of_client(won.client))}",
        promise.id,
        won.id,
        f"{won.id}.day",
        f"tomorrow.{won.id}",
        recovery.id,
        f"{NOW.date()}.{recovery.id}",
    )
    about = (Step.DEMAND, "0", "give.training", Side.GIVE, "give.0", Floor.LEVEL, entry.id)
    of_plan = (f"{plan.id}.{one}" for one in about)
    yield from (deal.id, work.preps.start(deal.id, NOW).id, plan.id, *of_plan, moved.id, *kept, *_of_team(work), "")


def _of_team(work: Unit) -> Iterator[str]:
    """A team that Ann manages, with a client left to it and a line of hers."""
    team = Team(id=work.teams.fresh_id(), name="West", channel="C1", covered_to=NOW.date())
    work.teams.create(team, NOW)
    left, kept = (work.deals.add(DealDraft(name=name, client="Initech")) for name in ("Initech pilot", "Initech two"))
    work.handovers.release(left.id, team.id, NOW)
    this, today = work.lines.fresh_id(), NOW.date()
    work.lines.share(Shared(id=this, team_id=team.id, user="U1", kind=Share.WIN, text="They agreed", on=today), NOW)
    about = (left.id, kept.id, Share.WIN, "balance.trade", f"line.{this}", f"{today}.{Count.TRADES}")
    yield from (team.id, *(f"{team.id}.{one}" for one in about))


def _press(action: str, playbook: Playbook, work: Unit) -> Any:  # noqa: ANN401 - an answer, whatever it holds
    """Press a button as Ann, about whatever of hers it takes."""
    work.people.meet(Profile("Ann"), NOW)
    for subject in _subjects(work):
        try:
            pressed = Pressed(address=ANN, at=NOW, receipt="r", action=action, subject=subject)
            return PRESSES[action].handler(pressed, work, playbook, NOW)
        except (StaleError, NotFoundError):
            continue
    return None


# What a colleague has to offer or ask for first, or a talk of its own to be under way; their own tests press them.
ELSEWHERE = frozenset(
    {
        *("handover.accept", "handover.decline", "handover.withdraw"),
        *("digest.help", "team.decline", "team.manager", "team.over", "team.remove"),
        *("promise.deal", "promise.new", "promise.on", "promise.when", "recover.by", "recover.sent"),
    }
)


def test_exactly_what_the_table_says_opens_a_form_when_pressed(within: Within, playbook: Playbook) -> None:
    asked, stale = set(), set()
    for action in PRESSES:
        answer = within(partial(_press, action, playbook))
        asked |= {action} if any(isinstance(act, Ask) for act in answer or ()) else set()
        stale |= {action} if answer is None else set()
    assert sorted(stale) == sorted(ELSEWHERE)
    assert asked == ASKING - ELSEWHERE


def test_a_form_and_its_refusal_stay_as_they_are() -> None:
    ask, refuse = Ask(Form("f", "", "T", ())), Refuse({"": "No."})
    assert marked(ask, ASKING) is ask
    assert marked(refuse, ASKING) is refuse


def test_a_card_keeps_everything_else() -> None:
    card = Card("s", (prose("Words"), Menu("deal.edit", "Change one", ())))
    assert marked(Home(card), frozenset()) == Home(card)
    expected = Card("s", (prose("Words"), Menu("deal.edit", "Change one", (), dialog=True)))
    assert marked(Change(card), ASKING) == Change(expected)


def test_a_card_that_waited_in_the_outbox_is_marked_as_the_table_is_by_then() -> None:
    before = Card("Acme", (Buttons((Button("Edit", "deal.edit", "1"), Button("Won", "deal.won", "1", dialog=True))),))
    (buttons,) = dressed(before).blocks
    assert isinstance(buttons, Buttons)
    assert [button.dialog for button in buttons.buttons] == [True, False]
