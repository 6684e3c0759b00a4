"""Which deal a sentence speaks of is found, asked or left open, and never guessed."""

from collections.abc import Callable

import pytest

from bot.coach.deals import DealDraft
from handlers.about import About, about, nearest
from store import Unit
from tests.handlers.conftest import NOW, Within

DEALS = ("Acme renewal", "Globex rollout", "Globex pilot", "Support Systems", "Legal & General")


@pytest.fixture
def of(within: Within) -> Callable[[str], About]:
    """Look for deals in a sentence, as Ann who has these."""

    def look(sentence: str, work: Unit) -> About:
        if not work.deals.next(limit=1):
            for name in DEALS:
                work.deals.add(DealDraft(name=name, client=name))
        return about(sentence, work)

    def find(sentence: str) -> About:
        found: About = within(lambda work: look(sentence, work))
        return found

    return find


@pytest.mark.parametrize(
    ("sentence", "name", "words"),
    [
        ("5% off for acme", "Acme renewal", "5% off"),
        ("5% off for the Acme renewal.", "Acme renewal", "5% off"),
        ("net 30 from acme", "Acme renewal", "net 30"),
        ("a call with our CTO for acme", "Acme renewal", "a call with our CTO"),
        ("5% off to acme for two years", "Acme renewal", "5% off for two years"),
        ("acme 5% off", "Acme renewal", "5% off"),
        ("acme want 15% off", "Acme renewal", "acme want 15% off"),
        ("5% off for Legal & General", "Legal & General", "5% off"),
    ],
)
def test_a_deal_is_found_wherever_it_stands(of: Callable[[str], About], sentence: str, name: str, words: str) -> None:
    found = of(sentence)
    assert found.deal
    assert (found.deal.name, found.words, found.unknown, found.other) == (name, words, "", "")


@pytest.mark.parametrize(
    "sentence",
    ["a discount", "support for a year", "5% off for two years", "15% off for free", "they want 15% off", "",
     "their CFO wants 15% off", "procurement wants net 90", "with a smile", "5% off for no reason", "🎉" * 400],
)  # fmt: skip
def test_what_names_no_deal_leaves_it_open(of: Callable[[str], About], sentence: str) -> None:
    found = of(sentence)
    assert (found.deal, found.unknown, found.other) == (None, "", "")


@pytest.mark.parametrize(("sentence", "name"), [("5% off for initech", "initech"), ("globex want 15% off", "globex")])
def test_a_name_that_fits_no_one_deal_is_to_be_asked_about(
    of: Callable[[str], About], sentence: str, name: str
) -> None:
    assert (of(sentence).deal, of(sentence).unknown) == (None, name)


def test_somebody_who_is_no_deal_is_said_to_be_somebody_else(of: Callable[[str], About]) -> None:
    assert of("Sandra wants 15% off") == About(None, "Sandra wants 15% off", other="Sandra")


def test_the_nearest_deal_is_the_one_planned_last_or_the_only_one(within: Within) -> None:
    def add(work: Unit) -> tuple[object, ...]:
        none = nearest(work)
        only = work.deals.add(DealDraft(name="Acme", client="Acme"))
        first = nearest(work)
        work.deals.add(DealDraft(name="Globex", client="Globex"))
        several = nearest(work)
        work.plans.start(only.id, NOW)
        return none, first == only, several, nearest(work) == only

    assert within(add) == (None, True, None, True)
