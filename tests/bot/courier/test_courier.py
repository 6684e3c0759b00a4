"""What the courier does with a platform that takes, refuses, hangs and forgets: nothing lost, nothing twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Address, Platform
from bot.chat.cards import Card
from bot.chat.ports import Messenger, Pace, Rate
from bot.courier import Courier, Habits
from bot.courier.habits import ATTEMPTS, LEASE, LONGEST_WAIT
from bot.errors import AmbiguousError, BusyError, Obstacle, PlatformError, StoreUnavailableError, UnreachableError
from bot.telemetry import Telemetry
from store import Letter, Place, Store
from store.letters import Standing
from tests.bot.courier.platform import Chat, Patience
from tests.databases import url_in
from tests.doors import NOW as START
from tests.doors import Clock

ANN = Address("slack", "T1", "", "U1")
BOB = Address("slack", "T1", "", "U2")
WEST = Address("slack", "T1", "", "team:7")
EVE = Address("slack", "T2", "", "U3")
CARD = Card("Write to Acme.", ())
WAIT_SECONDS = 5


async def _forever(_seconds: float) -> None:
    await asyncio.Event().wait()


class Post:
    """An outbox, a platform, and couriers between them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.chat = Chat(self.clock)
        self.chats: dict[Platform, Messenger] = {"slack": self.chat}
        self.patience = Patience(self.clock)
        self.telemetry = Telemetry()
        self.steps: list[str] = []
        self.settled = asyncio.Event()
        self.habits = Habits(pause=self.patience, chance=lambda: 1.0, observe=self._observe)

    def courier(self, **changed: Any) -> Courier:  # noqa: ANN401  any habit
        habits = replace(self.habits, **changed)
        return Courier(self.store.letters, self.chats, self.clock, self.telemetry, habits)

    async def put(self, key: str, who: Address = ANN, due: datetime = START, subject: str = "", **where: str) -> None:
        await self.store.write(who, lambda unit: unit.outbox.put(key, CARD, due, subject=subject, **where), at=START)

    async def sweeps(self, courier: Courier | None = None, *, after: timedelta = timedelta()) -> None:
        self.clock.passes(after)
        async with asyncio.timeout(WAIT_SECONDS):
            await (courier or self.courier()).sweep()

    async def standing(self) -> Standing:
        return await self.store.letters.standing(self.clock())

    def counted(self, outcome: str) -> float:
        text = self.telemetry.render().decode()
        named = f'coach_letters_total{{door="slack",outcome="{outcome}"}} '
        return next((float(line.removeprefix(named)) for line in text.splitlines() if line.startswith(named)), 0)

    def _observe(self, step: str, letter: Letter) -> None:
        self.steps.append(f"{step} {letter.key}")
        if step == "settled":
            self.settled.set()


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    store = Store.open(url_in(tmp_path))
    yield Post(store)
    await store.close()


async def test_what_is_due_is_said_once_and_its_card_is_known_where_it_stands(post: Post) -> None:
    await post.put("checkins:1", subject="checkins:1")
    await post.put("checkins:2", due=START + timedelta(seconds=1))
    await post.sweeps()
    await post.sweeps()
    assert post.chat.keys == ["checkins:1"]
    there = replace(ANN, conversation="DU1")
    assert post.chat.standing[0].to == there
    assert await post.store.read(ANN, lambda unit: unit.places.of("checkins:1")) == [Place(there, "1")]
    await post.sweeps(after=timedelta(seconds=1))
    assert post.chat.keys == ["checkins:1", "checkins:2"]
    assert post.counted("sent") == 2


async def test_what_is_put_while_the_courier_waits_goes_out_without_a_tick(post: Post) -> None:
    async with asyncio.timeout(WAIT_SECONDS), post.courier().at_work():
        await asyncio.sleep(0)
        await post.put("checkins:1")
        await post.settled.wait()


async def test_a_tick_finds_what_has_become_due(post: Post) -> None:
    courier = post.courier()
    await post.put("checkins:1", due=START + timedelta(hours=1))
    async with asyncio.timeout(WAIT_SECONDS), courier.at_work():
        post.clock.passes(timedelta(hours=1))
        await courier.wake()
        await post.settled.wait()


async def test_a_card_is_dressed_on_its_way_out(post: Post) -> None:
    await post.put("checkins:1")
    await post.sweeps(post.courier(dressed=lambda card: replace(card, summary=f"{card.summary} Dressed.")))
    assert post.chat.standing[0].card.summary == "Write to Acme. Dressed."


async def test_one_persons_letters_go_one_after_the_other_longest_due_first(post: Post) -> None:
    for number in (3, 1, 2):
        await post.put(f"a:{number}", due=START - timedelta(hours=4 - number))
    await post.sweeps()
    assert post.chat.keys == ["a:1", "a:2", "a:3"]
    assert post.steps == [f"{step} a:{n}" for n in (1, 2, 3) for step in ("claimed", "begun", "posted", "settled")]


async def test_what_follows_a_letter_that_has_to_wait_waits_too(post: Post) -> None:
    for number in (1, 2):
        await post.put(f"a:{number}")
    post.chat.troubles.append(PlatformError())
    await post.sweeps()
    assert post.chat.keys == []
    await post.sweeps(after=post.habits.first_wait)
    assert post.chat.keys == ["a:1", "a:2"]


async def test_a_refused_letter_is_tried_again_then_given_up_and_can_be_sent_after_all(post: Post) -> None:
    await post.put("a:1")
    post.chat.refuses["T1"] = PlatformError()
    for _ in range(ATTEMPTS + 3):
        await post.sweeps(after=LONGEST_WAIT)
    assert len(post.chat.attempts) == ATTEMPTS
    assert (post.counted("again"), post.counted("dead")) == (ATTEMPTS - 1, 1)
    assert await post.standing() == Standing(0, {"PlatformError": 1})
    post.chat.refuses.clear()
    assert await post.store.letters.revive(post.clock()) == 1
    await post.sweeps()
    assert post.chat.keys == ["a:1"]


def test_a_lease_shorter_than_a_sending_is_refused() -> None:
    with pytest.raises(ValueError, match="lease"):
        Habits(lease=timedelta(seconds=5))


def test_waits_grow_and_stay_within_bounds_however_often_something_fails() -> None:
    surely, never = Habits(chance=lambda: 1.0), Habits(chance=lambda: 0.0)
    assert [surely.wait(n).total_seconds() for n in (0, 1, 2, 3)] == [2, 4, 8, 16]
    assert surely.wait(10_000) == LONGEST_WAIT
    assert never.wait(5) == timedelta()


async def test_a_card_nobody_can_read_any_more_is_given_up_at_once(post: Post) -> None:
    await post.store.write(ANN, lambda unit: unit.outbox.put("a:1", Card("x", (), version=99), START), at=START)
    await post.sweeps()
    assert await post.standing() == Standing(0, {"unreadable card": 1})


async def test_whoever_can_not_be_reached_is_given_up_at_once_with_the_reason(post: Post) -> None:
    post.chat.silent["U1"] = UnreachableError()
    post.chat.troubles.append(UnreachableError())
    await post.put("a:1")
    await post.put("b:1", BOB)
    await post.sweeps()
    assert await post.standing() == Standing(0, {"unreachable: forbidden": 2})
    assert post.chat.keys == []


async def test_a_teams_letter_is_posted_where_its_members_read_and_its_card_is_known_there(post: Post) -> None:
    await post.put("digest:7:1", WEST, subject="digest:7", conversation="C1")
    await post.sweeps()
    there = replace(WEST, conversation="C1")
    assert [(one.to, one.key) for one in post.chat.standing] == [(there, "digest:7:1")]
    assert post.chat.shared == ["digest:7:1"]
    assert await post.store.read(ANN, lambda unit: unit.places.of_team("7", "digest:7")) == [Place(there, "1")]
    assert await post.store.read(ANN, lambda unit: unit.places.of("digest:7")) == []


async def test_a_letter_for_two_goes_to_a_chat_of_both_or_to_ones_own(post: Post) -> None:
    await post.put("help:1", beside="U2")
    await post.sweeps()
    post.chat.opens = False
    await post.put("help:2", beside="U2")
    await post.sweeps()
    assert [one.to.conversation for one in post.chat.standing] == ["GU1U2", "DU1"]
    assert post.chat.shared == ["help:1"]


@pytest.mark.parametrize("obstacle", ["archived", "not_in_channel", "gone", "forbidden"])
async def test_a_channel_that_can_not_be_posted_to_is_given_up_with_what_to_fix(post: Post, obstacle: Obstacle) -> None:
    post.chat.troubles.append(UnreachableError("", obstacle))
    await post.put("digest:7:1", WEST, conversation="C1")
    await post.sweeps()
    assert await post.standing() == Standing(0, {f"unreachable: {obstacle}": 1})
    assert post.chat.keys == []


async def test_a_post_in_doubt_is_looked_for_in_its_channel(post: Post) -> None:
    await post.put("digest:7:1", WEST, conversation="C1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    await post.sweeps(after=timedelta(minutes=1))
    assert (post.chat.searches, post.chat.keys) == (["digest:7:1"], ["digest:7:1"])
    assert post.counted("found") == 1


async def test_letters_of_two_teams_into_one_channel_keep_its_pace(post: Post) -> None:
    post.chat.pace = Pace(conversation=(Rate(1, 1),))
    await post.put("digest:7:1", WEST, conversation="C1")
    await post.put("digest:8:1", replace(WEST, user="team:8"), conversation="C1")
    await post.sweeps()
    assert post.patience.waited == [1.0]
    assert sorted(post.chat.keys) == ["digest:7:1", "digest:8:1"]


async def test_nothing_goes_to_a_tenant_before_its_platform_allows_it_and_others_are_served(post: Post) -> None:
    for number in range(120):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    await post.put("e:1", EVE)
    post.chat.refuses["T1"] = BusyError(retry_after=60)
    courier = post.courier()
    await post.sweeps(courier)
    assert post.chat.keys == ["e:1"]
    refused = len(post.chat.attempts)
    await post.sweeps(courier, after=timedelta(seconds=59))
    assert len(post.chat.attempts) == refused
    post.chat.refuses.clear()
    for _ in range(20):
        await post.sweeps(courier, after=LONGEST_WAIT)
    assert len(post.chat.keys) == 121


async def test_a_platform_that_is_away_for_days_loses_nothing_and_gives_nothing_up(post: Post) -> None:
    await post.put("a:1")
    post.chat.refuses["T1"] = BusyError()
    courier = post.courier()
    for _ in range(3 * 24 * 4):
        await post.sweeps(courier, after=LONGEST_WAIT)
    assert (await post.standing()).dead == {}
    post.chat.refuses.clear()
    await post.sweeps(courier, after=LONGEST_WAIT)
    assert post.chat.keys == ["a:1"]


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "got lost"])
async def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(post: Post, *, arrived: bool) -> None:
    await post.put("a:1", subject="prep:1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    if not arrived:
        post.chat.standing.clear()
    await post.sweeps(after=timedelta(minutes=1))
    assert post.chat.searches == ["a:1"]
    assert post.chat.keys == ["a:1"]
    assert post.counted("found") == int(arrived)
    there = replace(ANN, conversation="DU1")
    assert await post.store.read(ANN, lambda unit: unit.places.of("prep:1")) == [Place(there, "1")]


async def test_what_may_have_arrived_is_not_looked_for_too_soon(post: Post) -> None:
    await post.put("a:1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps(post.courier(chance=lambda: 0.0))
    await post.sweeps(after=post.habits.doubt - timedelta(seconds=1))
    assert post.chat.searches == []


async def test_a_platform_that_can_not_look_up_doubles_at_most_what_is_in_doubt(post: Post) -> None:
    post.chat.remembers = False
    await post.put("a:1")
    await post.put("b:1", BOB)
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    await post.sweeps(after=timedelta(minutes=1))
    assert sorted(post.chat.keys) == ["a:1", "a:1", "b:1"]


async def test_a_look_up_that_fails_sends_nothing(post: Post) -> None:
    await post.put("a:1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    post.chat.unsearchable = BusyError()
    await post.sweeps(after=timedelta(minutes=1))
    assert len(post.chat.attempts) == 1
    post.chat.unsearchable = None
    await post.sweeps(after=timedelta(minutes=1))
    assert post.chat.keys == ["a:1"]


async def test_a_platform_that_keeps_silent_is_given_up_and_what_it_did_is_in_doubt(post: Post) -> None:
    await post.put("a:1")
    post.chat.hangs = True
    await post.sweeps(post.courier(sending=timedelta(milliseconds=20)))
    post.chat.hangs = False
    await post.sweeps(after=timedelta(minutes=1))
    assert post.chat.searches == ["a:1"]
    assert post.chat.keys == ["a:1"]


async def test_whoever_slept_past_the_lease_posts_nothing(post: Post) -> None:
    def sleeps(step: str, _letter: Letter) -> None:
        if step == "begun":
            post.clock.passes(LEASE - timedelta(seconds=1))

    await post.put("a:1")
    await post.sweeps(post.courier(observe=sleeps))
    assert post.chat.attempts == []
    assert post.counted("stale") == 1
    await post.sweeps(after=timedelta(seconds=1))
    assert post.chat.searches == ["a:1"]
    assert post.chat.keys == ["a:1"]


async def test_messages_keep_the_pace_of_a_conversation(post: Post) -> None:
    post.chat.pace = Pace(conversation=(Rate(1, 1),))
    for number in range(4):
        await post.put(f"a:{number}")
    await post.sweeps()
    assert [at - START for _, at in post.chat.attempts] == [timedelta(seconds=n) for n in range(4)]


async def test_a_tenant_whose_pace_is_used_up_holds_nobody_else_up(post: Post) -> None:
    post.chat.pace = Pace(tenant=(Rate(30, 1),))
    for number in range(200):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    await post.put("e:1", EVE)
    courier = post.courier(pause=_forever, sending=timedelta(milliseconds=20))
    async with asyncio.timeout(WAIT_SECONDS), courier.at_work():
        while "e:1" not in post.chat.keys:
            post.chat.reached.clear()
            await post.chat.reached.wait()
    assert len(post.chat.keys) == 31


async def test_a_turn_that_comes_after_the_lease_is_waited_for_in_the_outbox(post: Post) -> None:
    post.chat.pace = Pace(conversation=(Rate(1, LEASE.total_seconds()),))
    for number in range(2):
        await post.put(f"a:{number}")
    courier = post.courier()
    await post.sweeps(courier)
    assert (post.chat.keys, post.patience.waited) == (["a:0"], [])
    await post.sweeps(courier, after=LEASE - timedelta(seconds=1))
    assert post.chat.keys == ["a:0"]
    await post.sweeps(courier, after=timedelta(seconds=1))
    assert post.chat.keys == ["a:0", "a:1"]


async def test_told_to_stop_it_finishes_what_is_begun_and_puts_back_the_rest(post: Post) -> None:
    for number in range(3):
        await post.put(f"a:{number}")
    post.chat.gate.clear()
    async with asyncio.timeout(WAIT_SECONDS):
        async with post.courier().at_work():
            await post.chat.reached.wait()
            asyncio.get_running_loop().call_later(0.02, post.chat.gate.set)
    assert post.chat.keys == ["a:0"]
    assert post.counted("sent") == 1
    await post.sweeps()
    assert post.chat.keys == ["a:0", "a:1", "a:2"]
    assert post.chat.searches == []


async def test_a_database_that_goes_away_before_a_letter_is_settled_is_asked_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, away = post.store.letters, 3
    settle = letters.settle_sent

    async def sometimes(letter: Letter, message: str, now: datetime) -> bool:
        nonlocal away
        away -= 1
        if away > 0:
            raise StoreUnavailableError
        return await settle(letter, message, now)

    monkeypatch.setattr(letters, "settle_sent", sometimes)
    await post.put("a:1")
    await post.sweeps()
    await post.sweeps(after=LEASE)
    assert len(post.chat.attempts) == 1
    assert post.counted("sent") == 1


async def test_couriers_share_an_outbox_and_say_everything_once(post: Post) -> None:
    for number in range(200):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number % 50}"))
    await asyncio.gather(*(post.sweeps(post.courier()) for _ in range(3)))
    await post.sweeps()
    assert sorted(post.chat.keys) == sorted(f"a:{n}" for n in range(200))


async def test_a_letter_begun_while_another_is_refused_waits_as_long_as_the_platform_asks(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, refused = post.store.letters, asyncio.Event()
    begin, retry = letters.begin, letters.settle_retry

    async def slowly(letter: Letter, now: datetime) -> bool:
        mine = await begin(letter, now)
        if letter.key == "b:1":
            await refused.wait()
        return mine

    async def heard(letter: Letter, *how: Any, **more: Any) -> bool:  # noqa: ANN401  whatever it takes
        refused.set()
        return await retry(letter, *how, **more)

    monkeypatch.setattr(letters, "begin", slowly)
    monkeypatch.setattr(letters, "settle_retry", heard)
    post.chat.troubles.append(BusyError(retry_after=60))
    await post.put("a:1", ANN)
    await post.put("b:1", BOB)
    courier = post.courier()
    await post.sweeps(courier)
    assert [key for key, _ in post.chat.attempts] == ["a:1"]
    await post.sweeps(courier, after=timedelta(seconds=60) + post.habits.first_wait)
    assert sorted(post.chat.keys) == ["a:1", "b:1"]
    assert post.chat.searches == []


async def test_those_refused_together_are_left_alone_once_and_not_once_for_each(post: Post) -> None:
    for number in range(30):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    post.chat.refuses["T1"] = BusyError(retry_after=1)
    courier = post.courier()
    await post.sweeps(courier)
    post.chat.refuses.clear()
    await post.sweeps(courier, after=timedelta(seconds=1) + post.habits.first_wait)
    assert len(post.chat.keys) == 30


async def test_a_card_that_can_not_be_drawn_is_given_up_after_its_attempts(post: Post) -> None:
    await post.put("a:1")
    post.chat.refuses["T1"] = KeyError("text")
    for _ in range(5):
        await post.sweeps(post.courier(attempts=2), after=LONGEST_WAIT)
    assert len(post.chat.attempts) == 2
    assert await post.standing() == Standing(0, {"broken: KeyError": 1})


async def test_a_letter_that_ends_its_process_each_time_is_given_up(post: Post) -> None:
    await post.put("a:1")
    for _ in range(ATTEMPTS):
        [letter] = await post.store.letters.claim(post.clock(), 1, LEASE, platform="slack")
        await post.store.letters.begin(letter, post.clock())
        post.clock.passes(LEASE)
    await post.sweeps()
    assert post.chat.attempts == []
    assert await post.standing() == Standing(0, {"interrupted each time": 1})


async def test_a_platform_that_hangs_holds_no_other_platform_up(post: Post) -> None:
    for number in range(200):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    await post.put("t:1", Address("teams", "T9", "", "29:tom"), START + timedelta(seconds=1))
    post.clock.passes(timedelta(seconds=1))
    post.chat.gate.clear()
    post.chats["teams"] = other = Chat(post.clock)
    async with asyncio.timeout(WAIT_SECONDS):
        async with post.courier().at_work():
            await other.reached.wait()
            post.chat.gate.set()
    assert other.keys == ["t:1"]


async def test_no_more_letters_are_on_their_way_at_once_than_a_platform_allows(post: Post) -> None:
    post.chat.pace = Pace(at_once=2)
    for number in range(20):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    post.chat.gate.clear()
    async with asyncio.timeout(WAIT_SECONDS):
        async with post.courier().at_work():
            await post.chat.reached.wait()
            await asyncio.sleep(0.05)
            assert len(post.chat.attempts) == 2
            post.chat.gate.set()


async def test_a_tenant_that_answers_nothing_clear_is_left_alone_for_a_while(post: Post) -> None:
    for number in range(120):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
    await post.put("e:1", EVE)
    post.chat.refuses["T1"] = AmbiguousError()
    courier = post.courier()
    await post.sweeps(courier)
    assert "e:1" in post.chat.keys
    assert len(post.chat.attempts) < 50


async def test_looking_in_vain_costs_no_attempt_however_long_the_platform_is_away(post: Post) -> None:
    await post.put("a:1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    post.chat.unsearchable = AmbiguousError()
    courier = post.courier()
    for _ in range(3 * ATTEMPTS):
        await post.sweeps(courier, after=LONGEST_WAIT)
    assert (await post.standing()).dead == {}
    post.chat.unsearchable = None
    await post.sweeps(courier, after=LONGEST_WAIT)
    assert (len(post.chat.attempts), post.counted("found")) == (1, 1)


async def test_who_is_forgotten_while_a_letter_is_looked_for_is_written_to_no_more(post: Post) -> None:
    async def forget() -> None:
        await post.store.write(ANN, lambda unit: unit.forget(), at=START)

    await post.put("a:1")
    post.chat.troubles.append(AmbiguousError())
    await post.sweeps()
    post.chat.standing.clear()
    post.chat.while_searching = forget
    await post.sweeps(after=timedelta(minutes=1))
    assert post.chat.searches == ["a:1"]
    assert post.chat.keys == []


async def test_a_platform_that_asks_for_silence_is_not_even_asked_where_a_person_is(post: Post) -> None:
    post.chat.pace = Pace(at_once=1)
    for number in range(20):
        await post.put(f"a:{number}", replace(ANN, user=f"U{number}"))
        post.chat.silent[f"U{number}"] = BusyError(retry_after=60)
    courier = post.courier()
    await post.sweeps(courier)
    await post.sweeps(courier, after=timedelta(seconds=59))
    assert post.chat.looked_up == ["U0"]


async def test_a_platform_that_asks_for_an_absurd_silence_is_asked_again_after_a_day(post: Post) -> None:
    await post.put("a:1")
    post.chat.refuses["T1"] = BusyError(retry_after=1e300)
    courier = post.courier()
    await post.sweeps(courier)
    post.chat.refuses.clear()
    await post.sweeps(courier, after=timedelta(days=1, minutes=1))
    assert post.chat.keys == ["a:1"]
    assert post.chat.searches == []


async def test_a_letter_waits_for_its_readers_decent_hour_and_the_platform_is_asked_nothing(post: Post) -> None:
    morning = START + timedelta(hours=9)

    async def opportune(_letter: Letter, now: datetime) -> datetime:
        return max(now, morning)

    for number in (1, 2):
        await post.put(f"a:{number}")
    await post.sweeps(post.courier(opportune=opportune))
    assert (post.chat.keys, post.chat.looked_up) == ([], [])
    await post.sweeps(post.courier(opportune=opportune), after=timedelta(hours=9))
    assert post.chat.keys == ["a:1", "a:2"]
