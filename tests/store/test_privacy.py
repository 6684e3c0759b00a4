import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.deals import DealDraft
from bot.coach.money import Money
from bot.coach.plans import Estimate, Worth
from bot.coach.preparation import Answers
from bot.coach.tradables import Side, Tradable
from store import Store, Unit
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
    unit.tips.saw("balance.trade", NOW)
    unit.conversations.put("plan", 1, {"a": "b"}, NOW)
    unit.places.put("prep:1", "17", NOW)
    unit.outbox.put("checkins:2026-03-03", Card(f"Write to Acme, {user}.", ()), NOW)
    unit.references.put(
        Reference(address=unit.address, kind="personal", service_url="https://teams.example", bot="28:bot"), NOW
    )
    unit.transcript.add(user, "by me", NOW)
    unit.transcript.add("coach", "for me", NOW, only_for=user)


async def _three_people(store: Store) -> None:
    for who in (ANN, BOB, ANN_ELSEWHERE):
        await store.write(who, _use_everything, at=NOW)


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


async def test_forgetting_a_stranger_deletes_nothing(store: Store) -> None:
    assert not any((await store.write(ANN, lambda unit: unit.forget(), at=NOW)).values())


def test_every_table_is_either_personal_or_known_to_hold_nobody() -> None:
    shared = {table.name for table in METADATA.sorted_tables} - {table.name for table in PERSONAL}
    assert shared == {"transcript", "receipts", "installations", "oauth_states"}
