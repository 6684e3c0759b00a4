import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.chat.address import Address
from bot.coach.concessions import Concession
from bot.coach.deals import Deal, DealDraft
from bot.coach.plans import Estimate, Worth
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError
from store import AlreadyDoneError, Store, Unit
from store.store import database_at

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(seconds=1)
DISCOUNT = Tradable(
    what="discount", amount=Decimal("5.50"), unit="%", limit=True, condition="by May", words="5.50% off"
)
TERM = Tradable(what="term", amount=Decimal(2), unit="years")
LOGO = Tradable(what="logo")


async def _deal(store: Store, name: str = "Acme") -> Deal:
    return await store.write(ANN, lambda unit: unit.deals.add(DealDraft(name=name, client=name)), at=NOW)


async def _add(store: Store, deal: Deal, side: Side, tradable: Tradable, at: datetime = NOW) -> Concession:
    return await store.write(ANN, lambda unit: unit.concessions.add(deal.id, side, tradable, at), at=at)


async def _log(store: Store, deal: Deal) -> list[Concession]:
    return await store.read(ANN, lambda unit: unit.concessions.of(deal.id))


async def test_a_concession_is_there_tomorrow_to_the_last_digit(store: Store) -> None:
    deal = await _deal(store)
    ours, theirs = Estimate(Worth.HIGH, known=True), Estimate(Worth.LOW)

    def add(unit: Unit) -> Concession:
        return unit.concessions.add(deal.id, Side.GIVE, DISCOUNT, NOW, ours=ours, theirs=theirs, entry="3")

    added = await store.write(ANN, add, at=NOW)
    assert added == Concession(
        id=added.id, deal_id=deal.id, side=Side.GIVE, tradable=DISCOUNT, ours=ours, theirs=theirs, entry="3", at=NOW
    )
    assert str(added.tradable.amount) == "5.50"
    assert await store.read(ANN, lambda unit: unit.concessions.get(added.id)) == added


async def test_nothing_is_made_up_about_what_nobody_said(store: Store) -> None:
    deal = await _deal(store)
    added = await _add(store, deal, Side.GET, LOGO)
    assert added == Concession(id=added.id, deal_id=deal.id, side=Side.GET, tradable=LOGO, at=NOW)


@pytest.mark.parametrize("number", ["0.1", "-0", "1E+400", "0.000000000000000000001", "123456789012345678901234567890"])
async def test_every_amount_is_kept_as_it_was_given(store: Store, number: str) -> None:
    added = await _add(store, await _deal(store), Side.GIVE, replace(DISCOUNT, amount=Decimal(number)))
    assert str(added.tradable.amount) == str(Decimal(number))


async def test_a_log_tells_the_story_in_its_order(store: Store) -> None:
    deal, other = await _deal(store), await _deal(store, "Globex")
    late = await _add(store, deal, Side.GET, TERM, NOW + SOON)
    early = await _add(store, deal, Side.GIVE, DISCOUNT)
    together = [await _add(store, deal, Side.GIVE, replace(LOGO, words=str(number))) for number in range(5)]
    await _add(store, other, Side.GIVE, LOGO)
    assert await _log(store, deal) == [early, *together, late]


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    deal = await _deal(store)
    assert await _log(store, deal) == []
    assert await store.read(ANN, lambda unit: unit.concessions.get("x")) is None
    assert await store.write(ANN, lambda unit: unit.concessions.remove("x"), at=NOW) is None
    with pytest.raises(NotFoundError):
        await store.write(ANN, lambda unit: unit.concessions.add("x", Side.GIVE, LOGO, NOW), at=NOW)


async def test_a_doubled_delivery_notes_nothing_twice(store: Store) -> None:
    deal = await _deal(store)

    def add(unit: Unit) -> Concession:
        return unit.concessions.add(deal.id, Side.GIVE, LOGO, NOW)

    await store.write(ANN, add, receipt="E1", at=NOW)
    with pytest.raises(AlreadyDoneError):
        await store.write(ANN, add, receipt="E1", at=NOW)
    assert len(await _log(store, deal)) == 1


async def test_concessions_noted_at_once_are_all_in_the_log(store: Store) -> None:
    deal = await _deal(store)
    added = await asyncio.gather(*(_add(store, deal, Side.GIVE, LOGO) for _ in range(20)))
    assert {one.id for one in await _log(store, deal)} == {one.id for one in added}


async def _pair(store: Store, give: Concession, get: Concession) -> bool:
    return await store.write(ANN, lambda unit: unit.concessions.pair(give.id, get.id), at=NOW)


async def _partners(store: Store, deal: Deal) -> list[str]:
    return [one.paired for one in await _log(store, deal)]


async def test_what_was_traded_knows_for_what(store: Store) -> None:
    deal = await _deal(store)
    give, get = await _add(store, deal, Side.GIVE, DISCOUNT), await _add(store, deal, Side.GET, TERM)
    assert await _pair(store, give, get)
    assert await _log(store, deal) == [replace(give, paired=get.id), replace(get, paired=give.id)]
    assert await _pair(store, give, get)
    assert await _partners(store, deal) == [get.id, give.id]


async def test_a_new_trade_frees_the_partners_of_the_old_one(store: Store) -> None:
    deal = await _deal(store)
    give, get = await _add(store, deal, Side.GIVE, DISCOUNT), await _add(store, deal, Side.GET, TERM)
    other_give, other_get = await _add(store, deal, Side.GIVE, LOGO), await _add(store, deal, Side.GET, LOGO)
    await _pair(store, give, get)
    await _pair(store, other_give, other_get)
    assert await _pair(store, give, other_get)
    assert await _partners(store, deal) == [other_get.id, "", "", give.id]


async def test_only_a_give_and_a_get_of_one_deal_are_a_trade(store: Store) -> None:
    deal, other = await _deal(store), await _deal(store, "Globex")
    give, get = await _add(store, deal, Side.GIVE, DISCOUNT), await _add(store, deal, Side.GET, TERM)
    elsewhere = await _add(store, other, Side.GET, TERM)
    wrong = [(get, give), (give, give), (give, elsewhere), (give, replace(get, id="x"))]
    assert not any([await _pair(store, *two) for two in wrong])
    assert await _partners(store, deal) == ["", ""]


async def test_an_undone_concession_is_gone_and_its_partner_is_free_again(store: Store) -> None:
    deal = await _deal(store)
    give, get = await _add(store, deal, Side.GIVE, DISCOUNT), await _add(store, deal, Side.GET, TERM)
    await _pair(store, give, get)
    removed = await store.write(ANN, lambda unit: unit.concessions.remove(give.id), at=NOW)
    assert removed == replace(give, paired=get.id)
    assert await _log(store, deal) == [get]


async def test_text_of_a_broken_client_comes_back_as_it_is_stored(store: Store) -> None:
    added = await _add(store, await _deal(store), Side.GIVE, Tradable(what="lo\x00go", words="\ud83d"))
    assert (added.tradable.what, added.tradable.words) == ("logo", "\ufffd")


@pytest.mark.parametrize("column", ["side", "ours", "theirs"])
async def test_the_database_refuses_what_no_concession_is(store: Store, url: str, column: str) -> None:
    await _add(store, await _deal(store), Side.GIVE, LOGO)
    database = database_at(url)
    with pytest.raises(IntegrityError, match=f"ck_concessions_{column}"):
        await database.write(lambda connection: connection.execute(text(f"UPDATE concessions SET {column} = 'huge'")))  # noqa: S608  one of three
    await database.close()


@pytest.mark.parametrize("table", ["plans", "concessions"])
async def test_a_deal_takes_its_plan_and_its_log_along(store: Store, url: str, table: str) -> None:
    deal = await _deal(store)
    await _add(store, deal, Side.GIVE, LOGO)
    await store.write(ANN, lambda unit: unit.plans.start(deal.id, NOW), at=NOW)
    count = text(f"SELECT count(*) FROM {table}")  # noqa: S608  one of two
    database = database_at(url)
    assert await database.read(lambda connection: connection.execute(count).scalar()) == 1
    await database.write(lambda connection: connection.execute(text("DELETE FROM deals")))
    assert await database.read(lambda connection: connection.execute(count).scalar()) == 0
    await database.close()
