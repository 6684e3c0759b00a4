"""Stories of bad input, in Teams."""

import json

from handlers.table import ASKING
from tests.stories.scene import Form, Scene
from tests.stories.teams_cards import ANSWER, CARD, NOTICE, inputs, texts
from tests.teams.platform import Answer, Json, Person


class TeamsScene(Scene[Person]):
    """Ines and Tom with Teams open. What a press is told must stand in its answer, too: in place."""

    opened = 0

    async def opens(self) -> None:
        for who in (self.ines, self.tom):
            await self.says(who, "help")

    async def says(self, who: Person, words: str) -> str:
        return await self._told(who, who.message(words))

    async def presses(self, who: Person, action: str) -> str:
        verb, _, subject = action.partition(":")
        data = {"action": verb, "subject": subject}
        if verb not in ASKING:
            return await self._told(who, who.execute(data, self._newest(who)))
        return await self._told(who, who.invoke("task/fetch", {"data": {"msteams": {"type": "task/fetch"}, **data}}))

    async def ticks(self, who: Person, checklist: str, *chosen: str) -> str:
        ticked = {f"tick:{len(checklist)}:{checklist}:{one}": "true" for one in chosen}
        return await self._told(who, who.execute({"action": "tick", "subject": checklist} | ticked, self._newest(who)))

    async def form(self, who: Person, action: str) -> Form:
        verb, _, subject = action.partition(":")
        answer = await who.fetches({"action": verb, "subject": subject})
        self.opened += 1
        return _form(answer.json)

    async def submits(self, who: Person, form: Form, *, to: str = "", about: str | None = None, **typed: str) -> str:
        [send] = form["actions"]
        carried = json.loads(send["data"]["carried"])
        changed = {"form": to or send["data"]["form"], "subject": send["data"]["subject"] if about is None else about}
        travels = json.dumps(carried | {"id": changed["form"], "subject": changed["subject"]})
        values = inputs(form) | {f"{ANSWER}{field}": text for field, text in typed.items()}
        answer = await who.fills_in({**send["data"], **changed, "carried": travels, **values})
        assert answer.status == 200
        if not answer.text or answer.json == {}:
            return ""
        again = _form(answer.json)
        assert inputs(again) == values
        return texts(again)

    def filled(self, form: Form) -> dict[str, str]:
        return {name.removeprefix(ANSWER): value for name, value in inputs(form).items()}

    def posted(self) -> str:
        return json.dumps(self.ines.teams.conversations)

    def forms(self) -> int:
        return self.opened

    def summaries(self, who: Person) -> list[str]:
        """What they were told in their own chat, oldest first, as a notification says it."""
        return [one["summary"] for one in who.teams.standing(who.personal)]

    def _newest(self, who: Person) -> str:
        """The message that is pressed."""
        return str(who.teams.standing(who.personal)[-1]["id"])

    async def _told(self, who: Person, activity: Json) -> str:
        standing = who.teams.conversations
        before = {name: len(messages) for name, messages in standing.items()}
        answer = await who.sends(activity)
        await self.coach.settle()
        new = {name: list(messages.values())[before.get(name, 0) :] for name, messages in standing.items()}
        assert not any(messages for name, messages in new.items() if name != who.personal)
        said = "\n".join(one["summary"] for one in new.get(who.personal, ()))
        return _in_place(answer, said) if activity["type"] == "invoke" else said


def _in_place(answer: Answer, posted: str) -> str:
    """What a press is told where it was pressed; what is posted for it must say the same."""
    assert answer.status == 200, answer
    if "task" in answer.json:
        assert answer.json["task"]["type"] == "message"
        assert not posted
        return str(answer.json["task"]["value"])
    if answer.json["type"] == CARD:
        assert not posted
        return ""
    assert answer.json["type"] == NOTICE
    said = str(answer.json["value"])
    assert posted in ("", said)
    return said


def _form(body: Json) -> Form:
    assert body["task"]["type"] == "continue", body
    form: Form = body["task"]["value"]["card"]["content"]
    return form
