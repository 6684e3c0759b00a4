import time
from datetime import UTC, date, datetime

import pytest

from bot.chat.address import Address
from bot.coach.deals import Deal, DealDraft, Stage
from store import ImportedDeal, Store

ANN = Address("slack", "T1", "D1", "U1")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def _add(store: Store, *names: tuple[str, str]) -> list[Deal]:
    drafts = [DealDraft(name=name, client=client) for name, client in names]
    return await store.write(ANN, lambda unit: [unit.deals.add(draft) for draft in drafts], at=NOW)


async def _names(store: Store, words: str, limit: int = 6) -> list[str]:
    return [deal.name for deal in await store.read(ANN, lambda unit: unit.deals.find(words, limit=limit))]


@pytest.mark.parametrize(
    "typed",
    [
        "acme",
        "ACME",
        "acm",
        "  acme  ",
        "ren",
        "acme renewal",
        "renewal acme",
        "renewal corp",
        "ac re co",
        "acme!",
        "\x00acme",
    ],
)
async def test_a_deal_is_found_by_the_beginnings_of_its_words(store: Store, typed: str) -> None:
    await _add(store, ("Acme renewal", "Acme Corp"), ("Globex pilot", "Globex"))
    assert await _names(store, typed) == ["Acme renewal"]


@pytest.mark.parametrize("typed", ["", "   ", "cme", "acme globex", "acmee", "%", "_", "*"])
async def test_what_begins_no_word_finds_nothing(store: Store, typed: str) -> None:
    await _add(store, ("Acme renewal", "Acme Corp"), ("Globex pilot", "Globex"))
    assert await _names(store, typed) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Straße Süd", "STRASSE SÜD"),
        ("ＡＣＭＥ", "acme"),  # noqa: RUF001  full-width letters, as some keyboards type them
        ("İstanbul", "i̇stanbul"),
        ("Ωmega", "ωM"),
        ("Müller & Söhne", "söh mül"),
        ("株式会社 日本", "株式"),
        ("שלום", "שלו"),
        ("🚀", "🚀"),
        ("don't_stop", "don t_s"),
        ("<!channel>", "channel"),
    ],
)
async def test_letter_case_and_width_and_punctuation_do_not_matter(store: Store, name: str, typed: str) -> None:
    await _add(store, (name, "Client"), ("Other", "Other"))
    assert await _names(store, typed) == [name]


async def test_an_exact_name_comes_first_then_whole_words_then_beginnings(store: Store) -> None:
    await _add(store, ("Acmetal", "Metal"), ("Acme west", "West"), ("Acme", "Zeta"), ("Pilot", "ACME"))
    assert await _names(store, "acme") == ["Acme", "Pilot", "Acme west", "Acmetal"]


async def test_among_equals_the_soonest_to_close_comes_first(store: Store) -> None:
    days = [None, date(2026, 4, 1), date(2026, 3, 5)]
    drafts = [DealDraft(name=f"Acme {number}", client="A", closes_on=day) for number, day in enumerate(days)]
    await store.write(ANN, lambda unit: [unit.deals.add(draft) for draft in drafts], at=NOW)
    assert await _names(store, "acme") == ["Acme 2", "Acme 1", "Acme 0"]
    assert await _names(store, "acme", limit=1) == ["Acme 2"]


async def test_only_open_deals_are_found_unless_another_stage_is_asked_for(store: Store) -> None:
    acme, _ = await _add(store, ("Acme renewal", "Acme"), ("Acme pilot", "Acme"))
    await store.write(ANN, lambda unit: unit.deals.close(acme.id, Stage.WON, NOW), at=NOW)
    assert await _names(store, "acme") == ["Acme pilot"]
    won = await store.read(ANN, lambda unit: unit.deals.find("acme", stage=Stage.WON))
    everything = await store.read(ANN, lambda unit: unit.deals.find("acme", stage=None))
    assert ([deal.id for deal in won], len(everything)) == ([acme.id], 2)


async def test_a_word_typed_twice_and_a_long_sentence_still_find(store: Store) -> None:
    await _add(store, ("a b c d e f g h", "Acme"), ("a b c d e f g x", "Acme"))
    assert await _names(store, "a a a b c d e f g h and what comes after") == ["a b c d e f g h"]


async def test_finding_costs_by_what_matches_not_by_what_is_stored(store: Store) -> None:
    async def seconds() -> float:
        began = time.process_time()
        for _ in range(50):
            assert len(await store.read(ANN, lambda unit: unit.deals.find("acme"))) == 1
        return time.process_time() - began

    await _add(store, ("Acme renewal", "Acme Corp"))
    await seconds()
    few = await seconds()
    rows = [
        ImportedDeal(draft=DealDraft(name=f"Deal {number}", client=f"Client {number}"), owner="U1", key=str(number))
        for number in range(5000)
    ]
    await store.import_deals("T1", rows, NOW)
    assert await seconds() < 3 * few + 0.02
