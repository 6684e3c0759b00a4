import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft
from bot.coach.keep_warm import KeepWarm
from bot.coach.money import Money
from bot.coach.plans import Estimate, Worth
from bot.coach.preparation import Answers
from bot.coach.promises import Promise
from bot.coach.tradables import Side, Tradable
from store import Agenda, Store, Unit
from store.privacy import PERSONAL
from store.references import Reference
from store.tables import METADATA

ANN = Address("web", "T1", "dm", "U1")
BOB = Address("web", "T1", "dm", "U2")
ANN_ELSEWHERE = Address("web", "T2", "dm", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _use_everything(unit: Unit) -> None:
    user = unit.address.user
    unit.people.meet(Profile(f"Name of {user}", f"{user}@x.com"), NOW)
    draft = DealDraft(name="Acme", client="Acme", value=Money(Decimal(48), "EUR"), closes_on=date(2026, 3, 31))
    deal = unit.deals.add(draft)
    unit.deals.add(DealDraft(name="Undated", client="Globex"))
    prep = unit.preps.start(deal.id, NOW)
    unit.preps.answer(prep.id, Answers(walk_away="41k"), NOW)
    unit.preps.tick(prep.id, frozenset("ab"), frozenset("a"), NOW)
    unit.plans.change(replace(unit.plans.start(deal.id, NOW), walk_away=f"43k for {user}"), NOW)
    discount = Tradable(what="discount", amount=Decimal("5.50"), unit="%", words="5.50% off")
    unit.concessions.add(deal.id, Side.GIVE, discount, NOW, ours=Estimate(Worth.LOW))
    today = date(2026, 3, 2)
    unit.promises.add(Promise(id="P", deal_id=deal.id, what=f"logo of {user}", due=today, made_on=today))
    unit.warmth.start(KeepWarm(deal_id=deal.id, client="", won_on=today))
    unit.recoveries.start(deal.id, NOW)
    unit.agenda.put(Agenda(next_at=NOW))
    unit.handovers.offer(deal.id, "U8", NOW)
    _offer_from_another(unit)
    unit.tips.saw("balance.trade", NOW)
    unit.conversations.put("plan", 1, {"a": "b"}, NOW)
    unit.places.put("prep:1", "17", NOW)
    unit.outbox.put("checkins:2026-03-03", Card(f"Write to Acme, {user}.", ()), NOW)
    unit.references.put(
        Reference(address=unit.address, kind="personal", service_url="https://teams.example", bot="28:bot"), NOW
    )
    unit.transcript.add(user, "by me", NOW)
    unit.transcript.add("coach", "for me", NOW, only_for=user)


def _offer_from_another(unit: Unit) -> None:
    """Let somebody else of the company offer this person a deal."""
    other = Unit(unit._scope._connection, replace(unit.address, user="U9"))  # noqa: SLF001
    deal = other.deals.add(DealDraft(name="Initech", client="Initech", notes="between the two of them"))
    other.handovers.offer(deal.id, unit.address.user, NOW)


async def _three_people(store: Store) -> None:
    for who in (ANN, BOB, ANN_ELSEWHERE):
        await store.write(who, _use_everything, at=NOW)
    await store.agendas.due(NOW)


async def test_the_export_holds_everything_about_me_and_nothing_about_others(store: Store) -> None:
    await _three_people(store)
    export = await store.read(ANN, lambda unit: unit.export())
    rows = {name: len(table) for name, table in export.items() if isinstance(table, list)}
    assert rows == {
        "people": 1,
        "deals": 2,
        "preps": 1,
        "prep_ticks": 2,
        "plans": 1,
        "concessions": 1,
        "promises": 1,
        "warmth": 1,
        "recoveries": 1,
        "agendas": 1,
        "handovers": 1,
        "handovers_to_me": 1,
        "tips": 1,
        "conversations": 1,
        "places": 1,
        "conversation_references": 1,
        "outbox": 1,
        "transcript": 2,
    }
    text = json.dumps(export)
    assert "Name of U1" in text
    assert "41k" in text
    assert "2026-03-02T09:00:00+00:00" in text
    assert "U2" not in text
    assert "logo of U1" in text
    assert "between the two" not in text
    assert "43k for U1" in text
    assert '"5.50"' in text
    assert "_key" not in text.replace("import_key", "")


async def test_a_plan_and_a_dialogue_are_unfolded_so_that_a_person_can_read_them(store: Store) -> None:
    await _three_people(store)
    tables: dict[str, Any] = await store.read(ANN, lambda unit: unit.export())
    assert tables["plans"][0]["body"]["walk_away"] == "43k for U1"
    assert tables["conversations"][0]["data"] == {"a": "b"}
    assert tables["outbox"][0]["card"]["summary"] == "Write to Acme, U1."


async def test_forgetting_me_leaves_nothing_of_me_and_everything_of_others(store: Store) -> None:
    await _three_people(store)
    before = await store.read(BOB, lambda unit: unit.export())
    counts = await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    assert counts["deals"] == 2
    assert all(counts.values())
    empty = await store.read(ANN, lambda unit: unit.export())
    assert not any(empty.values())
    assert await store.read(ANN, lambda unit: unit.deals.find("acme")) == []
    assert await store.read(BOB, lambda unit: unit.export()) == before
    assert any((await store.read(ANN_ELSEWHERE, lambda unit: unit.export())).values())


def _hand_over(unit: Unit) -> str:
    deal = unit.deals.add(DealDraft(name="Acme", client="Acme", notes="Ann's own"))
    unit.preps.start(deal.id, NOW)
    unit.promises.add(Promise(id="P", deal_id=deal.id, what="logo", due=NOW.date(), made_on=NOW.date()))
    return unit.handovers.offer(deal.id, BOB.user, NOW).id


async def test_what_is_handed_over_stays_with_its_new_owner_and_is_named_as_such_until_then(store: Store) -> None:
    this = await store.write(ANN, _hand_over, at=NOW)
    await store.write(BOB, lambda unit: unit.handovers.accept(this, NOW), at=NOW)
    export: dict[str, Any] = await store.read(ANN, lambda unit: unit.export())
    assert [(row["receiver"], row["state"]) for row in export["handovers"]] == [("U2", "accepted")]
    assert [row["handed_at"] for row in export["deals"]] == [NOW.isoformat()]
    assert [one.deal_name for one in await store.read(ANN, lambda unit: unit.handovers.given())] == ["Acme"]
    await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    assert not any((await store.read(ANN, lambda unit: unit.export())).values())
    left: dict[str, Any] = await store.read(BOB, lambda unit: unit.export())
    assert {name: len(rows) for name, rows in left.items() if rows} == {"deals": 1, "promises": 1}
    assert "U1" not in json.dumps(left)


async def test_who_is_forgotten_is_offered_nothing_any_more_and_the_deal_stays_whose_it_is(store: Store) -> None:
    this = await store.write(ANN, _hand_over, at=NOW)
    await store.write(BOB, lambda unit: unit.forget(), at=NOW)
    assert await store.read(ANN, lambda unit: (unit.handovers.get(this), unit.deals.count())) == (None, 1)
    assert "U2" not in json.dumps(await store.read(ANN, lambda unit: unit.export()))


async def test_forgetting_a_stranger_deletes_nothing(store: Store) -> None:
    assert not any((await store.write(ANN, lambda unit: unit.forget(), at=NOW)).values())


def test_every_table_is_either_personal_or_known_to_hold_nobody() -> None:
    shared = {table.name for table in METADATA.sorted_tables} - {table.name for table in PERSONAL}
    assert shared == {"transcript", "receipts", "installations", "oauth_states"}
