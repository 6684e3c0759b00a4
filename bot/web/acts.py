"""Carries out, on the try page, what a handler wants done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.cards import Card, Form
from bot.chat.events import Event
from bot.chat.places import check, unread
from bot.chat.ports import Dispatch, Messenger
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Reply, Say, Share
from bot.web.cast import COACH, PEOPLE, is_direct
from bot.web.lines import Handed, Line, Pointer, Shown
from bot.web.talk import Talk


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the page shows next. `line` is the first line that is new or changed in the conversation."""

    line: str = ""
    form: Form | None = None
    problems: Mapping[str, str] | None = None
    home: Card | None = None


class Acts:
    """Writes replies into conversations, and gives back what only the page can show."""

    def __init__(self, dispatch: Dispatch, messenger: Messenger, talk: Talk) -> None:
        """Post lasting cards through `messenger`, the others into `talk`."""
        self._dispatch = dispatch
        self._messenger = messenger
        self._talk = talk

    async def carry_out(self, event: Event, reply: Reply) -> Outcome:
        """Do everything a reply asks for, in its order."""
        outcome = Outcome()
        for act in reply:
            outcome = await self._carry_out(event, act, outcome)
        return outcome

    async def _carry_out(self, event: Event, act: Act, outcome: Outcome) -> Outcome:
        match act:
            case Say() | Change() | Hand():
                line = await self._speak(event, act)
                return replace(outcome, line=outcome.line or line)
            case Share():
                await self._share(event, act)
                return outcome
            case Ask():
                return replace(outcome, form=act.form)
            case Refuse():
                return replace(outcome, problems=act.problems)
            case Home():
                return replace(outcome, home=act.card)

    async def _speak(self, event: Event, act: Say | Change | Hand) -> str:
        match act:
            case Say():
                return await self._say(event, act)
            case Change():
                return await self._change(event, act)
            case Hand():
                return await self._tell(event, Handed(act.card, act.name, act.media_type, act.content))

    async def _say(self, event: Event, say: Say) -> str:
        if not say.lasting:
            return await self._tell(event, Shown(say.card))
        direct = PEOPLE[event.address.user].direct
        message = await self._messenger.send(direct, say.card)
        if say.subject:
            await self._dispatch.placed(direct, say.subject, message)
        if is_direct(event.address):
            return message
        return await self._tell(event, Pointer(say.card.summary, message))

    async def _change(self, event: Event, change: Change) -> str:
        """Change the card in place; where the event came from none, others read it, or it is gone, say it anew."""
        line, where, message = Shown(change.card), event.address, event.message
        mine = bool(message) and (change.for_all or await self._talk.is_private(where, message))
        if mine and await self._talk.change(where, message, line, event.at):
            return message
        return await self._tell(event, line)

    async def _share(self, event: Event, share: Share) -> None:
        if share.place != event.address.conversation:
            await check(event, share.place, self._messenger)
        await self._messenger.post(replace(event.address, conversation=share.place), share.card)

    async def unread(self, event: Event) -> dict[str, str]:
        """Give a sentence at each field of a form in which a channel was chosen that this person isn't in."""
        return await unread(event, self._messenger)

    async def _tell(self, event: Event, line: Line) -> str:
        return await self._talk.post(event.address, COACH, line, event.at)
