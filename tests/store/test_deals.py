from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.money import Money
from store import Store

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACME = DealDraft(
    name="Acme renewal",
    client="Acme Corp",
    value=Money(Decimal("48000.50"), "EUR"),
    closes_on=date(2026, 3, 31),
    notes="Likes to be called Jo.",
)


async def _add(store: Store, *drafts: DealDraft) -> list[Deal]:
    return await store.write(ANN, lambda unit: [unit.deals.add(draft) for draft in drafts], at=NOW)


def _draft(name: str, closes_on: date | None = None, client: str = "Client") -> DealDraft:
    return DealDraft(name=name, client=client, closes_on=closes_on)


async def test_a_deal_comes_back_as_it_was_added(store: Store) -> None:
    (added,) = await _add(store, ACME)
    assert added == Deal(
        id=added.id,
        owner="U1",
        name="Acme renewal",
        client="Acme Corp",
        value=Money(Decimal("48000.50"), "EUR"),
        closes_on=date(2026, 3, 31),
        notes="Likes to be called Jo.",
    )
    assert await store.read(ANN, lambda unit: unit.deals.get(added.id)) == added


async def test_an_amount_of_thirteen_digits_is_kept_to_the_hundredth(store: Store) -> None:
    value = Money(Decimal("9999999999999.99"), "USD")
    (added,) = await _add(store, DealDraft(name="Big", client="Big", value=value))
    assert added.value == value


async def test_an_unknown_id_finds_nothing_and_changes_nothing(store: Store) -> None:
    assert await store.read(ANN, lambda unit: unit.deals.get("nope")) is None
    assert await store.write(ANN, lambda unit: unit.deals.change("nope", ACME), at=NOW) is None
    assert await store.write(ANN, lambda unit: unit.deals.close("nope", Stage.WON, NOW), at=NOW) is None


async def test_a_changed_deal_is_found_by_its_new_name_only(store: Store) -> None:
    (added,) = await _add(store, ACME)
    draft = DealDraft(name="Globex pilot", client="Globex")
    changed = await store.write(ANN, lambda unit: unit.deals.change(added.id, draft), at=NOW)
    assert changed == Deal(id=added.id, owner="U1", name="Globex pilot", client="Globex")
    assert await store.read(ANN, lambda unit: unit.deals.find("globex")) == [changed]
    assert await store.read(ANN, lambda unit: unit.deals.find("acme")) == []


async def test_a_change_of_words_does_not_reopen_a_closed_deal(store: Store) -> None:
    (added,) = await _add(store, ACME)
    await store.write(ANN, lambda unit: unit.deals.close(added.id, Stage.WON, NOW), at=NOW)
    changed = await store.write(ANN, lambda unit: unit.deals.change(added.id, ACME), at=NOW)
    assert changed
    assert (changed.stage, changed.closed_at) == (Stage.WON, NOW)


async def test_a_deal_closed_by_mistake_can_be_opened_again(store: Store) -> None:
    (added,) = await _add(store, ACME)
    lost = await store.write(ANN, lambda unit: unit.deals.close(added.id, Stage.LOST, NOW), at=NOW)
    assert lost
    assert (lost.stage, lost.closed_at) == (Stage.LOST, NOW)
    assert await store.write(ANN, lambda unit: unit.deals.close(added.id, Stage.OPEN, NOW), at=NOW) == added


async def test_the_next_deals_are_the_open_ones_soonest_first_and_undated_last(store: Store) -> None:
    late, undated, soon, won, later = await _add(
        store,
        _draft("Late", date(2026, 5, 1)),
        _draft("Undated"),
        _draft("Soon", date(2026, 3, 3)),
        _draft("Won", date(2026, 3, 2)),
        _draft("Later", date(2026, 6, 1)),
    )
    await store.write(ANN, lambda unit: unit.deals.close(won.id, Stage.WON, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.deals.next()) == [soon, late, later]
    assert await store.read(ANN, lambda unit: unit.deals.next(10)) == [soon, late, later, undated]


async def test_pages_of_deals_follow_each_other_without_gap_or_overlap(store: Store) -> None:
    added = await _add(store, *(_draft(f"Deal {number}") for number in range(7)))
    pages = await store.read(ANN, lambda unit: [unit.deals.list(Stage.OPEN, 3, skipped) for skipped in (0, 3, 6)])
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [deal for page in pages for deal in page] == added


async def test_deals_are_counted_by_stage_and_in_all(store: Store) -> None:
    won, *_ = await _add(store, *(_draft(f"Deal {number}") for number in range(3)))
    await store.write(ANN, lambda unit: unit.deals.close(won.id, Stage.WON, NOW), at=NOW)
    counts = await store.read(ANN, lambda unit: [unit.deals.count(stage) for stage in (None, *Stage)])
    assert counts == [3, 2, 1, 0]
    assert len(await store.read(ANN, lambda unit: unit.deals.list())) == 3


@pytest.mark.parametrize("typed", ["acne", "Acme renewel", "rnewal", "acmecorp"])
async def test_a_misspelled_deal_is_suggested(store: Store, typed: str) -> None:
    acme, _ = await _add(store, ACME, _draft("Globex pilot", client="Globex"))
    assert await store.read(ANN, lambda unit: unit.deals.similar(typed)) == [acme]


async def test_nothing_is_suggested_for_what_resembles_nothing_or_is_closed(store: Store) -> None:
    (acme,) = await _add(store, ACME)
    assert await store.read(ANN, lambda unit: unit.deals.similar("zzz")) == []
    assert await store.read(ANN, lambda unit: unit.deals.similar("")) == []
    await store.write(ANN, lambda unit: unit.deals.close(acme.id, Stage.LOST, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.deals.similar("acne")) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(), client=st.text(), notes=st.text())
async def test_any_text_comes_back_as_typed_but_for_nul(store: Store, name: str, client: str, notes: str) -> None:
    (added,) = await _add(store, DealDraft(name=name, client=client, notes=notes))
    kept = [text.replace("\x00", "") for text in (name, client, notes)]
    assert [added.name, added.client, added.notes] == kept


async def test_a_name_of_five_thousand_characters_is_kept_whole_and_found(store: Store) -> None:
    one_word = DealDraft(name="A" * 5000, client="Ж" * 5000)
    many_words = DealDraft(name="word " * 1000, client=" ".join(f"c{number}" for number in range(1200)))
    long, many = await _add(store, one_word, many_words)
    assert (long.name, long.client, many.client) == (one_word.name, one_word.client, many_words.client)
    assert await store.read(ANN, lambda unit: unit.deals.find("a" * 5000)) == [long]
    assert await store.read(ANN, lambda unit: unit.deals.find("word c5")) == [many]
