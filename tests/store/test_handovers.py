"""Deals that pass to a colleague: once, with what belongs to the deal, without what is its former owner's own."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.keep_warm import Cadence, KeepWarm, Rhythm
from bot.coach.money import Money
from bot.coach.preparation import Answers
from bot.coach.promises import Notice, Promise
from bot.coach.tradables import Side, Tradable
from bot.errors import NotFoundError, StoreUnavailableError
from store import Handover, HandoverState, ImportedDeal, Store, Unit

T = TypeVar("T")
ANN = Address("slack", "T1", "D1", "U1")
BOB = Address("slack", "T1", "D2", "U2")
EVE = Address("slack", "T1", "D3", "U3")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 3, 2)
DRAFT = DealDraft(name="Acme renewal", client="Acme", stage=Stage.WON, notes="Jo has a new baby")
CARD = Card("Ann would like to hand Acme over to you.", ())


async def _as(store: Store, who: Address, work: Callable[[Unit], T]) -> T:
    return await store.write(who, work, at=NOW)


def _promise(deal: Deal, concession: str = "") -> Promise:
    return Promise(id=f"P{concession}", deal_id=deal.id, what="logo", due=TODAY, made_on=TODAY, concession=concession)


def _whole(unit: Unit) -> Deal:
    """Win a deal of which everything is kept that can be."""
    deal = unit.deals.add(DRAFT)
    unit.preps.answer(unit.preps.start(deal.id, NOW).id, Answers(walk_away="41k"), NOW)
    unit.plans.start(deal.id, NOW)
    give = unit.concessions.add(deal.id, Side.GIVE, Tradable(what="logo"), NOW)
    unit.promises.add(replace(_promise(deal, give.id), noticed=Notice.BEFORE))
    unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY, cadence=Cadence(Rhythm.CLOSER), snoozes=2))
    unit.recoveries.start(deal.id, NOW)
    return deal


async def _offered(store: Store, to: Address = BOB) -> tuple[Deal, Handover]:
    deal = await _as(store, ANN, _whole)
    return deal, await _as(store, ANN, lambda unit: unit.handovers.offer(deal.id, to.user, NOW))


async def _accept(store: Store, offer: Handover, who: Address = BOB) -> Handover | None:
    return await _as(store, who, lambda unit: unit.handovers.accept(offer.id, LATER))


async def test_an_address_that_two_people_share_names_nobody(store: Store) -> None:
    for who in (BOB, EVE):
        await _as(store, who, lambda unit: unit.people.meet(Profile("B", "b@x.com"), NOW))
    assert await store.read(ANN, lambda unit: unit.handovers.find("b@x.com")) == ""


async def test_an_offer_names_the_deal_to_both_and_moves_nothing_yet(store: Store) -> None:
    deal, offer = await _offered(store)
    assert offer == Handover(
        id=offer.id,
        deal_id=deal.id,
        deal_name="Acme renewal",
        client="Acme",
        from_user="U1",
        to_user="U2",
        at=NOW,
    )
    assert await store.read(BOB, lambda unit: (unit.handovers.to_me(), unit.deals.list())) == ([offer], [])
    assert await store.read(ANN, lambda unit: (unit.handovers.of(deal.id), unit.deals.get(deal.id))) == (offer, deal)


async def test_who_accepts_has_the_deal_its_promises_and_its_rhythm(store: Store) -> None:
    deal, offer = await _offered(store)
    accepted = await _accept(store, offer)
    assert accepted == replace(offer, state=HandoverState.ACCEPTED)
    assert await store.read(BOB, lambda unit: unit.deals.find("acme", stage=None)) == [
        replace(deal, owner="U2", notes="")
    ]
    (promise,) = await store.read(BOB, lambda unit: unit.promises.of(deal.id))
    assert (promise.what, promise.noticed, promise.concession) == ("logo", None, "")
    warm = KeepWarm(deal_id=deal.id, client="Acme", won_on=TODAY, cadence=Cadence(Rhythm.CLOSER))
    assert await store.read(BOB, lambda unit: unit.warmth.all()) == [warm]
    assert await store.read(BOB, lambda unit: unit.handovers.to_me()) == []


async def test_what_its_former_owner_wrote_for_it_is_not_handed_over(store: Store) -> None:
    deal, offer = await _offered(store)
    await _accept(store, offer)

    def private(unit: Unit) -> list[object]:
        kept = (unit.preps.of(deal.id), unit.plans.of(deal.id), unit.concessions.of(deal.id))
        return [*kept, unit.recoveries.of(deal.id)]

    assert not any(await store.read(BOB, private))
    assert all(await store.read(ANN, private))
    assert "41k" not in str(await store.read(BOB, lambda unit: unit.export()))
    assert "Jo has" not in str(await store.read(BOB, lambda unit: unit.export()))


async def test_a_deal_handed_over_is_its_former_owners_no_more(store: Store) -> None:
    deal, offer = await _offered(store)
    await _accept(store, offer)

    def seen(unit: Unit) -> list[object]:
        deals = (unit.deals.get(deal.id), unit.deals.list(), unit.deals.count(), unit.deals.next())
        found = (unit.deals.find("acme", stage=None), unit.deals.find("acme", stage=Stage.WON))
        return [*deals, *found, unit.promises.open(), unit.warmth.all(), unit.promises.of(deal.id)]

    assert not any(await store.read(ANN, seen))
    touches: list[Callable[[Unit], object]] = [
        lambda unit: unit.deals.change(deal.id, DRAFT),
        lambda unit: unit.deals.close(deal.id, Stage.LOST, LATER),
        lambda unit: unit.warmth.change(KeepWarm(deal_id=deal.id, client="", won_on=TODAY)),
    ]
    for touch in touches:
        assert await _as(store, ANN, touch) is None
    beginnings: list[Callable[[Unit], object]] = [
        lambda unit: unit.promises.add(_promise(deal)),
        lambda unit: unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=TODAY)),
        lambda unit: unit.recoveries.start(deal.id, LATER),
        lambda unit: unit.handovers.offer(deal.id, "U3", LATER),
        lambda unit: unit.concessions.add(deal.id, Side.GIVE, Tradable(what="logo"), LATER),
    ]
    for begin in beginnings:
        with pytest.raises(NotFoundError):
            await _as(store, ANN, begin)


async def test_an_open_deal_handed_over_is_in_no_list_of_its_former_owner(store: Store) -> None:
    deal, offer = await _offered(store)
    await _as(store, ANN, lambda unit: unit.deals.close(deal.id, Stage.OPEN, NOW))

    def seen(unit: Unit) -> list[object]:
        return [unit.deals.next(), unit.deals.similar("acne"), unit.preps.recent(), unit.plans.recent()]

    assert all(await store.read(ANN, seen))
    await _accept(store, offer)
    assert not any(await store.read(ANN, seen))


async def test_a_deal_that_comes_back_finds_what_its_owner_wrote_for_it(store: Store) -> None:
    deal, offer = await _offered(store)
    await _accept(store, offer)
    await _as(store, BOB, lambda unit: unit.deals.change(deal.id, replace(DRAFT, name="Acme 2027", notes="Bob's own")))
    back = await _as(store, BOB, lambda unit: unit.handovers.offer(deal.id, ANN.user, LATER))
    assert await _accept(store, back, ANN)
    assert await store.read(ANN, lambda unit: unit.deals.find("2027", stage=None)) == [replace(deal, name="Acme 2027")]
    assert await store.read(ANN, lambda unit: unit.preps.of(deal.id))
    assert await store.read(ANN, lambda unit: len(unit.promises.of(deal.id))) == 1
    assert await store.read(BOB, lambda unit: (unit.deals.list(), unit.warmth.all())) == ([], [])
    assert await store.read(ANN, lambda unit: unit.handovers.given()) == []
    assert await store.read(BOB, lambda unit: [one.id for one in unit.handovers.given()]) == [back.id]


@pytest.mark.parametrize("over", ["declined", "withdrawn", "accepted"])
async def test_an_offer_that_is_over_stays_over_and_says_how(store: Store, over: str) -> None:
    deal, offer = await _offered(store)
    answers: dict[str, Callable[[], asyncio.Future[Handover | None]]] = {
        "declined": lambda: asyncio.ensure_future(_as(store, BOB, lambda u: u.handovers.decline(offer.id, LATER))),
        "withdrawn": lambda: asyncio.ensure_future(_as(store, ANN, lambda u: u.handovers.withdraw(offer.id, LATER))),
        "accepted": lambda: asyncio.ensure_future(_accept(store, offer)),
    }
    known = replace(offer, state=HandoverState(over))
    assert await answers[over]() == known
    assert [await answer() for answer in answers.values()] == [None, None, None]
    for who in (ANN, BOB):
        assert await store.read(who, lambda unit: unit.handovers.get(offer.id)) == known
    stays = await store.read(ANN, lambda unit: unit.deals.get(deal.id))
    assert (stays is None) is (over == "accepted")
    assert await store.read(ANN, lambda unit: unit.handovers.given()) == ([known] if over == "accepted" else [])


async def test_a_deal_is_offered_to_one_at_a_time(store: Store) -> None:
    deal, offer = await _offered(store)
    assert await _as(store, ANN, lambda unit: unit.handovers.offer(deal.id, "U2", LATER)) == offer
    other = await _as(store, ANN, lambda unit: unit.handovers.offer(deal.id, "U3", LATER))
    assert await store.read(BOB, lambda unit: unit.handovers.to_me()) == []
    assert await _accept(store, offer) is None
    assert await _accept(store, other, EVE)


async def test_what_is_not_mine_cannot_be_offered_and_nothing_to_myself(store: Store) -> None:
    deal, _ = await _offered(store)
    for who, to in ((BOB, "U3"), (ANN, "U1"), (replace(ANN, tenant="T2"), "U2")):
        with pytest.raises(NotFoundError):
            await _as(store, who, lambda unit, to=to: unit.handovers.offer(deal.id, to, NOW))  # type: ignore[misc]


async def test_the_other_one_is_told_once_for_each_way_it_stands(store: Store) -> None:
    _, offer = await _offered(store)
    tell = [await _as(store, ANN, lambda unit: unit.handovers.tell(offer.id, CARD, NOW)) for _ in range(2)]
    assert tell == [True, False]
    assert store.letters.news.is_set()
    await _accept(store, offer)
    assert await _as(store, BOB, lambda unit: unit.handovers.tell(offer.id, CARD, NOW))
    letters = await store.letters.claim(NOW, 9, timedelta(minutes=1), platform="slack")
    assert sorted((letter.address.user, letter.key) for letter in letters) == [
        ("U1", f"handover:{offer.id}:accepted"),
        ("U2", f"handover:{offer.id}:offered"),
    ]


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
_values = st.none() | st.builds(Money, st.integers(0, 10**15).map(lambda cents: Decimal(cents).scaleb(-2)), _words)
_drafts = st.builds(
    DealDraft,
    name=_words,
    client=_words,
    value=_values,
    stage=st.sampled_from(Stage),
    closes_on=st.none() | st.dates(max_value=date(9999, 12, 30)),
    notes=_words,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=_drafts)
async def test_any_deal_arrives_as_it_was_but_for_its_notes(store: Store, draft: DealDraft) -> None:
    def offer(unit: Unit) -> tuple[Deal, Handover]:
        deal = unit.deals.add(draft)
        return deal, unit.handovers.offer(deal.id, BOB.user, NOW)

    deal, offered = await _as(store, ANN, offer)
    assert (offered.deal_name, offered.client) == (draft.name, draft.client)
    assert await _accept(store, offered) == replace(offered, state=HandoverState.ACCEPTED)
    arrived = await store.read(BOB, lambda unit: unit.deals.get(deal.id))
    assert arrived == replace(deal, owner=BOB.user, notes="")


async def test_a_deal_from_a_crm_is_not_doubled_whoever_the_crm_says_owns_it(store: Store) -> None:
    rows = [
        ImportedDeal(owner=owner, key="crm-1", draft=replace(DRAFT, name=f"Acme of {owner}")) for owner in ("U1", "U2")
    ]
    await store.import_deals("T1", rows[:1], NOW)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.list())
    offer = await _as(store, ANN, lambda unit: unit.handovers.offer(deal.id, "U2", NOW))
    await _accept(store, offer)
    for row in rows:
        await store.import_deals("T1", [replace(row, draft=replace(row.draft, name="renamed"))], LATER)
    assert await store.read(ANN, lambda unit: unit.deals.list()) == []
    assert [one.id for one in await store.read(BOB, lambda unit: unit.deals.list())] == [deal.id]


async def test_a_deal_both_have_from_the_crm_can_still_be_handed_over(store: Store) -> None:
    rows = [ImportedDeal(owner=owner, key="crm-1", draft=DRAFT) for owner in ("U1", "U2")]
    await store.import_deals("T1", rows, NOW)
    (deal,) = await store.read(ANN, lambda unit: unit.deals.list())
    offer = await _as(store, ANN, lambda unit: unit.handovers.offer(deal.id, "U2", NOW))
    assert await _accept(store, offer)
    assert await store.read(BOB, lambda unit: unit.deals.count()) == 2


@pytest.fixture
async def replicas(url: str) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes on one database, as far as it can tell."""
    both = Store.open(url), Store.open(url)
    yield both
    for one in both:
        await one.close()


async def test_accept_pressed_often_and_by_two_people_at_once_has_one_effect(replicas: tuple[Store, Store]) -> None:
    deal, offer = await _offered(replicas[0])
    pressing = [_accept(replica, offer, who) for replica in replicas * 3 for who in (BOB, EVE)]
    answers = await asyncio.gather(*pressing)
    assert [one for one in answers if one] == [replace(offer, state=HandoverState.ACCEPTED)]
    assert await replicas[0].read(BOB, lambda unit: [one.id for one in unit.deals.list()]) == [deal.id]
    assert await replicas[0].read(EVE, lambda unit: unit.deals.list()) == []


async def test_accepting_and_withdrawing_at_once_has_one_outcome(replicas: tuple[Store, Store]) -> None:
    for _ in range(10):
        deal, offer = await _offered_afresh(replicas[0])
        accepted, withdrawn = await asyncio.gather(
            _accept(replicas[0], offer),
            _as(replicas[1], ANN, lambda unit, this=offer.id: unit.handovers.withdraw(this, LATER)),  # type: ignore[misc]
        )
        assert (accepted is None) is not (withdrawn is None)
        owner, other = (BOB, ANN) if accepted else (ANN, BOB)
        assert await replicas[0].read(owner, lambda unit, this=deal.id: unit.deals.get(this))  # type: ignore[misc]
        assert not await replicas[0].read(other, lambda unit, this=deal.id: unit.deals.get(this))  # type: ignore[misc]


async def _offered_afresh(store: Store, who: Address = ANN, to: str = "U2") -> tuple[Deal, Handover]:
    deal = await _as(store, who, lambda unit: unit.deals.add(DRAFT))
    return deal, await _as(store, who, lambda unit: unit.handovers.offer(deal.id, to, NOW))


def _pause(unit: Unit) -> None:
    """Let time pass in the middle of a unit of work, so that others could come between."""
    connection = unit._scope._connection  # noqa: SLF001
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_sleep(0.3)"))
    else:
        time.sleep(0.3)


async def test_what_its_owner_is_doing_is_finished_before_the_deal_goes(replicas: tuple[Store, Store]) -> None:
    deal, offer = await _offered_afresh(replicas[0])

    def promise_slowly(unit: Unit) -> bool:
        known = unit.deals.get(deal.id)
        _pause(unit)
        unit.promises.add(_promise(deal))
        _pause(unit)
        return known == unit.deals.get(deal.id)

    at_work = asyncio.create_task(_as(replicas[1], ANN, promise_slowly))
    await asyncio.sleep(0.1)
    assert await _accept(replicas[0], offer)
    assert await at_work
    assert await replicas[0].read(BOB, lambda unit: len(unit.promises.of(deal.id))) == 1


async def test_a_promise_made_while_the_other_accepts_is_never_lost(replicas: tuple[Store, Store]) -> None:
    for number in range(20):
        deal, offer = await _offered_afresh(replicas[0])
        promise = replace(_promise(deal), id=f"P{number}")
        made, accepted = await asyncio.gather(
            _as(replicas[1], ANN, lambda unit, one=promise: unit.promises.add(one)),  # type: ignore[misc]
            _accept(replicas[0], offer),
            return_exceptions=True,
        )
        assert isinstance(accepted, Handover)
        moved = await replicas[0].read(BOB, lambda unit, this=deal.id: unit.promises.of(this))  # type: ignore[misc]
        assert bool(moved) is not isinstance(made, NotFoundError)


async def test_two_who_accept_from_each_other_at_once_both_have_their_deal_in_the_end(
    replicas: tuple[Store, Store],
) -> None:
    _, to_bob = await _offered_afresh(replicas[0])
    _, to_ann = await _offered_afresh(replicas[0], BOB, "U1")
    pressing = {BOB: to_bob, ANN: to_ann}
    done = await asyncio.gather(
        *(_accept(replica, offer, who) for replica, (who, offer) in zip(replicas, pressing.items(), strict=True)),
        return_exceptions=True,
    )
    for (who, offer), answer in zip(pressing.items(), done, strict=True):
        assert isinstance(answer, Handover | StoreUnavailableError)
        if isinstance(answer, StoreUnavailableError):  # the database undid one of them, and its person presses again
            assert await _accept(replicas[0], offer, who)
        assert await replicas[0].read(who, lambda unit, this=offer.deal_id: unit.deals.get(this))  # type: ignore[misc]
