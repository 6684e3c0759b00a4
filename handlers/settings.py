"""When and where a rep works, so that later nothing arrives at night or on a day off."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from bot.chat.cards import Button, Buttons, Card, Fact, Facts, Form, Heading, TextField, prose, quiet
from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.replies import Answer, Ask, Refuse, Say
from bot.coach.people import Person
from content.library import Playbook
from handlers import agenda
from handlers.person import me
from handlers.wording import clip
from store.unit import Unit

_HOURS = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_NOON = 12


def show(asked: Asked, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Answer `settings`, or set one in a line: `settings zone Berlin`."""
    what, _, value = asked.text.partition(" ")
    if not asked.text:
        return (Say(_card(me(asked, work), now, "Your settings")),)
    typed = _typed(me(asked, work)) | _line(what.lower(), value.strip())
    person = read(me(asked, work), typed)
    if isinstance(person, Refuse):
        return (Say(_refused(person)),)
    return _keep(person, work, now)


def press(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Show the settings from a button."""
    return (Say(_card(me(pressed, work), now, "Your settings")),)


def ask(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Open the dialog."""
    typed = _typed(me(pressed, work))
    fields = (
        TextField(
            "zone",
            "Time zone",
            "For example: Europe/Berlin, or just Berlin",
            typed["zone"],
            required=True,
            max_length=60,
        ),
        TextField("starts", "Work starts", "For example: 9:00", typed["starts"], required=True, max_length=10),
        TextField("ends", "Work ends", "For example: 17:30", typed["ends"], required=True, max_length=10),
        TextField(
            "region", "Country or region, for holidays", "For example: DE, or US-CA", typed["region"], max_length=6
        ),
    )
    return (Ask(Form("settings.save", "", "Your settings", fields)),)


def save(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Keep the dialog's answers."""
    person = read(me(submitted, work), submitted.answers)
    return (person,) if isinstance(person, Refuse) else _keep(person, work, now)


def read(person: Person, answers: Mapping[str, str]) -> Person | Refuse:
    """Read what was typed; every wrong field gets its own sentence."""
    zone = zone_named(answers.get("zone", ""))
    starts, ends = clock_time(answers.get("starts", "")), clock_time(answers.get("ends", ""))
    region = answers.get("region", "").strip().upper()
    problems = {}
    if not zone:
        problems["zone"] = "I don't know that zone, or several share the name. Write it as Europe/Berlin."
    if starts is None:
        problems["starts"] = "Write a time such as 9:00."
    if ends is None or (starts is not None and ends <= starts):
        problems["ends"] = "Write a time after the start, such as 17:30."
    if region and not _known_region(region):
        problems["region"] = "Write a country's two letters, such as DE, or a region such as US-CA."
    if problems or starts is None or ends is None:
        return Refuse(problems)
    return replace(person, zone=zone, starts=starts, ends=ends, region=region)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_named(text: str) -> str:
    """Find the one IANA zone meant by `Europe/Berlin`, `berlin` or `new york`; empty where not exactly one."""
    wanted = "_".join(text.split()).lower()
    exact = [zone for zone in _zones() if zone.lower() == wanted]
    cities = [zone for zone in _zones() if "/" in zone and zone.lower().rpartition("/")[2] == wanted]
    found = exact or cities
    return found[0] if len(found) == 1 and wanted else ""


def clock_time(text: str) -> time | None:
    """Read `9`, `9:30`, `17.30` or `5 pm`; None for anything else."""
    found = _HOURS.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    hour = hour % _NOON + (_NOON if half == "pm" else 0) if half else hour
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _known_region(region: str) -> bool:
    country, dash, part = region.partition("-")
    known = country in Locale("en").territories and country.isalpha()
    return known and (not dash or bool(re.fullmatch(r"[A-Z0-9]{1,3}", part)))


def _keep(person: Person, work: Unit, now: datetime) -> Answer:
    work.people.change(person)
    agenda.reschedule(work, now)
    return (Say(_card(person, now, "Saved")),)


def _line(what: str, value: str) -> dict[str, str]:
    if what == "hours":
        starts, _, ends = re.sub(r"\s*(?:-|–|to|until)\s*", "-", value).partition("-")
        return {"starts": starts, "ends": ends}
    return {what: value} if what in ("zone", "region") else {"zone": f"{what} {value}".strip()}


def _typed(person: Person) -> dict[str, str]:
    return {
        "zone": person.zone,
        "starts": f"{person.starts:%H:%M}",
        "ends": f"{person.ends:%H:%M}",
        "region": person.region,
    }


def _card(person: Person, now: datetime, title: str) -> Card:
    local = now.astimezone(ZoneInfo(person.zone))
    rows = (
        Fact("Time zone", f"{person.zone}, where it is {local:%H:%M} now"),
        Fact("Working hours", f"{person.starts:%H:%M} to {person.ends:%H:%M}"),
        Fact("Holidays of", person.region or "nowhere yet"),
    )
    buttons = Buttons((Button("Change", "settings.ask", style="primary"), Button("What I store", "help.stores")))
    return Card(title, (Heading(title), Facts(rows), quiet("Only you can see this."), buttons))


def _refused(refused: Refuse) -> Card:
    problems = " ".join(refused.problems.values())
    said = f"Nothing was changed. {clip(problems, 300)}"
    return Card(said, (prose(said), Buttons((Button("Use the form", "settings.ask", style="primary"),))))
