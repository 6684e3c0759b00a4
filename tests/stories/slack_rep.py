"""A rep in Slack: signed requests in, and what Slack would show for the calls that come back."""

import json
from collections.abc import Awaitable, Callable, Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape
from typing import Any

from tests.slack.platform import Answer, Call, FakeSlack, Person
from tests.stories.rep import Rep, until

Json = dict[str, Any]
CHANNEL = "C1"


@dataclass(frozen=True)
class Places:
    """Where somebody talks: the ids of their direct messages, of the team's channel, of their chats of several."""

    direct: str
    channel: str = CHANNEL
    together: Collection[str] = ()

    def __contains__(self, channel: str) -> bool:
        """Whether they read there."""
        return channel in (self.direct, self.channel, *self.together)


def usual_places(user: str) -> Places:
    """Where somebody talks in our fake Slack."""
    return Places(f"D{user}")


@dataclass
class Shown:
    """One message on somebody's screen."""

    channel: str
    ts: str
    blocks: list[Json]
    ephemeral: bool = False


@dataclass
class Screen:
    """What one person sees, put together from the calls of the Web API and the acknowledgements."""

    user: str
    places: Places
    triggers: AbstractSet[str]
    messages: list[Shown] = field(default_factory=list)
    view: Json | None = None
    problems: str = ""
    home: list[Json] = field(default_factory=list)
    files: int = 0

    def take(self, call: Call) -> None:
        """Show what a call brought. Calls for others' conversations pass by, and so does what was refused."""
        given = call.arguments
        if call.method == "chat.postMessage" and given["channel"] in self.places and "ts" in given:
            self.messages.append(Shown(given["channel"], given["ts"], blocks_of(given)))
        elif call.method == "chat.update":
            for shown in (one for one in self.messages if one.ts == given["ts"]):
                shown.blocks = blocks_of(given)
        elif call.method == "views.open" and given["trigger_id"] in self.triggers:
            self.view, self.problems = _json(given["view"]), ""
        elif call.method == "views.publish" and given["user_id"] == self.user:
            self.home = _json(given["view"])["blocks"]
        elif call.method == "upload":
            self.files += 1
        elif call.method.startswith(f"for-{self.user}"):
            self._answered(call.method, given)

    def acknowledged(self, answer: Answer, url: str) -> None:
        """Show what came with the acknowledgement itself."""
        assert answer.status == 200, answer
        body = answer.json if answer.text else {}
        if body.get("response_action") == "errors":
            self.problems = " ".join(body["errors"].values())
        elif "blocks" in body:
            self._answered(url, body)

    def _answered(self, url: str, given: Json) -> None:
        """A response URL, for a private answer or in place of one; in a channel for all to read."""
        public = given.get("response_type") == "in_channel"
        shown = Shown(self.places.channel, url, given["blocks"], ephemeral=not public)
        if given.get("replace_original"):
            self.messages = [one for one in self.messages if one.ts != url]
        self.messages.append(shown)


class SlackRep(Rep):
    """Ines or Tom with Slack open."""

    def __init__(
        self,
        person: Person,
        slack: FakeSlack,
        again: Callable[[], Awaitable[str]],
        tom: Person | None,
        places: Callable[[str], Places] = usual_places,
    ) -> None:
        """Act as `person`; `again` starts the coach anew on the same database and says where.

        `places` tells by somebody's id where they talk.
        """
        self._person = person
        self._slack = slack
        self._again = again
        self._places = places(person.user)
        self._screen = Screen(person.user, self._places, person.triggers)
        self._seen = 0
        self._colleague = SlackRep(tom, slack, again, None, places) if tom else self

    async def says(self, words: str) -> None:
        await self._did(await self._person.says(escape(words, quote=False), channel=self._places.direct))

    async def commands(self, words: str) -> None:
        url = self._fresh()
        answered = f"{self._slack.url}/respond/{url}"
        answer = await self._person.types(words, channel=self._places.channel, response_url=answered)
        await self._did(answer, url)

    async def coaches(self, message: str) -> None:
        url = self._fresh()
        wrote = {"text": escape(message, quote=False), "user": "U9"}
        answered = f"{self._slack.url}/respond/{url}"
        await self._did(await self._person.points(wrote, channel=self._places.channel, response_url=answered), url)

    async def presses(self, label: str) -> None:
        shown, element = await self._found(
            lambda one: one.get("type") == "button" and texts_of(one.get("text")) == label
        )
        await self._act(shown, {"type": "button", "action_id": element["action_id"], "block_id": "b"})

    async def chooses(self, option: str) -> None:
        shown, element = await self._found(lambda one: bool(_options(one, option)))
        chosen = _options(element, option)[0]
        act = {"type": "static_select", "action_id": element["action_id"], "selected_option": chosen, "block_id": "b"}
        await self._act(shown, act)

    async def ticks(self, line: str) -> None:
        shown, element = await self._found(lambda one: one.get("type") == "checkboxes" and bool(_options(one, line)))
        touched = _options(element, line)[0]
        chosen = list(element.get("initial_options") or [])
        chosen = [one for one in chosen if one != touched] if touched in chosen else [*chosen, touched]
        block = next(block for block in shown.blocks if element in _elements(block))
        act = {"type": "checkboxes", "action_id": element["action_id"], "block_id": block["block_id"]}
        await self._act(shown, {**act, "selected_options": chosen})

    async def fills(self, **fields: str) -> None:
        await self._until(lambda: self._screen.view is not None, "an open form")
        view = self._screen.view or {}
        typed = _typed_so_far(view) | fields
        if "place" in fields:
            typed["place"] = self._places.channel
        payload = self._person.submission(view, typed)
        payload["view"]["id"] = f"V{self._person.fresh('view')}"
        if "place" in fields:
            url = f"{self._slack.url}/respond/for-{self._person.user}-share"
            payload["response_urls"] = [
                {"block_id": "place", "action_id": "x", "channel_id": self._places.channel, "response_url": url}
            ]
        self._screen.view, self._screen.problems = None, ""
        await self._did(await self._person.interacts(payload))
        if self._screen.problems:
            self._screen.view = _filled(view, typed)

    async def opens_home(self) -> None:
        await self._did(await self._person.opens_home())

    async def comes_back(self) -> None:
        door = await self._again()
        self._person.door = self.colleague()._person.door = door  # type: ignore[attr-defined]  # noqa: SLF001
        self._screen.messages.clear()

    def colleague(self) -> Rep:
        return self._colleague

    async def sees(self, *words: str) -> None:
        await self._until(lambda: all(one in self._newest() for one in words), f"{words}")

    async def sees_ticked(self, line: str) -> None:
        def ticked() -> bool:
            found = self._all(lambda one: one.get("type") == "checkboxes" and bool(_options(one, line)))
            return any(_options(element, line)[0] in element.get("initial_options", []) for _, element in found[:1])

        await self._until(ticked, line)

    async def sees_picture(self, title: str) -> None:
        def shown() -> bool:
            cards = [one.blocks for one in self._screen.messages if title in texts_of(one.blocks)]
            return any(block["type"] in ("image", "data_visualization") for block in cards[-1]) if cards else False

        await self._until(shown, f"a picture of {title}")

    async def reads(self) -> str:
        return "\n".join(texts_of(shown.blocks) for shown in self._screen.messages)

    async def reads_in_channel(self) -> str:
        self._catch_up()
        channel = [shown for shown in self._screen.messages if shown.channel == self._places.channel]
        return "\n".join(texts_of(shown.blocks) for shown in channel if not shown.ephemeral)

    def shown_privately(self) -> str:
        """Everything that this person alone can read in the team's channel."""
        return "\n".join(texts_of(shown.blocks) for shown in self._screen.messages if shown.ephemeral)

    def _newest(self) -> str:
        """Form and its errors, or the page just opened, or the last message of each conversation."""
        if self._screen.view:
            return texts_of(self._screen.view) + self._screen.problems
        latest = {shown.channel: shown for shown in self._screen.messages}
        return texts_of(self._screen.home) or "\n".join(texts_of(shown.blocks) for shown in latest.values())

    async def _act(self, shown: Shown, act: Json) -> None:
        container = {"type": "message", "message_ts": shown.ts, "channel_id": shown.channel}
        url = shown.ts if shown.ephemeral else self._fresh()
        where: Json = {
            "channel": shown.channel,
            "container": container | {"is_ephemeral": shown.ephemeral},
            "response_url": f"{self._slack.url}/respond/{url}",
        }
        if not shown.ephemeral:
            where["message"] = {"ts": shown.ts, "blocks": shown.blocks}
        act["action_ts"] = f"{1700000100 + len(self._slack.calls)}.000200"
        payload = self._person.action(act, channel=where.pop("channel"))
        if shown.ephemeral:
            del payload["message"]
        await self._did(await self._person.interacts(payload | where), url)

    async def _did(self, answer: Answer, url: str = "") -> None:
        self._screen.home = []
        self._screen.acknowledged(answer, url)
        self._catch_up()

    def _catch_up(self) -> None:
        for call in self._slack.calls[self._seen :]:
            self._screen.take(call)
        self._seen = len(self._slack.calls)

    async def _until(self, condition: Callable[[], bool], wanted: str) -> None:
        def is_there() -> bool:
            self._catch_up()
            return condition()

        await until(is_there, wanted, self._newest)

    async def _found(self, fits: Callable[[Json], bool]) -> tuple[Shown, Json]:
        await self._until(lambda: bool(self._all(fits)), "what to press")
        return self._find(fits)

    def _find(self, fits: Callable[[Json], bool]) -> tuple[Shown, Json]:
        return self._all(fits)[0]

    def _all(self, fits: Callable[[Json], bool]) -> list[tuple[Shown, Json]]:
        """Whatever fits, on the newest message first."""
        return [
            (shown, element)
            for shown in reversed(self._screen.messages)
            for block in shown.blocks
            for element in _elements(block)
            if fits(element)
        ]

    def _fresh(self) -> str:
        return f"for-{self._person.user}-{self._person.fresh('url')}"


def blocks_of(given: Json) -> list[Json]:
    blocks: list[Json] = json.loads(given["blocks"]) if isinstance(given["blocks"], str) else given["blocks"]
    return blocks


def _json(given: object) -> Json:
    value: Json = json.loads(given) if isinstance(given, str) else given  # type: ignore[assignment]
    return value


def _elements(block: Json) -> list[Json]:
    return [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]


def _options(element: Json, starts: str) -> list[Json]:
    return [one for one in element.get("options", []) if texts_of(one["text"]).startswith(starts)]


def texts_of(part: object) -> str:
    """Everything that can be read in a piece of Block Kit, in order; neighbours in a paragraph stand together."""
    return "".join(_pieces(part))


def _pieces(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _pieces(one)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for key, value in part.items():
            if key not in ("state", "private_metadata", "initial_options", "style"):
                yield from _pieces(value)
        if part.get("type") not in ("text", "plain_text"):
            yield "\n"


def _typed_so_far(view: Json) -> dict[str, str]:
    """What stands in the fields of a form as it is opened."""
    typed = {}
    for block in view["blocks"]:
        element = block.get("element", {})
        chosen = element.get("initial_option") or {}
        typed[block.get("block_id", "")] = element.get("initial_value") or chosen.get("value")
    return {key: value for key, value in typed.items() if value}


def _filled(view: Json, typed: dict[str, str]) -> Json:
    """The same form, still open, with what was typed."""
    blocks = []
    for block in view["blocks"]:
        element = dict(block.get("element", {}))
        if element.get("type") == "plain_text_input" and block["block_id"] in typed:
            element["initial_value"] = typed[block["block_id"]]
        blocks.append(block | ({"element": element} if element else {}))
    return view | {"blocks": blocks}
