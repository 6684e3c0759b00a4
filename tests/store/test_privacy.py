import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Profile
from bot.coach.access import Rule
from bot.coach.deals import DealDraft
from bot.coach.keep_warm import KeepWarm
from bot.coach.money import Money
from bot.coach.payoffs import Brought, Payoff
from bot.coach.plans import Estimate, Worth
from bot.coach.preparation import Answers
from bot.coach.promises import Promise
from bot.coach.teams import Count, Period, Share, Shared, Team, team_owner
from bot.coach.tradables import Side, Tradable
from store import Agenda, Store, Unit
from store.references import Reference
from store.tables import METADATA, PERSONAL

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
    _use_a_team(unit, deal.id)
    unit.tips.saw("balance.trade", NOW)
    unit.conversations.put("plan", 1, {"a": "b"}, NOW)
    unit.places.put("prep:1", "17", NOW)
    unit.outbox.put("checkins:2026-03-03", Card(f"Write to Acme, {user}.", ()), NOW)
    unit.references.put(
        Reference(address=unit.address, kind="personal", service_url="https://teams.example", bot="28:bot"), NOW
    )
    unit.transcript.add(user, "by me", NOW)
    unit.transcript.add("coach", "for me", NOW, only_for=user)


def _use_a_team(unit: Unit, deal_id: str) -> None:
    """Be in the company's team with everything a member can leave there, and help somebody else in it."""
    user, today = unit.address.user, NOW.date()
    if unit.teams.get("W") is None:
        other = Unit(unit._scope._connection, replace(unit.address, user="U9"))  # noqa: SLF001
        other.teams.create(Team(id="W", name="West", channel="C", covered_to=today), NOW)
    unit.teams.join("W", NOW)
    line = Shared(id=f"L{user}", team_id="W", user=user, kind=Share.HELP, text=f"Help {user}", on=today)
    unit.lines.share(line, NOW)
    asking = Unit(unit._scope._connection, replace(unit.address, user="U9"))  # noqa: SLF001
    asked = asking.lines.share(replace(line, id=f"for {user}", text="Who knows Globex?"), NOW)
    unit.lines.help_with("W", asked.id)
    unit.lines.withhold("W", today, Count.TRADES)
    unit.check_ins.note(deal_id, today, "done")
    unit.payoffs.add(Brought(id="B", deal_id=deal_id, kind=Payoff.REFERRAL, on=today, to=f"friend of {user}"))
    unit.teams.audit(Rule.TEAM_JOIN, "W", "team.join", NOW)


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
        "team_members": 1,
        "shared_lines": 1,
        "lines_i_help_with": 1,
        "withheld": 1,
        "check_ins": 1,
        "payoffs": 1,
        "audit": 1,
    }
    text = json.dumps(export)
    assert "Name of U1" in text
    assert "41k" in text
    assert "2026-03-02T09:00:00+00:00" in text
    assert "U2" not in text
    assert "logo of U1" in text
    assert "between the two" not in text
    assert "43k for U1" in text
    assert "Help U1" in text
    assert "friend of U1" in text
    assert "Who knows Globex" not in text
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


async def test_an_export_names_the_files_of_the_exports_before_it_and_does_not_repeat_them(store: Store) -> None:
    line = {"kind": "file", "name": "mine.json", "content": "QUJD" * 99}
    await store.write(ANN, lambda unit: unit.transcript.add("coach", json.dumps(line), NOW, only_for="U1"), at=NOW)
    export: dict[str, Any] = await store.read(ANN, lambda unit: unit.export())
    assert [row["body"] for row in export["transcript"]] == [{"kind": "file", "name": "mine.json"}]


# What the person below has typed, and what their platform calls them.
THEIRS = (
    *("Uzinnia", "Name of", "x.com", "Acme", "Undated", "41k", "43k", "5.50", "logo", "friend of"),
    *("by me", "for me", "Write to", "discount"),
)


async def _holding(store: Store, *words: str) -> set[tuple[str, str]]:
    """Every table in which one of some words stands, whoever's row it is."""

    def work(connection: Connection) -> set[tuple[str, str]]:
        rows = [(table, row) for table in METADATA.sorted_tables for row in connection.execute(table.select())]
        return {(table.name, word) for table, row in rows for word in words if word in repr(tuple(row))}

    found: set[tuple[str, str]] = await store._database.read(work)  # noqa: SLF001
    return found


async def test_whoever_is_forgotten_stands_in_no_row_of_no_table(store: Store) -> None:
    def letters(unit: Unit) -> None:
        """Others are about to be told of them, or could not be."""
        other = Unit(unit._scope._connection, replace(ANN, user="U9"))  # noqa: SLF001
        deal = unit.deals.list()[0]
        offer = unit.handovers.of(deal.id)
        assert offer
        unit.handovers.tell(offer.id, Card("Uzinnia offers you Acme.", ()), NOW)
        other.handovers.tell(other.handovers.of(other.deals.list()[0].id).id, Card("Initech", ()), NOW)  # type: ignore[union-attr]
        other.outbox.put("help:for Uzinnia", Card("Uzinnia will help.", ()), NOW, beside="Uzinnia")

    them = replace(ANN, user="Uzinnia")
    for work in (_use_everything, letters):
        await store.write(them, work, at=NOW)
    await store.agendas.due(NOW)
    before = await _holding(store, *THEIRS)
    assert {word for _, word in before} == set(THEIRS)
    assert {table.name for table in PERSONAL} - {"outbox"} <= {table for table, _ in before} | {"deal_words"}
    await store.write(them, lambda unit: unit.forget(), at=NOW)
    # The id of another's row is that other's own; here it was made of the name only to be told apart.
    assert await _holding(store, *THEIRS) == {("shared_lines", "Uzinnia")}


async def test_what_stays_of_whoever_is_forgotten_is_what_the_privacy_page_says(store: Store) -> None:
    def begin(unit: Unit) -> str:
        unit.people.meet(Profile("Name of Uzinnia", "uzinnia@x.com"), NOW)
        team = _found(unit, BOB.user)
        deal = unit.deals.add(DealDraft(name="Acme", client="Acme", notes="Uzinnia likes her"))
        unit.transcript.add("coach", "Uzinnia shares a win", NOW)
        unit.teams.post(team, "digest:T", Card("Uzinnia won Acme", ()), NOW)
        return unit.handovers.offer(deal.id, BOB.user, NOW).id

    them = replace(ANN, user="Uzinnia")
    this = await store.write(them, begin, at=NOW)
    await store.write(BOB, lambda unit: unit.handovers.accept(this, NOW), at=NOW)
    await store.write(them, lambda unit: unit.forget(), at=NOW)
    stays = {
        ("deals", "Acme"),  # handed over
        ("deals", "Initech"),  # left to a team
        ("teams", "West"),  # and the name they gave it
        ("audit", "digest.now"),  # without their name, as the next test says
        ("digests", "balance.trade"),  # counts
        ("transcript", "Uzinnia"),  # a card in a channel
        ("outbox", "Uzinnia"),  # on its way into one
        ("outbox", "Acme"),
    }
    words = ("Uzinnia", "uzinnia", "Name of", "x.com", "Acme", "likes her", *{word for _, word in stays})
    assert {one for one in await _holding(store, *words) if one[0] != "deal_words"} == stays


async def test_the_same_rows_make_the_same_file_wherever_the_database_keeps_them(store: Store) -> None:
    def begin(unit: Unit) -> tuple[list[str], list[str]]:
        deals = [unit.deals.add(DealDraft(name=f"Deal {number}", client="Acme")).id for number in range(20)]
        return deals, [unit.transcript.add("U1", f"line {number}", NOW) for number in range(20)]

    def again(unit: Unit) -> None:
        for this in deals[::-3]:  # PostgreSQL writes a changed row somewhere else
            unit.deals.change(this, DealDraft(name=f"Deal {deals.index(this)}", client="Acme"))
        for this in lines[::-3]:
            unit.transcript.change(this, f"line {lines.index(this)}")

    deals, lines = await store.write(ANN, begin, at=NOW)
    await store._database.write(lambda connection: connection.execute(text("ANALYZE")))  # noqa: SLF001
    before = await store.read(ANN, lambda unit: json.dumps(unit.export()))
    await store.write(ANN, again, at=NOW)
    assert await store.read(ANN, lambda unit: json.dumps(unit.export())) == before


def _found(unit: Unit, *members: str) -> str:
    """Set up a team of these people, with a digest, a line to share and a client that was left to it."""
    team = unit.teams.create(Team(id="T", name="West", channel="C", covered_to=NOW.date()), NOW)
    for member in members:
        Unit(unit._scope._connection, replace(unit.address, user=member)).teams.join(team.id, NOW)  # noqa: SLF001
    unit.digests.put(team.id, Period(NOW.date(), NOW.date() + timedelta(7)), {}, "balance.trade", NOW)
    unit.teams.audit(Rule.DIGEST_NOW, team.id, "digest now", NOW)
    deal = unit.deals.add(DealDraft(name="Initech", client="Initech"))
    unit.handovers.release(deal.id, team.id, NOW)
    return team.id


async def test_a_team_keeps_its_digests_and_clients_when_one_of_it_is_forgotten(store: Store) -> None:
    team = await store.write(ANN, lambda unit: _found(unit, BOB.user), at=NOW)
    await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    assert await store.read(BOB, lambda unit: len(unit.digests.last(team))) == 1
    assert await store.read(BOB, lambda unit: [one.name for one in unit.teams.ownerless(team)]) == ["Initech"]
    assert await store.read(BOB, lambda unit: [one.user for one in unit.teams.members(team)]) == [BOB.user]


async def test_a_team_that_nobody_is_left_in_is_gone_with_what_belonged_to_it(store: Store) -> None:
    team = await store.write(ANN, lambda unit: _found(unit, BOB.user), at=NOW)
    await store.write(ANN, lambda unit: unit.teams.invite(team, "U7", NOW), at=NOW)
    for who in (ANN, BOB):
        await store.write(who, lambda unit: unit.forget(), at=NOW)
    of_team = replace(ANN, user=team_owner(team))
    assert await store.read(of_team, lambda unit: (unit.teams.get(team), unit.digests.last(team))) == (None, [])
    assert not any((await store.read(of_team, lambda unit: unit.export())).values())
    assert await store.read(replace(ANN, user="U7"), lambda unit: unit.teams.mine()) == []


async def test_who_looked_is_nobody_once_they_are_forgotten_and_that_somebody_did_stays(store: Store) -> None:
    await store.write(ANN, lambda unit: _found(unit, BOB.user), at=NOW)
    await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    nobody: dict[str, Any] = await store.read(replace(ANN, user=""), lambda unit: unit.export())
    assert [(row["actor"], row["rule"]) for row in nobody["audit"]] == [("", "digest.now")]


async def test_a_letter_that_would_open_a_chat_with_somebody_forgotten_goes_to_its_reader_alone(store: Store) -> None:
    card = Card("Bob will help.", ())
    await store.write(ANN, lambda unit: unit.outbox.put("help:1", card, NOW, beside=BOB.user), at=NOW)
    await store.write(BOB, lambda unit: unit.forget(), at=NOW)
    (letter,) = await store.letters.claim(NOW, 1, timedelta(minutes=1), platform="web")
    assert (letter.address.user, letter.beside) == (ANN.user, "")


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
    assert shared == {"transcript", "receipts", "installations", "oauth_states", "teams", "digests", "audit"}
