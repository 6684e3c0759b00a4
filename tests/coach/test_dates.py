"""Dates as a rep types them: a doubtful one is asked, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.coach.date_words import DAYS, LONGEST, MONTHS
from bot.coach.dates import understand, understand_with
from bot.coach.regions import Region
from tests.growth import LINEAR, growth

TODAY = date(2026, 11, 23)

# What each phrase means, by the day on which it is said; the comments say which day that is.
MEANT = {
    # A Wednesday (Thursday is the 26th, the next Monday the 30th).
    "2026-11-25": """
        today = 2026-11-25; Today please = 2026-11-25; eod = 2026-11-25; by EOD today = 2026-11-25
        end of day = 2026-11-25; end of the day = 2026-11-25; cob = 2026-11-25; close of business = 2026-11-25
        tonight = 2026-11-25; this afternoon = 2026-11-25; later today = 2026-11-25; today at 5 = 2026-11-25
        tomorrow = 2026-11-26; tmrw = 2026-11-26; tomorow = 2026-11-26; cob tomorrow = 2026-11-26
        tomorrow morning = 2026-11-26; first thing tomorrow = 2026-11-26; tomorrow at 3pm = 2026-11-26
        tomorrow eod = 2026-11-26; end of business tomorrow = 2026-11-26; noon tomorrow = 2026-11-26
        day after tomorrow = 2026-11-27; the day after tomorrow = 2026-11-27; by the end of tomorrow = 2026-11-26
        thu = 2026-11-26; Thursday = 2026-11-26; thursay = 2026-11-26; Thurs. = 2026-11-26; thu 3pm = 2026-11-26
        eod thu = 2026-11-26; thu eod = 2026-11-26; by eod thursday = 2026-11-26; eod on Thursday = 2026-11-26
        end of day thursday = 2026-11-26; end of Thursday = 2026-11-26; close of business Thursday = 2026-11-26
        thursday, 3 p.m. = 2026-11-26; Thursday 15:30 = 2026-11-26; thursday at noon = 2026-11-26; friday = 2026-11-27
        by friday = 2026-11-27; on fri = 2026-11-27; until Friday = 2026-11-27; no later than friday = 2026-11-27
        by friday at the latest = 2026-11-27; fri, please = 2026-11-27; on or before friday = 2026-11-27
        this friday = 2026-11-27; friday morning = 2026-11-27; firday = 2026-11-27; this coming friday = 2026-11-27
        coming friday = 2026-11-27; friday this week = 2026-11-27; saturday = 2026-11-28; by sat = 2026-11-28
        sunday = 2026-11-29; monday = 2026-11-30; mon = 2026-11-30; first thing monday = 2026-11-30
        early monday = 2026-11-30; tue = 2026-12-01; tues = 2026-12-01; next monday = 2026-11-30
        next tuesday = 2026-12-01; next wednesday = 2026-12-02; friday next week = 2026-12-04
        next week friday = 2026-12-04; next week on Thursday = 2026-12-03; thursday of next week = 2026-12-03
        monday week = 2026-12-07; friday week = 2026-12-04; a week from tuesday = 2026-12-08
        a week on Friday = 2026-12-04; two weeks from friday = 2026-12-11; two fridays from now = 2026-12-04
        3 mondays from now = 2026-12-14; a week from friday = 2026-12-04; in 3 days = 2026-11-28
        in three days = 2026-11-28; 3 days from now = 2026-11-28; in 1 day = 2026-11-26; within 5 days = 2026-11-30
        in a week = 2026-12-02; in 1 week = 2026-12-02; a week from now = 2026-12-02; a week from today = 2026-12-02
        a week today = 2026-12-02; in two weeks = 2026-12-09; in 2 wks = 2026-12-09; 2 weeks from now = 2026-12-09
        in two weeks' time = 2026-12-09; in 10 days time = 2026-12-05; in a fortnight = 2026-12-09
        two weeks from tomorrow = 2026-12-10; in 3 months = 2027-02-25; in a month = 2026-12-25
        in 30 days = 2026-12-25; in 48 hours = 2026-11-27; this time next week = 2026-12-02
        in 3 business days = 2026-11-30; 3 working days = 2026-11-30; in one business day = 2026-11-26
        3 business days from now = 2026-11-30; within 2 working days = 2026-11-27; in ten working days = 2026-12-09
        5 workdays = 2026-12-02; next business day = 2026-11-26; two business days after friday = 2026-12-01
        within the next 3 business days = 2026-11-30; 3 business days after the 1st = 2026-12-04
        the 15th = 2026-12-15; by the 15th = 2026-12-15; the 30th = 2026-11-30; on the 1st = 2026-12-01
        the 15th at 10am = 2026-12-15; friday the 27th = 2026-11-27; 15th of next month = 2026-12-15
        first of next month = 2026-12-01; the 30th of this month = 2026-11-30; the 3rd of the month = 2026-12-03
        eom = 2026-11-30; end of month = 2026-11-30; by the end of the month = 2026-11-30; month end = 2026-11-30
        end-of-month = 2026-11-30; last day of the month = 2026-11-30; end of this month = 2026-11-30
        end of november = 2026-11-30; end of next month = 2026-12-31; end of march = 2027-03-31; end jan = 2027-01-31
        before the end of march = 2027-03-31; end of feb 2028 = 2028-02-29; last day of february = 2027-02-28
        end of q1 = 2027-03-31; Q1 end = 2027-03-31; end of the first quarter = 2027-03-31; end of q4 = 2026-12-31
        end of q2 2028 = 2028-06-30; end of quarter = 2026-12-31; eoq = 2026-12-31; quarter end = 2026-12-31
        end of this quarter = 2026-12-31; end of next quarter = 2027-03-31; end of h1 = 2027-06-30; eoy = 2026-12-31
        year end = 2026-12-31; year-end = 2026-12-31; end of the year = 2026-12-31; by end of year = 2026-12-31
        end of next year = 2027-12-31; end of 2027 = 2027-12-31; end of week = 2026-11-27; eow = 2026-11-27
        by the end of the week = 2026-11-27; end of this week = 2026-11-27; end of next week = 2026-12-04
        last friday of the month = 2026-11-27; first monday of december = 2026-12-07
        last working day of the month = 2026-11-30; the third thursday in january = 2027-01-21
        2027-03-15 = 2027-03-15; 2027/03/15 = 2027-03-15; 2020-01-01 = 2020-01-01; 15.3. = 2027-03-15
        15.03.2027 = 2027-03-15; 15/03 = 2027-03-15; 3/15 = 2027-03-15; 03/15/2027 = 2027-03-15
        15-03-2027 = 2027-03-15; 31/12 = 2026-12-31; 12/31 = 2026-12-31; 5/5 = 2027-05-05; 15/03/27 = 2027-03-15
        15 march 2027 = 2027-03-15; march 15 = 2027-03-15; March 15th, 2027 = 2027-03-15; 15-Mar-2027 = 2027-03-15
        the 15th of march = 2027-03-15; march the 15th = 2027-03-15; 15 mar 3pm = 2027-03-15; 15. march = 2027-03-15
        fri 27 nov = 2026-11-27; Friday, November 27 = 2026-11-27; 1 dec = 2026-12-01; second of march = 2027-03-02
        25 nov = 2026-11-25; 24 nov = 2027-11-24; 15 march next year = 2027-03-15; may 5 = 2027-05-05
        30 june '27 = 2027-06-30; first of december = 2026-12-01; 5 december. = 2026-12-05; christmas eve = 2026-12-24
        new year's eve = 2026-12-31; New Year’s Day = 2027-01-01; two days before the end of the month = 2026-11-28
        the day after friday = 2026-11-28; due friday = 2026-11-27; due by the 15th = 2026-12-15
        latest by friday = 2026-11-27; 'til friday = 2026-11-27
        july fourth = 2027-07-04; tmw = 2026-11-26; at the end of the month = 2026-11-30; new years eve = 2026-12-31
        5 o'clock tomorrow = 2026-11-26
        end of this friday = 2026-11-27; three weeks hence = 2026-12-16; a week tomorrow = 2026-12-03
        tomorrow week = 2026-12-03; 5 business days before 31 dec = 2026-12-24
    """,
    # A Friday.
    "2026-11-27": """
        next friday = 2026-12-04; next monday = 2026-11-30; next thursday = 2026-12-03; this sunday = 2026-11-29
        eow = 2026-11-27; end of week = 2026-11-27; end of next week = 2026-12-04; in 1 business day = 2026-11-30
        2 working days = 2026-12-01; monday = 2026-11-30; monday next week = 2026-11-30; saturday = 2026-11-28
        two fridays from now = 2026-12-11; next working day = 2026-11-30; friday next week = 2026-12-04
        friday 27 november = 2026-11-27; 27 nov = 2026-11-27
    """,
    # A Saturday.
    "2026-11-28": """
        monday = 2026-11-30; in 1 business day = 2026-11-30; next business day = 2026-11-30; eod = 2026-11-28
        next saturday = 2026-12-05; end of next week = 2026-12-04; friday = 2026-12-04; by sun = 2026-11-29
    """,
    # A Sunday.
    "2026-11-29": """
        monday = 2026-11-30; tomorrow = 2026-11-30; friday = 2026-12-04; eom = 2026-11-30
        in 2 business days = 2026-12-01; a week from tuesday = 2026-12-08; eod tomorrow = 2026-11-30
        next sunday = 2026-12-06; eod = 2026-11-29; day after tomorrow = 2026-12-01
    """,
    # The last day of a month, a Monday.
    "2026-11-30": """
        eom = 2026-11-30; the 1st = 2026-12-01; the 31st of next month = 2026-12-31; next month end = 2026-12-31
        next monday = 2026-12-07; in a month = 2026-12-30; eow = 2026-12-04; first day of next month = 2026-12-01
    """,
    # The last day of a year, a Thursday.
    "2026-12-31": """
        eod = 2026-12-31; tomorrow = 2027-01-01; eoy = 2026-12-31; eoq = 2026-12-31; end of q1 = 2027-03-31
        end of q4 = 2026-12-31; in 3 business days = 2027-01-05; the 15th = 2027-01-15; 30 dec = 2027-12-30
        end of next month = 2027-01-31; end of next quarter = 2027-03-31; 1/1 = 2027-01-01; 31 dec = 2026-12-31
        end of january = 2027-01-31; friday = 2027-01-01; end of next year = 2027-12-31
    """,
    # The 31st, before a month of 28 days.
    "2027-01-31": """
        end of next month = 2027-02-28; eom = 2027-01-31; end of feb = 2027-02-28; the 28th = 2027-02-28
        tomorrow = 2027-02-01; in two months = 2027-03-31; end of q1 = 2027-03-31; last day of next month = 2027-02-28
    """,
    # Around a leap day, a Tuesday.
    "2028-02-28": """
        tomorrow = 2028-02-29; eom = 2028-02-29; 29 feb = 2028-02-29; the 29th = 2028-02-29; in 2 days = 2028-03-01
    """,
    "2028-02-29": """
        eom = 2028-02-29; feb 29 = 2028-02-29; tomorrow = 2028-03-01; in a month = 2028-03-29; 28 feb = 2029-02-28
    """,
    # The 31st, a Tuesday, before a month of 30 days.
    "2027-08-31": """
        end of next month = 2027-09-30; end of q3 = 2027-09-30; the 30th = 2027-09-30; next tuesday = 2027-09-07
    """,
}  # fmt: skip

ASKED = {
    "2026-11-25": """
        next friday; next thursday; next saturday; next sunday; next week; this week; next month; this month
        next quarter; this quarter; next year; q3; Q1 2027; by q3; h2; january; by march; in march; march 2027; may
        may 2027; mid january; mid-January; early march; late april; beginning of march; start of next month
        early next week; later this week; midweek; weekend; this weekend; next weekend; week end; end of the weekend
        christmas; easter; over christmas; thanksgiving; before christmas; wednesday; wed; this wednesday; this monday
        last friday; yesterday; 3 days ago; two weeks ago; last week; before friday; before tomorrow; before the 15th
        after friday; from monday; asap; soon; as soon as possible; when I can; whenever; sometime; tbd; tba; n/a
        never; later; shortly; in a bit; in a few days; a couple of weeks; in a couple of days; in a week or two
        in 2-3 days; 2-3 weeks; in about two weeks; in 1.5 weeks; in an hour; in 30 minutes; in 25 hours; 30 days
        two weeks; 24 months; 90 d; net 30; 15; 15.3; 3.15; 03/04; 03/04/2027; 3/4; 1/2; 24/7; 9/11; 12/26; 3/27
        03/04/27; 3-4; 15-20; 9-5; 30/02; 13/13; 30th feb; 31 june; 31 november; the 31st; the 32nd; 0 march
        2027-02-29; 2027-13-01; 15/15/2027; 0000-00-00; the 25th; the 24th of this month; monday the 27th
        thursday 27 november; friday or monday; friday/monday; mon-fri; thu fri; monday-wednesday; friday?; friday-ish
        fridays; every friday; most fridays; not friday; anything but friday; second thoughts; march on; I may call
        may I; the second; second; first; the sun; sun; sat; mon ami; sunny; friday13; august company; june bug
        marching; december's; mayday; satisfied; decide; wedding; monkey; thug; friend; tomorrowland; end; end of
        the end; end of story; end of summer; end of fiscal q1; fiscal q1; end of fy27; fy27; end of fiscal year; q5
        end of q5; end of q0; eoq march; 3pm; noon; 15:00; at 5; midnight; friday 00:00; 12am friday; march 5pm
        may 5pm; friday 5; monday 10; sonday; fri 13 nov;
        3 days before tomorrow; a week before friday; two months before friday; 27 june 30
        and before 31 march; in and; in ad; early may 26; late december 31; early month end; late 30 june
        a d after friday
        may one; may one call; may two; in one
        the week after friday; week after eom; week before the 15th; mid-night monday; friday mid night
        zero fridays from now; a day after 2019-12-31; 0 mondays from now
        day 3; week 12; kw 12; w/c 30 nov
        week of 30 nov; in q1; for friday; the friday after next; week after next; two weeks on friday
        a week from wednesday; last friday of october 2026; end of march 2020; by by friday; on time; by mail; on it
        in time; by hand; friday next; -; 🎉; ٣ march; tomorrow 🎉
    """,
    # A Friday, a Saturday, a Sunday.
    "2026-11-27": """
        friday; this friday; by friday; coming friday; friday 3pm; eod friday; this monday; friday this week
        next saturday
    """,
    "2026-11-28": """
        eow; end of week; this monday; this friday; next monday; cob; saturday; end of this week
    """,
    "2026-11-29": """
        eow; next friday; next monday; friday next week; end of next week; this friday; close of business; sunday
    """,
    # Days of a month that the month at hand, or the next one, doesn't have.
    "2026-11-30": """
        the 30th; the 31st; 31 nov; friday 27 nov; next tuesday; monday
    """,
    "2027-01-31": """
        in a month; the 30th; the 29th; the 31st; in one month; 29 february 2027
    """,
    "2026-12-31": """
        in two months; yesterday; thursday; eod yesterday; the 31st
    """,
    "2027-08-31": """
        in a month; in 6 months; the 31st; 31 september; tuesday
    """,
    "2028-02-29": """
        in a year; a year from now; feb 30; the 29th; the 30th of this month
    """,
}  # fmt: skip


def phrases(table: dict[str, str]) -> list[tuple[date, str]]:
    """Every line of a table, with the day on which it is said."""
    lines = ((day, line) for day, text in table.items() for part in text.split("\n") for line in part.split(";"))
    return [(date.fromisoformat(day), line.strip()) for day, line in lines if line.strip()]


@pytest.mark.parametrize(("today", "line"), phrases(MEANT), ids=str)
def test_a_phrase_with_one_meaning_is_that_date(today: date, line: str) -> None:
    phrase, _, meant = line.partition(" = ")
    assert understand(phrase, today) == date.fromisoformat(meant)


@pytest.mark.parametrize(("today", "phrase"), phrases(ASKED), ids=str)
def test_a_phrase_that_leaves_a_doubt_is_asked(today: date, phrase: str) -> None:
    assert understand(phrase, today) is None


def test_there_are_enough_of_both() -> None:
    assert len(phrases(MEANT)) >= 200
    assert len(phrases(ASKED)) >= 150


SAID = st.sampled_from([phrase.partition(" = ")[0] for _, phrase in phrases(MEANT)])
VOCABULARY = """
    fri mar 1st 15th 31st 15 31 2027 27 q1 a an the in on by of next this last end eod week weeks day days month
    quarter year business working from after before now today tomorrow 3pm noon 3 two eom eoq first second 3/15
    15.3. 12/31/2027 morning and or at please
"""
WORDS = st.sampled_from([*DAYS, *MONTHS, *VOCABULARY.split()])
ANY_DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))


@given(st.lists(WORDS, max_size=7).map(" ".join), ANY_DAY)
@example("eod eod eod eod eod eod eod eod eod eod eod eod eod eod eod eod eod eod x", TODAY)
def test_a_date_in_the_past_is_given_only_where_its_year_was_typed(phrase: str, today: date) -> None:
    found = understand(phrase, today)
    assert found is None or found >= today or str(found.year) in phrase


@given(st.text(max_size=LONGEST))
def test_no_text_breaks_the_reading(phrase: str) -> None:
    assert understand(phrase, TODAY) is None or isinstance(understand(phrase, TODAY), date)


@given(SAID, ANY_DAY)
def test_case_and_spaces_change_nothing(phrase: str, today: date) -> None:
    assert understand(phrase, today) == understand(f"  {phrase.upper()}  ", today)
    assert understand(phrase, today) == understand(phrase.replace(" ", "  \t"), today)


@given(SAID, ANY_DAY, st.sampled_from(["banana", "Acme", "if", "or", "not", "maybe", "call", "99999", "/", "?"]))
def test_one_word_that_is_not_understood_leaves_nothing_understood(phrase: str, today: date, word: str) -> None:
    assert understand(f"{phrase} {word}", today) is None
    assert understand(f"{word} {phrase}", today) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_an_iso_date_is_read_back_exactly(day: date) -> None:
    assert understand(day.isoformat(), TODAY) == day


@given(ANY_DAY, st.integers(min_value=0, max_value=364))
def test_a_day_without_a_year_is_the_next_one(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert understand(f"{day.day} {day:%B}", today) == day
    assert understand(f"{day:%A}, {day:%b} {day.day}", today) == day


@given(ANY_DAY, st.integers(min_value=0, max_value=6))
def test_a_weekday_is_the_next_one_and_next_is_never_within_two_readings(today: date, wanted: int) -> None:
    found, following = understand(DAYS[wanted], today), understand(f"next {DAYS[wanted]}", today)
    assert (found is None) == (today.weekday() == wanted)
    assert found is None or (found.weekday() == wanted and 1 <= (found - today).days <= 6)
    assert following is None or following == (found or today + timedelta(days=7))


@given(ANY_DAY, st.integers(min_value=1, max_value=40))
def test_business_days_leave_weekends_out(today: date, count: int) -> None:
    found = understand(f"in {count} business days", today)
    assert found is not None
    between = [today + timedelta(days=ahead) for ahead in range(1, (found - today).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == count
    assert found.weekday() < 5


def test_a_region_s_holidays_are_no_working_days() -> None:
    said, germany = date(2026, 12, 23), Region("DE")
    assert understand("in 3 business days", said) == date(2026, 12, 28)
    assert understand_with("in 3 business days", said, germany) == date(2026, 12, 29)
    assert understand_with("end of week", said, germany) is None
    assert understand_with("in 1 business day", date(2026, 11, 26), Region("IL")) == date(2026, 11, 29)


@pytest.mark.parametrize(
    "phrase", ["in 5 days", "in 9 months", "end of year", "end of 9999", "friday", "eoq", "1 june"]
)
def test_the_end_of_the_calendar_breaks_nothing(phrase: str) -> None:
    found = understand(phrase, date(9999, 12, 30))
    assert found is None or found.year == 9999


@pytest.mark.parametrize(
    "piece", ["eod ", "1/", "the ", "a day after ", "next ", "\u00a0", "9", "by ", "please ", "-a", "İ", "🎉"]
)
def test_an_endless_phrase_costs_no_more_than_its_length(piece: str) -> None:
    for short in (LONGEST // 4, 2_000):
        assert growth(lambda phrase: understand(phrase, TODAY), piece, short) < LINEAR
