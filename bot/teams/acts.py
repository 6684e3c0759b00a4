"""Carries out, in Teams, what a handler wants done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

import structlog

from bot.chat.ack import Ack, Body
from bot.chat.address import Address
from bot.chat.cards import Card, prose
from bot.chat.events import Asked, Pressed, Said
from bot.chat.ports import Dispatch
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Reply, Say, Share
from bot.errors import CoachError, InvalidInputError, PlatformError
from bot.teams import answers, files
from bot.teams.adaptive_card import render
from bot.teams.elements import Json
from bot.teams.messages import message, messages
from bot.teams.origin import Happened
from bot.teams.send import TeamsMessenger
from bot.teams.sheets import Sheets

log = structlog.get_logger()

POINTER: Final = "I answered you in our own chat."
NO_CHAT: Final = (
    "I have an answer for you, but can't write to you alone yet. Add me as an app of your own and say hello there, "
    "then ask again; nothing was lost."
)
NO_PLACE: Final = "I can't post there for you. Nothing was shared; mention me there once, then choose it again."


@dataclass(slots=True)
class Answering:
    """One happening on its way to being answered."""

    messenger: TeamsMessenger
    dispatch: Dispatch
    happened: Happened
    ack: Ack
    pointed: bool = False

    async def carry_out(self, reply: Reply) -> None:
        """Do everything a reply asks for, in its order; what goes wrong is said and doesn't stop the rest."""
        for act in await self._answer(reply):
            try:
                await self._carry(act)
            except CoachError as error:
                log.warning("an answer could not be delivered", action="teams_delivery", act=type(act).__name__)
                await self.apologise(error.sentence)
        await self._fold_sheet(reply)
        self.ack.give(answers.done(self.happened.origin.way))

    async def apologise(self, sentence: str) -> None:
        """Say what went wrong by whichever way is open; where none is, the log knows."""
        way = self.happened.origin.way
        if way != "message" and self.ack.give(answers.sentence(way, sentence)):
            return
        try:
            await self._say(_plain(sentence))
        except CoachError:
            log.warning("an apology could not be delivered", action="teams_delivery")

    async def _answer(self, reply: Reply) -> Reply:
        """Give Teams the answer it waits for, as far as the reply holds one; gives what else is to be done.

        What comes too late for a press or a dialog is all still to be done, in messages.
        """
        way = self.happened.origin.way
        for act in reply:
            body = await self._at_the_press(act) if way == "press" else await self._in_the_dialog(act)
            if body is not None and self.ack.give(body):
                return reply if way == "press" else tuple(other for other in reply if other is not act)
        if way in ("message", "submit"):
            self.ack.give({})
        return reply

    async def _at_the_press(self, act: Act) -> Body | None:
        """Show a changed card at once; that it stays, the change itself sees to. Else say in short what comes."""
        alone = self.happened.origin.alone
        match act:
            case Change() if alone and len(cards := render(act.card)) == 1:
                return answers.in_place(cards[0])
            case Say() | Home():
                return answers.sentence("press", act.card.summary if alone else POINTER)
            case Ask():
                return answers.sentence("press", act.form.title if alone else POINTER)
            case _:
                return None

    async def _in_the_dialog(self, act: Act) -> Body | None:
        """Show a form, new or with what is wrong in it. Where a form was to open, a sentence is read there too."""
        way, sheets = self.happened.origin.way, Sheets(self.messenger, self.happened)
        match act:
            case Ask() if way != "message":
                return answers.dialog(await sheets.fresh(act.form))
            case Refuse() if way == "submit":
                return answers.dialog(await sheets.again(act.problems))
            case Say(lasting=False) if way == "fetch":
                return answers.sentence("fetch", act.card.summary)
            case _:
                return None

    async def _carry(self, act: Act) -> None:
        match act:
            case Say():
                await self._say(act.card, act.subject)
            case Home():
                await self._say(act.card)
            case Change():
                await self._change(act.card)
            case Ask():
                await self._sheet(await Sheets(self.messenger, self.happened).fresh(act.form), act.form.title)
            case Refuse():
                await self._refuse(act.problems)
            case Share():
                await self._share(act)
            case Hand():
                await self._hand(act)
            case _:
                assert_never(act)

    async def _say(self, card: Card, subject: str = "") -> None:
        """Answer this person alone; where others read, that is in our own chat."""
        own = await self._own()
        posted = await self.messenger.post(own, card)
        if subject:
            await self.dispatch.placed(own, subject, posted)
        await self._point(POINTER)

    async def _own(self) -> Address:
        """Find the person's own chat. Where it can't be had, they are told so where they asked."""
        to = self.happened.origin.address
        if self.happened.origin.alone:
            return to
        try:
            return await self.messenger.direct(to)
        except PlatformError:
            await self._point(NO_CHAT)
            raise

    async def _point(self, line: str) -> None:
        """Say one neutral line, once, where others read that something was asked."""
        origin = self.happened.origin
        if origin.alone or origin.way != "message" or self.pointed:
            return
        self.pointed = True
        await self.messenger.post(origin.address, _plain(line), origin.thread)

    async def _change(self, card: Card) -> None:
        """Change the card the event came from; one that others read too is never changed."""
        origin = self.happened.origin
        if not (origin.alone and origin.message):
            await self._say(card)
            return
        try:
            await self.messenger.update(origin.address, origin.message, card)
        except PlatformError:
            await self._say(card)

    async def _sheet(self, card: Json, title: str) -> None:
        """Put a form where no dialog can open: as a card of its own."""
        await self.messenger.put(await self._own(), message((card,), title))
        await self._point(POINTER)

    async def _refuse(self, problems: Mapping[str, str]) -> None:
        """Show a form once more, with what was typed and what is wrong."""
        words = " ".join(problems.values())
        try:
            card = await Sheets(self.messenger, self.happened).again(problems)
        except InvalidInputError:
            await self._say(_plain(words))
            return
        activity, sheet = message((card,), words), self.happened.origin.sheet
        await self.messenger.put(self.happened.origin.address if sheet else await self._own(), activity, sheet)

    async def _fold_sheet(self, reply: Reply) -> None:
        """Leave one line of a form that stood as a card and was taken."""
        origin = self.happened.origin
        if not origin.sheet or any(isinstance(act, Refuse) for act in reply):
            return
        (line,) = messages(_plain(answers.SAVED))
        try:
            await self.messenger.put(origin.address, line, origin.sheet)
        except CoachError:
            log.info("a form that was taken could not be folded", action="teams_delivery")

    async def _share(self, share: Share) -> None:
        """Post where others read, if this person was heard there: nobody posts into a chat by guessing its id."""
        origin = self.happened.origin
        if share.place == origin.conversation:
            await self.messenger.post(origin.address, share.card, origin.thread)
            return
        places = await self.messenger.places(origin.address)
        if share.place not in {place.id for place in places}:
            raise PlatformError(NO_PLACE)
        await self.messenger.post(replace(origin.address, conversation=share.place), share.card)

    async def _hand(self, hand: Hand) -> None:
        """Ask whether the file is wanted: Teams takes none unasked, and only in the person's own chat."""
        match self.happened.event:
            case Pressed(action=action, subject=subject):
                question = files.ask(hand, action, subject)
            case Asked(text=text) | Said(text=text):
                question = files.ask(hand, "verb.run", text)
            case _:
                raise PlatformError
        await self.messenger.put(await self._own(), question)
        await self._point(POINTER)


def _plain(sentence: str) -> Card:
    return Card(sentence, (prose(sentence),))
