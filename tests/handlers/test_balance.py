"""The log of a deal: a table, a picture, and a balance that says what nothing came back for."""

from datetime import UTC, datetime

import pytest

from bot.chat.cards import Block, Card, Table
from bot.chat.charts import Chart
from bot.chat.plain import of_card
from bot.coach.concessions import Concession
from bot.coach.deals import Deal, DealDraft
from bot.coach.plans import Estimate, Worth
from bot.coach.tradables import Side, Tradable
from content.library import Playbook
from handlers.balance import balance_line, log_card
from store import Unit
from tests.handlers.conftest import Within

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
DEAR = Estimate(Worth.HIGH, known=True)


def moved(side: Side, what: str = "training", paired: str = "", ours: Estimate | None = DEAR) -> Concession:
    return Concession(
        id=what, deal_id="1", side=side, tradable=Tradable(what=what), ours=ours, theirs=ours, paired=paired, at=AT
    )


@pytest.fixture
def deal(within: Within) -> Deal:
    def add(work: Unit) -> Deal:
        return work.deals.add(DealDraft(name="Acme renewal", client="Acme"))

    found: Deal = within(add)
    return found


def part(card: Card, kind: type[Block]) -> Block:
    return next(block for block in card.blocks if isinstance(block, kind))


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ([], "So far: 0 gives, 0 gets."),
        ([moved(Side.GET)], "So far: 0 gives, 1 get."),
        ([moved(Side.GIVE)], "So far: 1 give, 0 gets. 1 give without a get so far."),
        ([moved(Side.GIVE, paired="x"), moved(Side.GET, paired="y")], "So far: 1 give, 1 get. Every give has a get."),
        ([moved(Side.GIVE), moved(Side.GIVE)], "So far: 2 gives, 0 gets. 2 gives without a get so far."),
    ],
)
def test_the_balance_is_a_sentence(log: list[Concession], said: str) -> None:
    assert balance_line(log) == said


def test_an_empty_log_says_how_to_begin(deal: Deal, playbook: Playbook) -> None:
    assert "After a call, type what moved" in of_card(log_card(deal, [], playbook))


def test_the_log_is_a_table_and_a_picture(deal: Deal, playbook: Playbook) -> None:
    card = log_card(deal, [moved(Side.GIVE), moved(Side.GET, "case study", ours=None)], playbook)
    table, chart = part(card, Table), part(card, Chart)
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    assert table.rows == (
        ("Mon 23 Nov 2026", "We gave training · nothing back yet", "a lot to us, a lot to them"),
        ("Mon 23 Nov 2026", "We got a case study", "? to us, ? to them"),
    )
    assert chart.says == "What we gave cost us 60 points, what we got brought us 0."


def test_a_very_long_log_shows_its_end_and_says_so(deal: Deal, playbook: Playbook) -> None:
    card = log_card(deal, [moved(Side.GIVE, f"thing {number}") for number in range(60)], playbook)
    table = part(card, Table)
    assert isinstance(table, Table)
    assert len(table.rows) == 50
    assert "thing 59" in table.rows[-1][1]
    assert "10 earlier lines not shown; export has all." in of_card(card)
