"""A rep in Teams: activities in, and what Teams would show for the answers and the calls that come back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape

from tests.stories.rep import Rep, until
from tests.stories.teams_cards import ANSWER, CARD, NOTICE, Json, brings, inputs, parts, texts, titled, typed_into
from tests.teams.platform import CHANNEL, Answer, Person, in_thread

CONSENT = "application/vnd.microsoft.teams.card.file.consent"


@dataclass(frozen=True)
class Shown:
    """One message on somebody's screen, and where it stands; `kept` is what Teams holds of it."""

    where: str
    id: str
    activity: Json
    kept: Json

    @property
    def cards(self) -> list[Json]:
        return [one["content"] for one in self.activity["attachments"] if one["contentType"] == CARD]

    @property
    def text(self) -> str:
        return "\n".join(map(_read, self.activity["attachments"]))


@dataclass(frozen=True)
class Touched:
    """Something on a card that can be touched."""

    shown: Shown
    card: Json
    element: Json

    @property
    def after(self) -> Json:
        """The next action on the card: what one presses after this."""
        behind = iter(parts(self.card))
        next(one for one in behind if one is self.element)
        return next(one for one in behind if one.get("type", "").startswith("Action."))


class Screen:
    """What one person sees: what stands in their chat and in the channel, what a press showed, an open dialog."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._since = 0
        # A message as it was when something on it was pressed, and what was shown in its place.
        self._in_place: dict[str, tuple[Json, Json]] = {}
        self.dialog: Json | None = None
        self.said_in_dialog = ""

    def messages(self) -> list[Shown]:
        """What stands there, oldest first."""
        standing = [
            Shown(in_thread(said["thread"]) if where == CHANNEL else where, said["id"], self._as_seen(said), said)
            for where in (self._person.personal, CHANNEL)
            for said in self._person.teams.standing(where)
        ]
        return sorted((one for one in standing if int(one.id) > self._since), key=lambda one: int(one.id))

    def scrolls_on(self) -> None:
        """Leave behind what was said so far."""
        self._since = max(int(one.id) for one in self.messages())

    def reloads(self) -> None:
        """Forget what only an answer showed."""
        self._in_place.clear()

    def newest(self) -> str:
        """The open dialog, or the last message of each conversation."""
        if self.dialog or self.said_in_dialog:
            return texts(self.dialog or {}) + self.said_in_dialog
        latest = {shown.where.partition(";")[0]: shown for shown in self.messages()}
        return "\n".join(shown.text for shown in latest.values())

    def pressed(self, answer: Answer, touched: Touched) -> None:
        """Show what a press was answered with: a card in place, or a short notice that passes."""
        body = _accepted(answer)
        assert body["statusCode"] == 200, body
        if body["type"] == CARD:
            content = [body["value"] if one is touched.card else one for one in touched.shown.cards]
            seen = [{"contentType": CARD, "content": one} for one in content]
            self._in_place[touched.shown.id] = touched.shown.kept, touched.shown.activity | {"attachments": seen}
        else:
            assert body["type"] == NOTICE
            assert body["value"]

    def opened(self, answer: Answer) -> None:
        """Show, keep or close a dialog."""
        task = _accepted(answer).get("task", {})
        self.dialog, self.said_in_dialog = None, ""
        if task.get("type") == "continue":
            assert task["value"]["title"]
            self.dialog = task["value"]["card"]["content"]
        elif task:
            assert task["type"] == "message", task
            self.said_in_dialog = task["value"]

    def _as_seen(self, said: Json) -> Json:
        """A message that was changed for good meanwhile is no longer what a press showed."""
        before, now = self._in_place.get(said["id"], (None, said))
        return now if before is said else said


class TeamsRep(Rep):
    """Ines or Tom with Teams open."""

    def __init__(self, person: Person, again: Callable[[], Awaitable[str]], tom: Person | None) -> None:
        """Act as `person`; `again` starts the coach anew on the same database and says where."""
        self._person = person
        self._again = again
        self._screen = Screen(person)
        self._colleague = TeamsRep(tom, again, None) if tom else self

    async def says(self, words: str) -> None:
        self._did(await self._person.says(escape(words, quote=False)))

    async def commands(self, words: str) -> None:
        post = self._person.fresh()
        self._did(await self._person.mentions(escape(words, quote=False), in_thread(post), id=post))

    async def coaches(self, message: str) -> None:
        wrote = {"body": {"contentType": "html", "content": f"<p>{escape(message)}</p>"}, "attachments": []}
        self._screen.opened(await self._person.points(wrote, CHANNEL))
        await self.sees("I answered you in our own chat.")
        self._screen.dialog = None

    async def presses(self, label: str) -> None:
        found = await self._found(lambda one: one.get("type", "").startswith("Action.") and titled(one) == label)
        await self._act(found, _confirmed(found.card, found.element))

    async def chooses(self, option: str) -> None:
        found = await self._found(lambda one: _choice(one, option) is not None)
        await self._act(found, found.after, {found.element["id"]: str(_choice(found.element, option))})

    async def ticks(self, line: str, copies_back: int = 0) -> None:
        """Tick, or untick, a line of the newest checklist that has it, or of an earlier copy, and save."""
        await self._found(_tick(line))
        found = self._all(_tick(line))[copies_back]
        assert titled(found.after) == "Save ticks"
        other = "false" if found.element["value"] == "true" else "true"
        await self._act(found, found.after, {found.element["id"]: other})

    async def fills(self, **fields: str) -> None:
        typed = {f"{ANSWER}{field}": CHANNEL if field == "place" else value for field, value in fields.items()}
        if self._screen.dialog:
            form = self._screen.dialog
            [send] = form["actions"]
            self._screen.opened(await self._person.fills_in(send["data"] | typed_into(form, typed)))
            return
        found = await self._found(lambda one: one.get("type") == "Action.Submit" and "form" in one["data"])
        data = found.element["data"] | typed_into(found.card, typed)
        self._did(await self._person.submits(data, found.shown.id, where=found.shown.where))

    async def opens_home(self) -> None:
        await self.says("home")

    async def comes_back(self) -> None:
        door = await self._again()
        self._person.door = self.colleague()._person.door = door  # type: ignore[attr-defined]  # noqa: SLF001
        self._screen.scrolls_on()

    async def reloads(self) -> None:
        """Start the client anew: what stays is what Teams holds."""
        self._screen.reloads()

    def colleague(self) -> Rep:
        return self._colleague

    async def sees(self, *words: str) -> None:
        newest = self._screen.newest
        await until(lambda: all(one in newest() for one in words), f"{words}", newest)

    async def sees_ticked(self, line: str) -> None:
        await self._found(_tick(line))
        await until(lambda: self._all(_tick(line))[0].element["value"] == "true", line, self._screen.newest)

    async def sees_picture(self, title: str) -> None:
        def shown() -> bool:
            cards = [card for one in self._screen.messages() for card in one.cards if title in texts(card)]
            return any(_is_picture(one) for one in parts(cards[-1])) if cards else False

        await until(shown, f"a picture of {title}", self._screen.newest)

    async def reads(self) -> str:
        return self._everything()

    async def cards(self) -> list[list[Json]]:
        """The cards of each message; Teams shows several as a row to leaf through."""
        return [shown.cards for shown in self._screen.messages()]

    async def reads_times(self, times: int, words: str) -> None:
        """Wait until these words stand so often in all that this person can read."""
        await until(lambda: self._everything().count(words) == times, f"{times} times {words!r}", self._everything)

    async def reads_in_channel(self) -> str:
        return "\n".join(shown.text for shown in self._screen.messages() if shown.where != self._person.personal)

    async def takes_the_file(self) -> str:
        """Accept the newest file that is offered, and read it once it is there."""
        offers = [
            one["content"]
            for shown in self._screen.messages()
            for one in shown.activity["attachments"]
            if one["contentType"] == CONSENT
        ]
        self._did(await self._person.consents(offers[-1]["acceptContext"], name="mine.json"))
        uploads = self._person.teams.uploads
        await until(lambda: "mine.json" in uploads, "the file", self._screen.newest)
        return uploads.pop("mine.json").decode()

    def _everything(self) -> str:
        return "\n".join(shown.text for shown in self._screen.messages())

    async def _act(self, found: Touched, action: Json, typed: Json | None = None) -> None:
        """Press an action of a card, into whose inputs something was typed."""
        data = brings(action, inputs(found.card) | (typed or {}))
        if action["type"] == "Action.Execute":
            self._screen.pressed(await self._person.presses(data, found.shown.id, where=found.shown.where), found)
        elif data.get("msteams", {}).get("type") == "task/fetch":
            self._screen.opened(await self._person.fetches(data, found.shown.id, where=found.shown.where))
        else:
            self._did(await self._person.submits(data, found.shown.id, where=found.shown.where))

    def _did(self, answer: Answer) -> None:
        """A message has no answer in place."""
        _accepted(answer)
        self._screen.dialog, self._screen.said_in_dialog = None, ""

    async def _found(self, fits: Callable[[Json], bool]) -> Touched:
        await until(lambda: bool(self._all(fits)), "what to press", self._screen.newest)
        return self._all(fits)[0]

    def _all(self, fits: Callable[[Json], bool]) -> list[Touched]:
        """Whatever fits, on the newest message first."""
        return [
            Touched(shown, card, element)
            for shown in reversed(self._screen.messages())
            for card in shown.cards
            for element in parts(card)
            if fits(element)
        ]


def _accepted(answer: Answer) -> Json:
    assert answer.status in (200, 201, 202), answer
    body: Json = answer.json if answer.text else {}
    return body


def _read(attachment: Json) -> str:
    """The words of a card, or of a file that is offered or there."""
    if attachment["contentType"] == CARD:
        return texts(attachment["content"])
    return "\n".join((attachment["name"], attachment["content"].get("description", "")))


def _is_picture(part: Json) -> bool:
    """Know a chart, or an image that lies inside the card."""
    inside = part.get("type") == "Image" and part["url"].startswith("data:image/png;base64,") and part["altText"]
    return bool(inside) or part.get("type", "").startswith("Chart.")


def _confirmed(card: Json, action: Json) -> Json:
    """The action itself; where it unfolds a question, the yes in there."""
    if action["type"] != "Action.ToggleVisibility":
        return action
    unfolded = frozenset(action["targetElements"])
    asked = [one for one in parts(card) if one.get("id") in unfolded]
    assert not asked, "the question stood there before it was asked"
    return next(
        one
        for one in parts(card, unfolded)
        if one.get("type") in ("Action.Execute", "Action.Submit") and titled(one) == titled(action)
    )


def _choice(element: Json, starts: str) -> str | None:
    if element.get("type") != "Input.ChoiceSet":
        return None
    return next((one["value"] for one in element["choices"] if titled(one).startswith(starts)), None)


def _tick(line: str) -> Callable[[Json], bool]:
    return lambda one: one.get("type") == "Input.Toggle" and titled(one).startswith(line)
