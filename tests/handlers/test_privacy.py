"""What forgetting removes, and what is no longer mine to remove."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.events import Pressed
from bot.chat.plain import of_reply
from bot.coach.deals import DealDraft
from bot.coach.promises import Promise
from content.library import Playbook
from handlers import privacy
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
