"""Which deal a sentence is about, and which words are no deal's name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.deals import DealDraft, Stage
from handlers.about import about, nearest
from store import Unit
from tests.growth import LINEAR, growth
from tests.handlers.conftest import NOW, Within


def deals(work: Unit, *names: str) -> None:
    for name in names:
        work.deals.add(DealDraft(name=name, client=name.split()[0]))


@pytest.mark.parametrize(
    ("sentence", "deal", "words", "unknown"),
    [
        ("gave 5% off for acme", "Acme renewal", "gave 5% off", ""),
        ("gave 5% off for Acme renewal.", "Acme renewal", "gave 5% off", ""),
        ("got two years from globex!", "Globex", "got two years", ""),
        ("acme want 15% off", "Acme renewal", "acme want 15% off", ""),
        ("The Acme still insists on net 60", "Acme renewal", "The Acme still insists on net 60", ""),
        ("5% off for initech", None, "5% off", "initech"),
        ("they want 15% off", None, "they want 15% off", ""),
        ("10% off for two years", None, "10% off for two years", ""),
        ("10% off for 100 seats", None, "10% off for 100 seats", ""),
        ("5% off for free", None, "5% off for free", ""),
        ("15% off with training", None, "15% off with training", ""),
        ("the client wants 15% off", None, "the client wants 15% off", ""),
        ("", None, "", ""),
        ("for", None, "for", ""),
    ],
)
def test_a_sentence_names_a_deal_or_none(
    within: Within, sentence: str, deal: str | None, words: str, unknown: str
) -> None:
    def look(work: Unit) -> tuple[str | None, str, str]:
        deals(work, "Acme renewal", "Globex")
        found = about(sentence, work)
        return found.deal.name if found.deal else None, found.words, found.unknown

    assert within(look) == (deal, words, unknown)


def test_what_fits_two_deals_is_not_guessed(within: Within) -> None:
    def look(work: Unit) -> object:
        deals(work, "Acme renewal", "Acme expansion")
        return about("acme want 15% off", work).deal

    assert within(look) is None


def test_the_nearest_deal_is_the_one_planned_last_or_the_only_one(within: Within, tmp_path: Path) -> None:
    del tmp_path

    def look(work: Unit) -> list[str]:
        found = [nearest(work)]
        deals(work, "Acme renewal")
        found.append(nearest(work))
        deals(work, "Globex")
        found.append(nearest(work))
        (globex,) = work.deals.find("globex")
        work.plans.start(globex.id, NOW)
        found.append(nearest(work))
        work.deals.close(globex.id, Stage.WON, NOW)
        found.append(nearest(work))
        return [deal.name if deal else "" for deal in found]

    assert within(look) == ["", "Acme renewal", "", "Globex", "Acme renewal"]


@given(sentence=st.one_of(st.text(max_size=200), st.text("for wants\n ", max_size=200)))
def test_any_sentence_is_read(sentence: str) -> None:
    class Nothing:
        """Nobody's deals."""

        def find(self, words: str, limit: int) -> list[object]:
            del words, limit
            return []

    class Empty:
        """A unit of somebody without any."""

        deals = Nothing()

    found = about(sentence, Empty())  # type: ignore[arg-type]
    assert found.deal is None


@pytest.mark.parametrize("piece", ["for ", "wants ", "a ", " ", ".", "!", "the ", "x"])
def test_a_huge_sentence_costs_no_more_than_its_length(within: Within, piece: str) -> None:
    assert within(lambda work: growth(lambda words: about(words, work), piece)) < LINEAR
