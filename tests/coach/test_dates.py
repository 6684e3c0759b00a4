"""Dates as a rep types them: a doubtful one is asked, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.dates import understand

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2027-06-30", date(2027, 6, 30)),
        ("30 June", date(2027, 6, 30)),
        ("June 30th", date(2027, 6, 30)),
        ("30. 6. 2027", date(2027, 6, 30)),
        ("30.6.", date(2027, 6, 30)),
        ("the 15th", None),
        ("1st of dec", date(2026, 12, 1)),
        ("23 nov", date(2026, 11, 23)),
        ("Sept 3, 2027", date(2027, 9, 3)),
        ("29 February", date(2028, 2, 29)),
        ("tomorrow", date(2026, 11, 24)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("06/30/2027", date(2027, 6, 30)),
        ("30/06/2027", date(2027, 6, 30)),
        ("03/03/2027", date(2027, 3, 3)),
        ("03/04/2027", None),
        ("31 June", None),
        ("I may call", None),
        ("may", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_a_phrase_means_one_date_or_is_asked(phrase: str, expected: date | None) -> None:
    assert understand(phrase, TODAY) == expected


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(phrase: str) -> None:
    assert understand(phrase, TODAY) is None or isinstance(understand(phrase, TODAY), date)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_an_iso_date_is_read_back_exactly(day: date) -> None:
    assert understand(day.isoformat(), TODAY) == day


@given(st.dates(min_value=TODAY, max_value=date(2027, 11, 22)))
def test_a_day_without_a_year_is_the_next_one(day: date) -> None:
    assert understand(f"{day.day} {day:%B}", TODAY) == day
