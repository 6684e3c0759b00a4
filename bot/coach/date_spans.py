"""Dates counted from the edge of a span: end of Q1, last Friday of the month, first day of next month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coach.date_words import DAY, DAYS, MONTH, MONTHS, WORKDAY, YEAR
from bot.coach.date_written import month_after, year_of
from bot.coach.workdays import Calendar, working_day_before

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # their lengths
_LETTERS = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
_END = re.compile(
    r"(?:the )?end (?:of )?(?P<of>.+)|(?:the )?last day (?:of|in) (?P<last>.+)|eo(?P<letter>[wmqy])(?: (?P<which>.+))?"
    r"|(?P<before>.+?)(?:'s)? end"
)
_LAST = re.compile(rf"last (?:{WORKDAY}|(?P<day>{DAY})) (?:of|in) (?P<span>.+)")
_NTH = re.compile(rf"(?P<nth>[1-5])(?:st|nd|rd|th) (?:(?P<day>{DAY})|day) (?:of|in) (?P<span>.+)")
_ANY = re.compile(r"(?:the |this |current )?(?P<next>next )?(?:work(?:ing)? )?(?P<unit>week|month|quarter|year)")
_NAMED = re.compile(
    rf"(?:the )?(?:(?P<month>{MONTH})|q(?P<quarter>[1-4])|(?P<nth>[1-4])(?:st|nd|rd|th) quarter|h(?P<half>[12]))"
    rf"(?: (?:of )?(?P<year>{YEAR}))?"
)
_WHOLE_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the calendar, both ends included. A week's last day is its Friday."""

    unit: str
    first: date
    last: date


def edge(text: str, today: date, calendar: Calendar) -> date | None:
    """Read a plain text (`date_words.plain`) as a day at the edge of a span; None where that is past.

    Quarters are the calendar's: a company's own year is not known here.
    """
    day = _last(text, today, calendar) or _nth(text, today) or _end(text, today, calendar)
    return day if day and day >= today else None


def _end(text: str, today: date, calendar: Calendar) -> date | None:
    found = _END.fullmatch(text)
    if not found:
        return None
    letter = found["letter"] or ""
    span = _span(found["of"] or found["last"] or found["before"] or found["which"] or _LETTERS[letter], today)
    if span is None or (letter and _LETTERS[letter] != span.unit):
        return None
    if span.unit == "week" and (found["before"] or found["last"] or not calendar.works(span.last)):
        return None  # a week end is no week's end, and its last day depends on where one lives
    return span.last


def _last(text: str, today: date, calendar: Calendar) -> date | None:
    found = _LAST.fullmatch(text)
    span = _span(found["span"], today) if found else None
    if not found or not span or span.unit == "week":
        return None
    if found["day"]:
        return span.last - timedelta(days=(span.last.weekday() - DAYS.index(found["day"])) % 7)
    return working_day_before(span.last + _DAY, calendar)


def _nth(text: str, today: date) -> date | None:
    found = _NTH.fullmatch(text)
    span = _span(found["span"], today) if found else None
    if not found or not span or span.unit == "week":
        return None
    before = int(found["nth"]) - 1
    if not found["day"]:
        return span.first + before * _DAY
    day = span.first + timedelta(days=(DAYS.index(found["day"]) - span.first.weekday()) % 7) + before * _WEEK
    return day if day <= span.last else None


def _span(text: str, today: date) -> _Span | None:
    if found := _ANY.fullmatch(text):
        unit, ahead = found["unit"], 1 if found["next"] else 0
        if unit == "week":
            return _week(ahead, today)
        length = _MONTHS[unit]
        begun = (today.month - 1) // length * length
        return _stretch(unit, *month_after(date(today.year, 1, 1), begun + ahead * length))
    if found := _NAMED.fullmatch(text):
        return _named(found, today)
    return _stretch("year", int(text), 1) if _WHOLE_YEAR.fullmatch(text) else None


def _named(found: re.Match[str], today: date) -> _Span:
    """The one of the year it names, else the one that is not over yet."""
    if found["month"]:
        unit, month = "month", MONTHS.index(found["month"]) + 1
    elif found["half"]:
        unit, month = "half", 1 + (int(found["half"]) - 1) * _MONTHS["half"]
    else:
        unit, month = "quarter", 1 + (int(found["quarter"] or found["nth"]) - 1) * _MONTHS["quarter"]
    if found["year"]:
        return _stretch(unit, year_of(found["year"], today), month)
    here = _stretch(unit, today.year, month)
    return here if here.last >= today else _stretch(unit, today.year + 1, month)


def _week(ahead: int, today: date) -> _Span | None:
    """On a weekend the week at hand may be the one that ends or the one that begins."""
    if today.weekday() == _SUNDAY or (today.weekday() == _SATURDAY and not ahead):
        return None
    monday = today - timedelta(days=today.weekday()) + ahead * _WEEK
    return _Span("week", monday, monday + timedelta(days=4))


def _stretch(unit: str, year: int, month: int) -> _Span:
    first = date(year, month, 1)
    return _Span(unit, first, date(*month_after(first, _MONTHS[unit]), 1) - _DAY)
