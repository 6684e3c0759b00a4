"""What the coach says unasked: put once for each occurrence, taken by one courier at a time, settled once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, product

import pytest

from bot.chat import cards
from bot.chat.address import Address
from bot.chat.cards import Card
from store import Letter, Place, Store
from store.letters import KEPT, Standing

ANN = Address("slack", "T1", "", "U1")
BOB = Address("slack", "T1", "", "U2")
EVE = Address("teams", "T2", "", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(minutes=2)
AFTER = NOW + LEASE
CARD = Card("Write to Acme.", ())


async def put(store: Store, key: str, who: Address = ANN, due: datetime = NOW, subject: str = "") -> bool:
    return await store.write(who, lambda unit: unit.outbox.put(key, CARD, due, subject=subject), at=NOW)


async def take(store: Store, now: datetime = NOW, most: int = 50, held: tuple[str, ...] = ()) -> list[Letter]:
    slack = await store.letters.claim(now, most, LEASE, platform="slack", held=held)
    teams = await store.letters.claim(now, most, LEASE, platform="teams", held=held)
    return sorted(slack + teams, key=lambda letter: letter.due_at)


async def take_one(store: Store, now: datetime = NOW) -> Letter:
    (letter,) = await take(store, now)
    return letter


async def told(store: Store, who: Address = ANN) -> list[dict[str, object]]:
    export = await store.read(who, lambda unit: unit.export())
    rows = export["outbox"]
    assert isinstance(rows, list)
    return rows


async def test_an_occurrence_is_put_once_for_each_person(store: Store) -> None:
    assert await put(store, "checkins:2026-03-02")
    assert not await put(store, "checkins:2026-03-02", due=AFTER)
    assert await put(store, "checkins:2026-03-03")
    assert await put(store, "checkins:2026-03-02", BOB)
    assert len(await take(store)) == 3


async def test_the_second_of_two_at_once_is_refused(store: Store) -> None:
    done = await asyncio.gather(*(put(store, "checkins:2026-03-02") for _ in range(4)))
    assert sorted(done) == [False, False, False, True]


async def test_what_is_put_in_work_that_fails_is_not_there(store: Store) -> None:
    def work(unit: object) -> None:
        unit.outbox.put("checkins:1", CARD, NOW)  # type: ignore[attr-defined]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(ANN, work, at=NOW)
    assert await take(store) == []
    assert not store.letters.news.is_set()


async def test_what_is_put_rings_at_once_and_what_is_there_already_does_not(store: Store) -> None:
    await put(store, "checkins:1")
    assert store.letters.news.is_set()
    store.letters.news.clear()
    await put(store, "checkins:1")
    assert not store.letters.news.is_set()


async def test_a_letter_says_whose_it_is_and_what_it_shows(store: Store) -> None:
    await put(store, "promises:7:2026-03-02", subject="promise:7")
    letter = await take_one(store)
    assert (letter.address, letter.key, letter.kind) == (ANN, "promises:7:2026-03-02", "promises")
    assert (letter.subject, letter.due_at, letter.until) == ("promise:7", NOW, AFTER)
    assert (letter.attempts, letter.doubtful_since) == (0, None)
    assert cards.load(letter.card) == CARD
    assert "Acme" not in repr(letter)


async def test_only_what_is_due_is_taken_longest_due_first(store: Store) -> None:
    await put(store, "b:1", BOB, NOW - timedelta(hours=1))
    await put(store, "a:1", ANN, NOW)
    await put(store, "e:1", EVE, NOW + timedelta(seconds=1))
    assert [letter.key for letter in await take(store)] == ["b:1", "a:1"]
    assert [letter.key for letter in await take(store, AFTER - timedelta(seconds=1))] == ["e:1"]


async def test_no_more_is_taken_than_asked_for(store: Store) -> None:
    for number in range(5):
        await put(store, f"a:{number}")
    assert len(await take(store, most=3)) == 3


async def test_what_another_platform_serves_or_a_held_tenant_waits_for_is_left(store: Store) -> None:
    await put(store, "a:1")
    await put(store, "e:1", EVE)
    assert await store.letters.claim(NOW, 50, LEASE, platform="web") == []
    assert [letter.key for letter in await take(store, held=("T1", "T9"))] == ["e:1"]
    assert [letter.key for letter in await take(store)] == ["a:1"]


async def test_a_letter_is_in_one_hand_until_its_lease_is_over(store: Store) -> None:
    await put(store, "a:1")
    first = await take_one(store)
    assert await take(store, AFTER - timedelta(seconds=1)) == []
    second = await take_one(store, AFTER)
    assert second.id == first.id
    assert second.token != first.token


async def test_whoever_slept_past_the_lease_settles_nothing(store: Store) -> None:
    await put(store, "a:1", subject="prep:1")
    stale, mine = await take_one(store), await take_one(store, AFTER)
    assert not await store.letters.begin(stale, AFTER)
    assert not await store.letters.settle_sent(stale, "17", AFTER)
    assert not await store.letters.settle_retry(stale, AFTER, "refused")
    assert not await store.letters.settle_dead(stale, "refused")
    assert not await store.letters.release(stale, AFTER)
    assert await store.letters.begin(mine, AFTER)
    assert await store.letters.settle_sent(mine, "18", AFTER)
    assert not await store.letters.settle_sent(mine, "19", AFTER)
    assert await store.read(ANN, lambda unit: unit.places.of("prep:1")) == [Place(ANN, "18")]


async def test_a_letter_that_was_sent_is_emptied_and_its_card_is_known_where_it_stands(store: Store) -> None:
    await put(store, "a:1", subject="prep:1")
    letter = await take_one(store)
    there = replace(ANN, conversation="D1")
    assert await store.letters.settle_sent(replace(letter, address=there), "17.1", NOW)
    assert await store.read(ANN, lambda unit: unit.places.of("prep:1")) == [Place(there, "17.1")]
    (row,) = await told(store)
    assert (row["status"], row["card"], row["message"]) == ("sent", "", "17.1")
    assert await take(store, NOW + timedelta(days=2)) == []
    assert not await put(store, "a:1")


async def test_a_person_gets_nothing_else_while_a_letter_is_in_hand_or_waits(store: Store) -> None:
    await put(store, "a:1")
    letter = await take_one(store)
    await put(store, "a:2")
    await put(store, "b:1", BOB)
    assert [one.key for one in await take(store)] == ["b:1"]
    soon = NOW + timedelta(minutes=1)
    assert await store.letters.settle_retry(letter, soon, "busy")
    assert await take(store) == []
    assert [one.key for one in await take(store, soon)] == ["a:1", "a:2"]


async def test_what_was_not_begun_is_put_back_as_it_was(store: Store) -> None:
    await put(store, "a:1")
    assert await store.letters.release(await take_one(store), NOW)
    letter = await take_one(store)
    assert (letter.attempts, letter.doubtful_since) == (0, None)


async def test_what_was_begun_and_not_settled_is_in_doubt_from_its_first_beginning(store: Store) -> None:
    await put(store, "a:1")
    await store.letters.begin(await take_one(store), NOW)
    second = await take_one(store, AFTER)
    assert (second.attempts, second.doubtful_since) == (1, NOW)
    await store.letters.begin(second, AFTER)
    await store.letters.settle_retry(second, AFTER, "refused")
    third = await take_one(store, AFTER)
    assert (third.attempts, third.doubtful_since) == (2, NOW)


@pytest.mark.parametrize(("counted", "doubtful"), [(True, False), (False, False), (True, True)])
async def test_another_attempt_knows_what_is_known_of_the_one_before(
    store: Store, *, counted: bool, doubtful: bool
) -> None:
    await put(store, "a:1")
    letter = await take_one(store)
    await store.letters.begin(letter, NOW)
    await store.letters.settle_retry(letter, NOW, "x" * 500, counted=counted, doubtful=doubtful)
    again = await take_one(store)
    assert (again.attempts, again.doubtful_since) == (int(counted), NOW if doubtful else None)
    assert (await told(store))[0]["last_error"] == "x" * 80


async def test_what_is_given_up_is_counted_by_its_reason_and_can_be_sent_again(store: Store) -> None:
    await put(store, "a:1")
    await put(store, "b:1", BOB)
    await put(store, "e:1", EVE, NOW - timedelta(days=1))
    for letter in (await take(store))[1:]:
        await store.letters.settle_dead(letter, "Slack says invalid_blocks")
    assert await store.letters.standing(AFTER) == Standing(1, {"Slack says invalid_blocks": 2})
    assert await store.letters.revive(NOW) == 2
    assert (await store.letters.standing(NOW)).dead == {}
    assert {one.key for one in await take(store)} == {"a:1", "b:1"}


async def test_what_is_no_longer_due_is_taken_back_unless_it_may_be_out(store: Store) -> None:
    for key in ("a:1", "a:2"):
        await put(store, key)
    assert await store.write(ANN, lambda unit: unit.outbox.cancel("a:1"), at=NOW)
    letter = await take_one(store)
    assert letter.key == "a:2"
    await store.letters.begin(letter, NOW)
    assert not await store.write(ANN, lambda unit: unit.outbox.cancel("a:2"), at=NOW)
    assert not await store.write(ANN, lambda unit: unit.outbox.cancel("a:3"), at=NOW)


async def test_a_letter_taken_back_in_somebodys_hand_is_not_begun(store: Store) -> None:
    await put(store, "a:1")
    letter = await take_one(store)
    assert await store.write(ANN, lambda unit: unit.outbox.cancel("a:1"), at=NOW)
    assert not await store.letters.begin(letter, NOW)


async def test_a_person_who_is_forgotten_is_written_to_no_more(store: Store) -> None:
    await put(store, "a:1", subject="prep:1")
    letter = await take_one(store)
    await store.write(ANN, lambda unit: unit.forget(), at=NOW)
    assert not await store.letters.begin(letter, NOW)
    assert not await store.letters.settle_sent(letter, "17", NOW)
    assert not any((await store.read(ANN, lambda unit: unit.export())).values())


async def test_letters_long_over_are_tidied_away_and_waiting_ones_are_not(store: Store) -> None:
    for key, who in (("a:1", ANN), ("b:1", BOB), ("e:1", EVE)):
        await put(store, key, who)
    first, second, _ = await take(store)
    await store.letters.settle_sent(first, "17", NOW)
    await store.letters.settle_dead(second, "refused")
    assert await store.tidy(NOW + KEPT) == 0
    assert await store.tidy(NOW + KEPT + timedelta(seconds=1)) == 2
    assert [one.key for one in await take(store, NOW + KEPT)] == ["e:1"]


async def test_two_couriers_take_no_letter_twice(store: Store, url: str) -> None:
    other = Store.open(url)
    for number in range(120):
        await put(store, f"a:{number}", replace(ANN, user=f"U{number}"))
    taken: list[Letter] = []
    while any(batches := await asyncio.gather(*(take(one, most=20) for one in (store, other) * 2))):
        taken += chain(*batches)
    assert len(taken) == len({letter.id for letter in taken}) == 120
    await other.close()


async def test_one_persons_letters_are_never_in_two_hands(store: Store, url: str) -> None:
    other = Store.open(url)
    for number, letter in product(range(60), range(4)):
        await put(store, f"a:{letter}", replace(ANN, user=f"U{number}"))
    for _ in range(20):
        batches = await asyncio.gather(*(take(one, most=3) for one in (store, other) * 2))
        hands = {(letter.address.user, letter.token) for letter in chain(*batches)}
        assert len(hands) == len({user for user, _ in hands})
    await other.close()


async def test_what_waits_for_another_attempt_stands_among_the_overdue_with_the_reason(store: Store) -> None:
    await put(store, "a:1")
    await put(store, "b:1", BOB)
    letter = (await take(store))[0]
    await store.letters.settle_retry(letter, AFTER, "Slack says invalid_auth", counted=False)
    assert await store.letters.standing(NOW) == Standing(2, {}, {"Slack says invalid_auth": 1})
    assert await store.letters.standing(NOW - timedelta(seconds=1)) == Standing(0, {})


@pytest.mark.parametrize("doubtful", [True, False])
async def test_what_was_given_up_is_taken_back_unless_it_may_be_out(store: Store, *, doubtful: bool) -> None:
    await put(store, "a:1")
    letter = await take_one(store)
    await store.letters.begin(letter, NOW)
    await store.letters.settle_dead(letter, "refused", doubtful=doubtful)
    assert await store.write(ANN, lambda unit: unit.outbox.cancel("a:1"), at=NOW) is not doubtful


async def test_what_was_sent_can_not_be_taken_back(store: Store) -> None:
    await put(store, "a:1")
    await store.letters.settle_sent(await take_one(store), "17", NOW)
    assert not await store.write(ANN, lambda unit: unit.outbox.cancel("a:1"), at=NOW)
