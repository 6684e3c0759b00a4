"""Zones, hours and regions as people type them."""

from datetime import time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.replies import Refuse
from bot.coach.people import Person
from handlers.settings import clock_time, read, zone_named

INES = Person(user="U1", name="Ines", zone="Europe/Lisbon")
GOOD = {"zone": "Berlin", "starts": "8:30", "ends": "5 pm", "region": "de"}


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" berlin ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Nowhere", ""),
        ("", ""),
        ("Europe", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@given(st.sampled_from(sorted(available_timezones())))
def test_every_zone_is_found_by_its_own_name(zone: str) -> None:
    assert zone_named(zone) == zone


@given(st.text(max_size=80))
def test_what_is_found_is_always_a_zone(text: str) -> None:
    if found := zone_named(text):
        ZoneInfo(found)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("17.30", time(17, 30)),
        ("17h30", time(17, 30)),
        ("5 pm", time(17)),
        ("5:15PM", time(17, 15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("0:00", time(0)),
        ("24:00", None),
        ("9:60", None),
        ("13 pm", None),
        ("0 am", None),
        ("nine", None),
        ("", None),
        ("9 - 17", None),
    ],
)
def test_a_time_is_read_in_the_usual_ways(typed: str, moment: time | None) -> None:
    assert clock_time(typed) == moment


@given(st.times())
def test_a_time_as_the_form_shows_it_is_read_back(moment: time) -> None:
    assert clock_time(f"{moment:%H:%M}") == moment.replace(second=0, microsecond=0)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_a_time(text: str) -> None:
    clock_time(text)


def test_good_answers_change_the_person_and_nothing_else() -> None:
    person = read(INES, GOOD)
    assert isinstance(person, Person)
    assert (person.zone, person.starts, person.ends, person.region) == ("Europe/Berlin", time(8, 30), time(17), "DE")
    assert (person.user, person.name) == ("U1", "Ines")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"zone": "Nowhere"}, {"zone"}),
        ({"starts": "early"}, {"starts"}),
        ({"ends": "8:30"}, {"ends"}),
        ({"ends": "late"}, {"ends"}),
        ({"region": "Mars"}, {"region"}),
        ({"region": "001"}, {"region"}),
        ({"region": "US-CALIFORNIA"}, {"region"}),
        ({"zone": "", "starts": "", "ends": ""}, {"zone", "starts", "ends"}),
    ],
)
def test_every_wrong_field_gets_its_own_sentence(wrong: dict[str, str], fields: set[str]) -> None:
    refused = read(INES, GOOD | wrong)
    assert isinstance(refused, Refuse)
    assert set(refused.problems) == fields


@pytest.mark.parametrize("region", ["", "DE", "us-ca", "GB-ENG"])
def test_a_region_is_a_country_or_a_part_of_one(region: str) -> None:
    assert isinstance(read(INES, GOOD | {"region": region}), Person)
