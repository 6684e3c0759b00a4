from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.preparation import Answers, Certainty, Depth, Prep
from store import Store, Unit

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = timedelta(seconds=1)


async def _start(store: Store, name: str = "Acme renewal", at: datetime = NOW) -> tuple[Deal, Prep]:
    def work(unit: Unit) -> tuple[Deal, Prep]:
        deal = unit.deals.add(DealDraft(name=name, client="Acme"))
        return deal, unit.preps.start(deal.id, at)

    return await store.write(ANN, work, at=at)


async def test_a_new_preparation_is_blank(store: Store) -> None:
    deal, prep = await _start(store)
    assert prep == Prep(id=prep.id, deal_id=deal.id)
    assert await store.read(ANN, lambda unit: (unit.preps.of(deal.id), unit.preps.get(prep.id))) == (prep, prep)


async def test_a_deal_has_one_preparation_however_often_it_is_started(store: Store) -> None:
    deal, prep = await _start(store)
    assert await store.write(ANN, lambda unit: unit.preps.start(deal.id, NOW + SOON), at=NOW) == prep


async def test_nothing_is_there_before_it_is_started(store: Store) -> None:
    assert await store.read(ANN, lambda unit: (unit.preps.of("nope"), unit.preps.get("nope"))) == (None, None)
    assert await store.write(ANN, lambda unit: unit.preps.answer("nope", Answers(), NOW), at=NOW) is None
    assert await store.write(ANN, lambda unit: unit.preps.depth("nope", Depth.FULL, NOW), at=NOW) is None
    nothing = await store.write(ANN, lambda unit: unit.preps.tick("nope", frozenset("a"), frozenset("a"), NOW), at=NOW)
    assert nothing is None


async def test_answers_depth_and_ticks_are_there_tomorrow(store: Store) -> None:
    deal, prep = await _start(store)
    answers = Answers(
        matters="Onboarding by May",
        certainty=Certainty.GUESS,
        ideal="48k",
        realistic="45k",
        walk_away="41k",
        give="Net 60",
        get="A reference call",
    )

    def work(unit: Unit) -> None:
        unit.preps.answer(prep.id, answers, NOW)
        unit.preps.depth(prep.id, Depth.FULL, NOW)
        unit.preps.tick(prep.id, frozenset({"a.b", "c d", "e\nf"}), frozenset({"a.b", "e\nf"}), NOW)

    await store.write(ANN, work, at=NOW)
    assert await store.read(ANN, lambda unit: unit.preps.of(deal.id)) == Prep(
        id=prep.id,
        deal_id=deal.id,
        answers=answers,
        answered=True,
        depth=Depth.FULL,
        ticked=frozenset({"a.b", "e\nf"}),
    )


async def _tick(store: Store, prep: Prep, shown: str, chosen: str, at: datetime) -> frozenset[str]:
    ticked = await store.write(
        ANN, lambda unit: unit.preps.tick(prep.id, frozenset(shown), frozenset(chosen), at), at=at
    )
    assert ticked
    return ticked.ticked


async def test_lines_that_were_not_shown_keep_their_ticks(store: Store) -> None:
    _, prep = await _start(store)
    await _tick(store, prep, "abc", "ab", NOW)
    assert await _tick(store, prep, "cd", "d", NOW + SOON) == frozenset("abd")
    assert await _tick(store, prep, "ab", "b", NOW + 2 * SOON) == frozenset("bd")


async def test_a_click_that_arrives_late_does_not_undo_a_newer_one(store: Store) -> None:
    _, prep = await _start(store)
    await _tick(store, prep, "ab", "a", NOW + SOON)
    assert await _tick(store, prep, "abc", "bc", NOW) == frozenset("ac")


async def test_ticks_end_up_the_same_in_whatever_order_the_clicks_arrive(store: Store) -> None:
    clicks = [("ab", "a", NOW), ("ab", "b", NOW + SOON), ("bc", "c", NOW + 2 * SOON)]
    _, forth = await _start(store)
    _, back = await _start(store)
    there = [await _tick(store, forth, *click) for click in clicks]
    round_about = [await _tick(store, back, *click) for click in reversed(clicks)]
    assert there[-1] == round_about[-1] == frozenset("c")


async def test_recent_preparations_are_of_open_deals_and_the_last_touched_comes_first(store: Store) -> None:
    first, first_prep = await _start(store, "First")
    second, second_prep = await _start(store, "Second", NOW + SOON)
    won, _ = await _start(store, "Won", NOW + 2 * SOON)
    await store.write(ANN, lambda unit: unit.deals.close(won.id, Stage.WON, NOW), at=NOW)
    assert await store.read(ANN, lambda unit: unit.preps.recent()) == [(second_prep, second), (first_prep, first)]
    await _tick(store, first_prep, "a", "", NOW + 3 * SOON)
    assert await store.read(ANN, lambda unit: unit.preps.recent(1)) == [(first_prep, first)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(), min_size=6, max_size=6))
async def test_any_answer_comes_back_as_typed_but_for_nul(store: Store, texts: list[str]) -> None:
    _, prep = await _start(store)
    fields = ("matters", "ideal", "realistic", "walk_away", "give", "get")
    answers = Answers(**dict(zip(fields, texts, strict=True)))  # type: ignore[arg-type]  # all of these are text
    answered = await store.write(ANN, lambda unit: unit.preps.answer(prep.id, answers, NOW), at=NOW)
    assert answered
    assert [getattr(answered.answers, name) for name in fields] == [text.replace("\x00", "") for text in texts]
