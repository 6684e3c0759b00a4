"""What the try page shows: a scene, as HTML."""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.chat.address import Address
from bot.chat.cards import Card, Form
from bot.chat.forms import carry
from bot.web.cast import CHANNEL, CHANNELS, COACH, HINTS, PEOPLE, PLACES, Someone, channels_of
from bot.web.forms import TITLE_ID, render_form
from bot.web.html import Frame, render
from bot.web.lines import Handed, Pointer, Shown, Words
from bot.web.talk import Entry, pulse

DIRECT, HOME = "dm", "home"
ROOMS = {DIRECT: "Coach", **{channel: f"#{channel}" for channel in CHANNELS}, HOME: "Home"}
CHAT = "Chat"
_TOGETHER = timedelta(minutes=5)

Renderers = Mapping[str, Callable[[Card], object]]
"""Other looks of a card, by name: what a chat platform would be sent, ready for JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An open form, what was typed so far, what is wrong, and the message it was opened from."""

    form: Form
    typed: Mapping[str, str]
    problems: Mapping[str, str]
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment of the page, with its HTTP status. `look` names a card (by its line) and how to show it."""

    me: Someone
    room: str
    now: datetime
    ahead: timedelta = timedelta()
    entries: Sequence[Entry] = ()
    home: Card | None = None
    sheet: Sheet | None = None
    problem: str = ""
    draft: str = ""
    look: tuple[str, str] = ("", "")
    status: int = 200

    @property
    def url(self) -> str:
        """Where this room of this person is."""
        return f"/{self.me.id}/{self.room}"

    @property
    def address(self) -> Address:
        """Whose talk this is; what is pressed at home is said in the direct messages."""
        return self.me.in_channel(self.room) if self.room in CHANNELS else self.me.direct


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One entry of the switch above a card."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One line as the template needs it. `day` is set on the first line of a day, `first` on an author's first."""

    id: str
    author: Someone | None
    mine: bool = False
    private: bool = False
    first: bool = True
    day: str = ""
    at: str = ""
    clock: str = ""
    summary: str = ""
    words: str = ""
    card: str = ""
    raw: str = ""
    looks: tuple[Look, ...] = ()
    file: tuple[str, str] = ("", "")
    elsewhere: str = ""
    coachable: bool = False


def rooms_of(someone: Someone) -> dict[str, str]:
    """Give the rooms that somebody can enter, by name."""
    closed = CHANNELS.keys() - set(channels_of(someone))
    return {room: name for room, name in ROOMS.items() if room not in closed}


class Pages:
    """Writes pages. Pure but for the token of each page, which names what is done on it."""

    def __init__(self, renderers: Renderers, token: str) -> None:
        """Offer `renderers` on every card; put the guard's `token` into every form."""
        self._renderers = renderers
        self._token = token
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._version = hashlib.sha256(b"".join(STATIC.values())).hexdigest()[:8]

    def show(self, scene: Scene) -> str:
        """Write the whole page."""
        once = secrets.token_urlsafe(9)
        return self._templates.get_template("page.html").render(
            scene=scene,
            me=scene.me,
            people=PEOPLE.values(),
            rooms=rooms_of(scene.me),
            rooms_of=rooms_of,
            in_channel=scene.room in CHANNELS,
            everyone=scene.room == CHANNEL,
            here=scene.url,
            hints=HINTS.get(scene.room, ()),
            carried=(("csrf", self._token), ("once", once)),
            bubbles=list(self._bubbles(scene, once)),
            pulse=pulse(scene.entries),
            sheet=self._sheet(scene, once),
            title_id=TITLE_ID,
            local=scene.now.astimezone(ZoneInfo(scene.me.zone)),
            ahead=_ahead(scene.ahead),
            version=self._version,
        )

    def _sheet(self, scene: Scene, once: str) -> Markup:
        sheet = scene.sheet
        if not sheet:
            return Markup()
        carried = (("form", carry(sheet.form)), ("message", sheet.message), ("csrf", self._token), ("once", once))
        frame = Frame(f"{scene.url}/form", carried)
        return render_form(sheet.form, frame, typed=sheet.typed, problems=sheet.problems, places=PLACES)

    def _bubbles(self, scene: Scene, once: str) -> Iterator[Bubble]:
        if scene.home:
            yield self._card(Bubble(id=HOME, author=None), scene.home, scene, once)
        before: Entry | None = None
        for entry in scene.entries:
            yield self._bubble(entry, before, scene, once)
            before = entry

    def _bubble(self, entry: Entry, before: Entry | None, scene: Scene, once: str) -> Bubble:
        bubble = _frame(entry, before, scene)
        match entry.line:
            case Words(text):
                return replace(bubble, words=text, summary=text)
            case Shown(card):
                return self._card(bubble, card, scene, once)
            case Handed(card, name):
                url = f"{scene.url}/file/{quote(entry.id)}"
                return replace(self._card(bubble, card, scene, once), file=(name, url))
            case Pointer(summary, message):
                return replace(bubble, summary=summary, elsewhere=f"/{scene.me.id}/{DIRECT}#m{quote(message)}")

    def _card(self, bubble: Bubble, card: Card, scene: Scene, once: str) -> Bubble:
        name = scene.look[1] if scene.look[0] == bubble.id else ""
        name = name if name in self._renderers else CHAT
        message = "" if bubble.id == HOME else bubble.id
        frame = Frame(f"{scene.url}/act", (("message", message), ("csrf", self._token), ("once", once)))
        raw = "" if name == CHAT else json.dumps(self._renderers[name](card), indent=2, ensure_ascii=False)
        html = Markup() if raw else render(card, frame)
        return replace(
            bubble, card=html, raw=raw, summary=card.summary, looks=tuple(self._looks(bubble.id, name, scene))
        )

    def _looks(self, line: str, current: str, scene: Scene) -> Iterator[Look]:
        for name in (CHAT, *self._renderers) if self._renderers else ():
            query = "" if name == CHAT else "?" + urlencode({"card": line, "as": name})
            yield Look(name=name, url=f"{scene.url}{query}#m{line}", current=name == current)


def _frame(entry: Entry, before: Entry | None, scene: Scene) -> Bubble:
    zone = ZoneInfo(scene.me.zone)
    local = entry.at.astimezone(zone)
    new_day = before is None or before.at.astimezone(zone).date() != local.date()
    together = before is not None and (before.author, before.private) == (entry.author, entry.private)
    soon = before is not None and entry.at - before.at < _TOGETHER
    return Bubble(
        id=entry.id,
        author=None if entry.author == COACH else PEOPLE.get(entry.author),
        mine=entry.author == scene.me.id,
        private=entry.private,
        first=new_day or not (together and soon),
        day=_day(local.date()) if new_day else "",
        at=entry.at.isoformat(timespec="seconds"),
        clock=f"{local:%H:%M}",
        coachable=scene.room in CHANNELS and entry.author not in (scene.me.id, COACH) and not entry.private,
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def _ahead(ahead: timedelta) -> str:
    """Say how far the clock was moved: `3 days ahead`; nothing where it wasn't."""
    hours = round(ahead.total_seconds() / 3600)
    number, noun = (round(hours / 24), "day") if hours >= 24 else (hours, "hour")  # noqa: PLR2004 - a day
    if ahead < timedelta(minutes=1):
        return ""
    return f"{number} {noun}{'' if number == 1 else 's'} ahead" if number else "a little ahead"


def _static() -> dict[str, bytes]:
    folder = files("bot.web") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


STATIC: Mapping[str, bytes] = _static()
"""What the page loads, by file name."""
