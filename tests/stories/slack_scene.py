"""Stories of bad input, in Slack."""

import json
from collections import defaultdict
from collections.abc import Awaitable

from tests.slack.platform import Answer, FakeSlack, Json, Person
from tests.stories.coach import Coach
from tests.stories.scene import Form, Scene


class SlackScene(Scene[Person]):
    """Ines and Tom with Slack open."""

    def __init__(self, coach: Coach, ines: Person, tom: Person, slack: FakeSlack) -> None:
        super().__init__(coach, ines, tom)
        self.slack = slack

    async def opens(self) -> None:
        for who in (self.ines, self.tom):
            await who.types("help")

    async def says(self, who: Person, words: str) -> str:
        return await self._told(who, who.says(words, channel=f"D{who.user}"))

    async def presses(self, who: Person, action: str) -> str:
        return await self._told(who, presses(who, action))

    async def ticks(self, who: Person, checklist: str, *chosen: str) -> str:
        return await self._told(who, ticks(who, checklist, *chosen))

    async def form(self, who: Person, action: str) -> Form:
        before = len(self.slack.of("views.open"))
        await presses(who, action)
        await self.coach.settle()
        [opened] = self.slack.of("views.open")[before:]
        return {**opened["view"], "hash": who.fresh("hash")}

    async def submits(self, who: Person, form: Form, *, to: str = "", about: str | None = None, **typed: str) -> str:
        note = json.loads(form["private_metadata"])
        note["about"] = note["about"] if about is None else about
        sent = {**form, "callback_id": to or form["callback_id"], "private_metadata": json.dumps(note)}
        answer = await who.submits(sent, _typed_so_far(form) | typed)
        if answer.json == {"response_action": "clear"}:
            return ""
        assert answer.json["response_action"] == "errors"
        return " ".join(answer.json["errors"].values())

    def filled(self, form: Form) -> dict[str, str]:
        return filled(form)

    def posted(self) -> str:
        return json.dumps(self.slack.of("chat.postMessage"))

    def forms(self) -> int:
        return len(self.slack.of("views.open"))

    async def _told(self, who: Person, gesture: Awaitable[Answer]) -> str:
        before = len(self.slack.of("chat.postMessage"))
        assert (await gesture).status == 200
        await self.coach.settle()
        posted = self.slack.of("chat.postMessage")[before:]
        assert {one["channel"] for one in posted} <= {f"D{who.user}"}
        return "\n".join(str(one["text"]) for one in posted)


async def presses(person: Person, action: str) -> Answer:
    return await person.presses(action, channel=f"D{person.user}")


async def ticks(person: Person, checklist: str, *chosen: str, shown: tuple[str, ...] = (), at: float = 0) -> Answer:
    """Touch a checklist of which `shown` is on the screen, so that exactly `chosen` is ticked."""
    element = {"type": "checkboxes", "action_id": f"tick:{checklist}:0"}
    options = [{"value": one} for one in (shown or chosen)]
    message = {"ts": "1700000050.000100", "blocks": [{"type": "actions", "elements": [element | {"options": options}]}]}
    act = {**element, "selected_options": [{"value": one} for one in chosen], "action_ts": f"{1700000100 + at:.6f}"}
    return await person.interacts(person.action(act, channel=f"D{person.user}", message=message))


def filled(view: Json) -> dict[str, str]:
    """What stands in the text fields of a form; a long text stands in several."""
    texts: defaultdict[str, str] = defaultdict(str)
    for field, text in _typed_so_far(view).items():
        texts[field.partition("~")[0]] += text
    return dict(texts)


def _typed_so_far(view: Json) -> dict[str, str]:
    """What stands in the text fields of a form, as they are."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in inputs}
