"""What forgetting removes, and what is no longer mine to remove."""

import json
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.events import Pressed
from bot.chat.plain import of_reply
from bot.chat.replies import Hand
from bot.coach.deals import DealDraft
from bot.coach.promises import Promise
from bot.coach.teams import Team
from content.library import Playbook
from handlers import privacy
from handlers.table import PRESSES
from store import Unit
from tests.handlers.conftest import ANN, NOW, Within

PRESSED = Pressed(address=ANN, at=NOW, receipt="r", direct=True, action="privacy.gone", subject="")


def _hand_over(unit: Unit, name: str, number: int) -> None:
    deal = unit.deals.add(DealDraft(name=name, client=name))
    offer = unit.handovers.offer(deal.id, "U2", NOW + timedelta(minutes=number))
    colleague = Unit(unit._scope._connection, replace(ANN, user="U2"))  # noqa: SLF001
    assert colleague.handovers.accept(offer.id, NOW)


def _asked_and_done(unit: Unit, playbook: Playbook) -> tuple[str, str]:
    asked = privacy.ask_forget(PRESSED, unit, playbook, NOW)
    done = privacy.forget(PRESSED, unit, playbook, NOW)
    assert all(not isinstance(act, str) for act in (*asked, *done))
    return of_reply(asked), of_reply(done)  # type: ignore[arg-type]


def test_what_was_handed_over_is_named_as_staying_and_not_counted_as_removed(
    within: Within, playbook: Playbook
) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        deal = unit.deals.add(DealDraft(name="Initech", client="Initech"))
        today = date(2026, 11, 23)
        unit.promises.add(Promise(id="P", deal_id=deal.id, what="logo", due=today, made_on=today))
        for number, name in enumerate(("Acme renewal", "Globex rollout")):
            _hand_over(unit, name, number)
        return _asked_and_done(unit, playbook)

    asked, done = within(work)
    stays = "What you handed over stays with its new owner: Acme renewal and Globex rollout."
    assert stays in asked
    assert stays in done
    assert "1 deal," in asked
    assert "Removed: 1 promise, 1 deal." in done


def test_many_deals_handed_over_are_not_all_named(within: Within, playbook: Playbook) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        for number in range(8):
            _hand_over(unit, f"Deal{number}", number)
        return _asked_and_done(unit, playbook)

    _, done = within(work)
    assert "Deal4 and 3 more deals." in done
    assert done.count("Deal") == 5


def test_nothing_is_said_of_handing_over_where_nothing_was(within: Within, playbook: Playbook) -> None:
    asked, done = within(lambda unit: _asked_and_done(unit, playbook))
    assert "handed over" not in asked + done


def _member(unit: Unit, user: str, team: str) -> None:
    assert Unit(unit._scope._connection, replace(ANN, user=user)).teams.join(team, NOW)  # noqa: SLF001


def _manages(unit: Unit) -> str:
    return unit.teams.create(Team(id="W", name="West", channel="C", covered_to=NOW.date()), NOW).id


def test_the_last_one_in_a_team_is_told_that_it_goes_with_the_clients_left_to_it(
    within: Within, playbook: Playbook
) -> None:
    def work(unit: Unit) -> tuple[str, str]:
        team = _manages(unit)
        unit.teams.invite(team, "U7", NOW)
        deal = unit.deals.add(DealDraft(name="Initech", client="Initech"))
        unit.handovers.release(deal.id, team, NOW)
        return _asked_and_done(unit, playbook)

    for said in within(work):
        assert "You are the last one in West, so it goes too, with Initech." in said


def test_a_team_that_loses_its_manager_stays_and_can_be_taken_over(within: Within, playbook: Playbook) -> None:
    def work(unit: Unit) -> tuple[tuple[str, str], bool]:
        team = _manages(unit)
        _member(unit, "U2", team)
        said = _asked_and_done(unit, playbook)
        tom = Unit(unit._scope._connection, replace(ANN, user="U2"))  # noqa: SLF001
        return said, tom.teams.take_over(team)

    said, taken = within(work)
    assert taken
    for one in said:
        assert "West stays, without a manager. Anybody in it can take it over, and its digest goes on." in one
        assert "Counts of a digest that was sent stay: no name is in them." in one


def test_who_is_in_no_team_and_handed_nothing_over_hears_of_chats_alone(within: Within, playbook: Playbook) -> None:
    asked, done = within(lambda unit: _asked_and_done(unit, playbook))
    for said in (asked, done):
        assert "team stays" not in said
        assert "Cards already in chats belong to the chat" in said
        assert "digest" not in said


def test_the_page_comes_first_and_leads_to_the_same_for_programs(within: Within, playbook: Playbook) -> None:
    def work(unit: Unit) -> tuple[Hand, Hand]:
        unit.deals.add(DealDraft(name="Acme <b>renewal</b>", client="Acme"))
        (first,) = privacy.export(PRESSED, unit, playbook, NOW)
        (second,) = privacy.export_json(PRESSED, unit, playbook, NOW)
        assert isinstance(first, Hand)
        assert isinstance(second, Hand)
        return first, second

    first, second = within(work)
    assert (first.name, first.media_type) == ("negotiation-coach-2026-11-23.html", "text/html")
    assert "Acme &lt;b&gt;renewal" in first.content.decode()
    assert "As JSON" in repr(first.card)
    assert second.name.endswith(".json")
    assert json.loads(second.content)["deals"][0]["name"] == "Acme <b>renewal</b>"
    assert {first.again, second.again} <= set(PRESSES)
