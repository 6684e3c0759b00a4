"""A digest as it is read: what people wrote, sums without names, and only the buttons that its reader may press."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.cards import Buttons, Card, Facts, Menu
from bot.chat.charts import Chart
from bot.chat.plain import of_card
from bot.coach.digest import NO_NUMBERS, Counted, Mine, Sent, digest, total
from bot.coach.teams import Count, Period, Share, Shared, Team
from bot.slack import block_kit
from bot.teams import adaptive_card
from content.library import load
from handlers.digest_cards import Paper, card, preview, unposted
from handlers.digest_lines import line_blocks, my_lines, not_here, tip
from handlers.wording import span
from store.teams import Ownerless
from tests.cards import words
from tests.cards.nasty import HOSTILE, LONG

PLAYBOOK = load()
MONDAY, WEEK = date(2026, 11, 16), timedelta(days=7)
PERIOD = Period(MONDAY, MONDAY + WEEK)
NEXT = MONDAY + WEEK
TEAM = Team(id="t1", name="West", channel="C1", channel_name="Sales-West", covered_to=MONDAY)
NAMES = {"ines": "Ines", "tom": "Tom", "maya": "Maya"}
FOUR = [
    Counted(promises_kept=3, promises_late=1, promises_due=2, done=5, snoozed=1, gives=2, gives_with_get=1, gets=3)
] * 4
BEFORE = Sent(Period(MONDAY - WEEK, MONDAY), total([Counted(gives=2, gives_with_get=2)] * 4))


def shared(this: str, kind: Share, text: str, user: str = "ines", helper: str = "") -> Shared:
    return Shared(id=this, team_id="t1", user=user, kind=kind, text=text, on=MONDAY, helper=helper)


WIN = shared("l1", Share.WIN, "Norden named the date themselves.")
HELP = shared("l2", Share.HELP, "Who knows procurement at Globex?", "maya")
LINE = shared("l3", Share.LINE, "Harbour asks everybody for net 60.", "tom")
CLIENTS = [Ownerless(deal_id="d1", name="Acme renewal", client="Acme")]


def paper(
    lines: tuple[Shared, ...] = (WIN, HELP, LINE),
    counts: list[Counted] = FOUR,
    before: tuple[Sent, ...] = (BEFORE,),
    clients: tuple[Ownerless, ...] = tuple(CLIENTS),
) -> Paper:
    made = digest(PERIOD, lines, counts, before, ownerless=len(clients))
    return Paper(digest=made, team=TEAM, names=NAMES, playbook=PLAYBOOK, clients=clients)


def facts(shown: Card) -> dict[str, str]:
    return {fact.label: fact.value for block in shown.blocks if isinstance(block, Facts) for fact in block.rows}


def actions(shown: Card) -> set[str]:
    return {action for action, _ in words.presses(shown)}


def test_the_channel_reads_what_was_shared_and_what_was_counted() -> None:
    shown = card(paper())
    assert shown.summary == "West: the digest for 16–22 Nov 2026"
    said = of_card(shown)
    assert "- Ines: Norden named the date themselves." in said
    assert "Maya: Who knows procurement at Globex?" in said
    assert "- Tom: Harbour asks everybody for net 60." in said
    assert facts(shown) == {
        "Promises": "12 kept · 4 late · 8 still due",
        "Staying in touch": "20 done · 4 put off · 0 skipped",
        "Gives with a get": "4 of 8; last week 8 of 8",
    }
    assert "One client has no owner at the moment." in said


def test_in_the_channel_only_what_anybody_may_do_can_be_pressed() -> None:
    shown = {("digest.help", "t1.l2"), ("digest.not_here", "t1"), ("digest.manage", "t1")}
    assert words.presses(card(paper())) == shown
    assert "Acme" not in of_card(card(paper()))


def test_the_managers_own_copy_has_what_only_they_may_do() -> None:
    mine = card(paper(), for_manager=True)
    assert words.presses(mine) - words.presses(card(paper())) == {
        ("digest.assign", "t1.d1"),
        ("digest.tip", "t1.balance.trade"),
    }
    assert "what went to #Sales-West" in of_card(mine)
    assert [button.dialog for block in mine.blocks if isinstance(block, Buttons) for button in block.buttons] == [
        False, True, False, False,
    ]  # fmt: skip


def test_a_preview_says_that_it_is_one_and_when_it_goes_out() -> None:
    shown = preview(paper(), NEXT)
    assert "A preview, for you alone. It goes to #Sales-West on Mon 23 Nov 2026 at 08:30" in of_card(shown)
    assert actions(shown) == {"digest.assign", "digest.tip", "digest.not_here", "digest.schedule", "digest.team"}


def test_a_digest_that_could_not_be_posted_comes_with_the_reason() -> None:
    said = of_card(unposted(paper(), "I couldn't post to #Sales-West: it is archived."))
    assert "I couldn't post to #Sales-West: it is archived. So you have it here" in said


def test_whoever_helps_is_named_and_nobody_else_is_asked() -> None:
    shown = card(paper((replace(HELP, helper="tom"),)))
    assert "Who knows procurement at Globex?\n\nTom is helping." in of_card(shown)
    assert "digest.help" not in actions(shown)


def test_of_many_requests_one_menu_offers_help() -> None:
    many = tuple(shared(f"h{n}", Share.HELP, f"Question {n}") for n in range(6))
    shown = card(paper(many))
    (menu,) = [block for block in shown.blocks if isinstance(block, Menu)]
    assert [option.id for option in menu.options] == [f"t1.h{n}" for n in range(6)]
    assert menu.options[0].label == "Ines: Question 0"


def test_of_many_clients_without_an_owner_one_menu_assigns() -> None:
    many = tuple(replace(CLIENTS[0], deal_id=f"d{n}", name=f"Client {n}") for n in range(9))
    (menu,) = [block for block in card(paper((), clients=many), for_manager=True).blocks if isinstance(block, Menu)]
    assert (menu.action, menu.dialog, len(menu.options)) == ("digest.assign", True, 9)


def test_three_contributors_make_words_and_no_number() -> None:
    said = of_card(card(paper(counts=FOUR[:3], before=())))
    assert "No numbers this time: a number needs four people behind it" in said
    assert facts(card(paper(counts=FOUR[:3], before=()))) == {}
    assert not any(isinstance(block, Chart) for block in card(paper(counts=FOUR[:3], before=())).blocks)
    assert "Norden" in said


def test_what_too_few_have_something_in_is_named_without_a_number() -> None:
    shown = card(paper(counts=[*FOUR, Counted(renewals=2)]))
    assert "fewer than four people have something in it: what came of clients." in of_card(shown)
    assert "renewal" not in of_card(shown)


def test_payoffs_are_counted_and_nothing_is_claimed_to_have_caused_them() -> None:
    shown = card(paper(counts=[Counted(renewals=1), Counted(renewals=2), Counted(expansions=1), Counted(referrals=1)]))
    assert facts(shown) == {"What came of clients": "3 renewals · 1 expansion · 1 referral"}
    assert "What brought them about, no number can say." in of_card(shown)


@pytest.mark.parametrize(
    ("before", "counts", "said"),
    [
        ((), FOUR, "4 of 8"),
        ((BEFORE,), [Counted(gets=1)] * 4, "no gives, and 4 gets; last week 8 of 8"),
        ((replace(BEFORE, period=Period(MONDAY - 3 * WEEK, MONDAY)),), FOUR, "4 of 8; the time before 8 of 8"),
        ((replace(BEFORE, totals=NO_NUMBERS),), FOUR, "4 of 8"),
    ],
)
def test_gives_are_set_against_the_time_before(before: tuple[Sent, ...], counts: list[Counted], said: str) -> None:
    assert facts(card(paper(before=before, counts=counts)))["Gives with a get"] == said


def test_a_quiet_week_is_kind_and_brings_a_practice() -> None:
    said = of_card(card(paper((), [], (), ())))
    assert "A quiet week" in said
    assert "digest win, digest help or digest line" in said
    assert "Practice of the week" in said
    assert "What went well" not in said


def test_the_picture_shows_each_number_of_each_week() -> None:
    pictures = [block for block in card(paper()).blocks if isinstance(block, Chart)]
    assert [chart.columns[1:] for chart in pictures] == [("Gives", "Gets"), ("Promises kept", "Check-ins done")]
    assert pictures[0].labels == ("28 Sep", "5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov", "16 Nov")
    assert [one.values for one in pictures[0].series] == [(None,) * 6 + (8, 8), (None,) * 6 + (0, 12)]
    assert [one.values for one in pictures[1].series] == [(None,) * 7 + (12,), (None,) * 7 + (20,)]
    assert pictures[0].says.endswith("from 16 Nov: gives 8 and gets 12.")
    assert pictures[0].told.endswith("9 Nov: Gives 8, Gets 0. 16 Nov: Gives 8, Gets 12.")


def test_what_a_gap_means_is_said_where_there_is_one() -> None:
    gap = "A dash in a picture is a week without a number"
    assert gap in of_card(card(paper()))
    whole = tuple(
        replace(BEFORE, period=Period(MONDAY - n * WEEK, MONDAY - (n - 1) * WEEK), totals=total(FOUR))
        for n in range(8, 0, -1)
    )
    assert gap not in of_card(card(paper(before=whole)))


def test_a_digest_of_three_weeks_is_named_by_its_days_in_the_picture() -> None:
    long = replace(BEFORE, period=Period(MONDAY - 3 * WEEK, MONDAY))
    (chart, _) = [block for block in card(paper(before=(long,))).blocks if isinstance(block, Chart)]
    assert chart.labels[-2:] == ("26 Oct–15 Nov", "16 Nov")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov – 6 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027"),
        (date(2026, 11, 16), date(2026, 11, 16), "Mon 16 Nov 2026"),
    ],
)
def test_days_in_a_row_are_written_shortly(first: date, last: date, said: str) -> None:
    assert span(first, last) == said


COUNTED = st.builds(Counted, **{name: st.integers(100, 999) for name in Counted.__dataclass_fields__})


@settings(deadline=None)
@given(st.lists(COUNTED, max_size=3), st.lists(st.lists(COUNTED, max_size=3), max_size=8))
def test_fewer_than_four_people_never_show_in_a_number(counts: list[Counted], past: list[list[Counted]]) -> None:
    before = tuple(
        Sent(Period(MONDAY - n * WEEK, MONDAY - (n - 1) * WEEK), total(past[n - 1])) for n in range(len(past), 0, -1)
    )
    for shown in (card(paper(counts=counts, before=before)), preview(paper(counts=counts, before=before), NEXT)):
        assert re.findall(r"\d{3,}", of_card(shown).replace("2026", "")) == []


@pytest.mark.parametrize("text", [*HOSTILE.values(), LONG], ids=[*HOSTILE, "long"])
def test_whatever_people_type_every_platform_takes_it(text: str) -> None:
    lines = tuple(shared(f"{kind}{n}", kind, text, user="ada") for kind in Share for n in range(30))
    told = Paper(
        digest=digest(PERIOD, lines, FOUR, (BEFORE,), ownerless=1),
        team=replace(TEAM, name=text, channel_name=text),
        names={"ada": text},
        playbook=PLAYBOOK,
        clients=(replace(CLIENTS[0], name=text),),
    )
    for shown in (card(told), card(told, for_manager=True), preview(told, NEXT)):
        assert words.presses(shown)
        assert block_kit.render(shown)
        assert adaptive_card.render(shown)


def test_an_ordinary_digest_is_one_message_on_every_platform() -> None:
    many = (WIN, HELP, replace(HELP, id="l4"), LINE)
    told = paper(many, clients=(CLIENTS[0], replace(CLIENTS[0], deal_id="d2")))
    for shown in (card(told), card(told, for_manager=True), preview(told, NEXT)):
        assert (len(block_kit.render(shown)), len(adaptive_card.render(shown))) == (1, 1)


MINE = Mine(period=PERIOD, shared=(WIN, HELP), counted=FOUR[0], withheld=frozenset({Count.TRADES}))


def test_a_rep_sees_each_line_of_theirs_and_can_take_it_out() -> None:
    shown = my_lines(TEAM, MINE, PLAYBOOK, on=NEXT)
    assert words.presses(shown) == {
        ("digest.out", "t1.line.l1"),
        ("digest.out", "t1.line.l2"),
        ("digest.out", "t1.2026-11-16.promises"),
        ("digest.out", "t1.2026-11-16.checkins"),
        ("digest.in", "t1.2026-11-16.trades"),
        ("digest.not_here", "t1"),
    }
    said = of_card(shown)
    assert "goes to #Sales-West on Mon 23 Nov 2026 at 08:30" in said
    assert "A win: Norden named the date themselves." in said
    assert "Promises: 3 kept · 1 late · 2 still due" in said
    assert "Staying in touch: 5 done · 1 put off\n" in said
    assert "Gives and gets: Taken out. Nobody is told." in said


def test_ones_own_numbers_are_written_with_their_nouns() -> None:
    counted = Counted(gives=2, gives_with_get=1, gets=1, renewals=1, referrals=3)
    said = of_card(my_lines(TEAM, Mine(period=PERIOD, counted=counted), PLAYBOOK, on=NEXT))
    assert "Gives and gets: 2 gives · 1 give with a get · 1 get" in said
    assert "What came of clients: 1 renewal · 3 referrals" in said


def test_who_has_nothing_in_it_is_told_that_this_is_fine() -> None:
    shown = my_lines(TEAM, Mine(period=PERIOD), PLAYBOOK, on=NEXT)
    assert "You have nothing in it so far, and that is fine." in of_card(shown)
    assert actions(shown) == {"digest.not_here"}


def test_the_days_message_can_carry_the_same_lines() -> None:
    assert tuple(line_blocks(TEAM, MINE, PLAYBOOK, on=NEXT)) == my_lines(TEAM, MINE, PLAYBOOK, on=NEXT).blocks


def test_a_channel_without_a_name_is_spoken_of_all_the_same() -> None:
    nameless = replace(TEAM, channel_name="")
    assert "goes to its channel on" in of_card(my_lines(nameless, MINE, PLAYBOOK, on=NEXT))


def test_what_is_not_here_is_four_points() -> None:
    said = of_card(not_here(PLAYBOOK))
    assert said.count("\n- ") + said.startswith("- ") == 4
    assert "league table" in said


def test_a_posted_tip_is_the_practice_and_nothing_to_press() -> None:
    shown = tip("balance.trade", PLAYBOOK)
    assert PLAYBOOK.practice("balance.trade").why in of_card(shown)
    assert words.presses(shown) == set()


def test_of_many_lines_one_menu_takes_out_and_what_is_out_keeps_its_button() -> None:
    lines = tuple(shared(f"l{n}", Share.LINE, f"Line {n}") for n in range(3))
    counted = Counted(promises_kept=2, gives=1)
    mine = Mine(period=PERIOD, shared=lines, counted=counted, withheld=frozenset({Count.TRADES}))
    shown = my_lines(TEAM, mine, PLAYBOOK, on=NEXT)
    (menu,) = [block for block in shown.blocks if isinstance(block, Menu)]
    assert [option.label for option in menu.options] == [*(f"A line: Line {n}" for n in range(3)), "Promises: 2 kept"]
    assert menu.action == "digest.out"
    buttons = [one.action for block in shown.blocks if isinstance(block, Buttons) for one in block.buttons]
    assert buttons == ["digest.in", "digest.not_here"]
