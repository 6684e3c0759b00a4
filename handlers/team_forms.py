"""The dialogs about a team, and what is read from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.chat.cards import Field, Form, PlaceField, TextField
from bot.chat.events import Submitted
from bot.chat.replies import Refuse
from bot.coach.digest_week import Weekly, schedule
from bot.coach.teams import Team
from handlers.settings import zone_named
from handlers.wording import clip

NAME_MAX: Final = 60
INVITED_AT_ONCE: Final = 20
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_NAME: Final = "Give the team a name, for example Sales West."
_NO_PLACE: Final = "Choose a channel that you are in too."
_NO_WHEN: Final = "Write one day and a time, for example Monday 8:30."
_NO_ZONE: Final = "I don't know that zone, or several share the name. Write it as Europe/Berlin."
_SPLIT: Final = str.maketrans(",;<>\n", "     ")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a form says of a team's digest."""

    name: str
    weekly: Weekly
    zone: str


def setup(zone: str) -> Form:
    """Ask everything a team needs, once."""
    fields: tuple[Field, ...] = (
        TextField("name", "Name of the team", "For example: Sales West", required=True, max_length=NAME_MAX),
        PlaceField("place", "Channel for its digest"),
        *_weekly("Monday 8:30", zone),
        TextField(
            "invited", "Invite by e-mail address", "Optional. Whoever reads in the channel can join there", long=True
        ),
    )
    intro = "One digest a week, in a channel you are in. Nobody is in the team before they say yes themselves."
    return Form("team.setup", "", "Set up a team", fields, submit="Set it up", intro=intro)


def weekly(team: Team) -> Form:
    """Ask when the digest goes out, and what the team is called."""
    name = TextField("name", "Name of the team", value=team.name, required=True, max_length=NAME_MAX)
    return Form("digest.schedule", team.id, "Schedule", (name, *_weekly(said(team), team.zone)))


def channel(team: Team) -> Form:
    """Ask for another channel."""
    intro = "I post a card there at once, with which people can join. The digest follows in its time."
    return Form("team.channel", team.id, "Channel", (PlaceField("place", "Channel for the digest"),), intro=intro)


def invite(team: Team) -> Form:
    """Ask for addresses."""
    hint = "For example: sam@example.com, kim@example.com"
    field = TextField("invited", "E-mail addresses", hint, long=True, required=True, max_length=2000)
    intro = "I ask each of them, and whoever says yes is in. Their addresses are looked up, not kept."
    return Form("team.invite", team.id, "Invite", (field,), submit="Invite", intro=intro)


def read(submitted: Submitted) -> Settled | Refuse:
    """Read name, day, time and zone; each wrong field gets its own sentence."""
    typed = {key: " ".join(value.split()) for key, value in submitted.answers.items()}
    name, when, zone = typed.get("name", ""), schedule(typed.get("when", "")), zone_named(typed.get("zone", ""))
    wrong = {"name": "" if name else _NO_NAME, "when": "" if when else _NO_WHEN, "zone": "" if zone else _NO_ZONE}
    if when is None or not name or not zone:
        return Refuse({key: problem for key, problem in wrong.items() if problem})
    return Settled(clip(name, NAME_MAX), when, zone)


def place(submitted: Submitted) -> str | Refuse:
    """Read the channel, which the platform says this person is in."""
    return submitted.places.get("place", "") or Refuse({"place": _NO_PLACE})


def addresses(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Read e-mail addresses, however they are separated, each once."""
    words = answers.get("invited", "").translate(_SPLIT).lower().split()
    return tuple(dict.fromkeys(word for word in words if "@" in word))[:INVITED_AT_ONCE]


def said(team: Team) -> str:
    """Write the day and the time as they can be typed: `Monday 08:30`."""
    return f"{_DAYS[team.weekday]} {team.at:%H:%M}"


def _weekly(when: str, zone: str) -> tuple[TextField, ...]:
    return (
        TextField("when", "Day and time", "For example: Monday 8:30", when, required=True, max_length=60),
        TextField("zone", "Time zone", "For example: Europe/Berlin", zone, required=True, max_length=60),
    )
