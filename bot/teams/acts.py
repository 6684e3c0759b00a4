"""Carries out, in Teams, what a handler wants done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

import structlog

from bot.chat.ack import Ack, Body
from bot.chat.address import Address
from bot.chat.cards import Buttons, Card, Prose
from bot.chat.places import check
from bot.chat.ports import Dispatch
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Reply, Say, Share, plain
from bot.errors import CoachError, PlatformError, UnreachableError
from bot.teams import answers, files, sheets
from bot.teams.elements import Json
from bot.teams.messages import message, messages
from bot.teams.origin import Happened, Origin
from bot.teams.send import TeamsMessenger

log = structlog.get_logger()

POINTER: Final = "I answered you in our own chat."
NO_CHAT: Final = (
    "I have an answer for you, but can't write to you alone yet. Add me as an app of your own and say hello there, "
    "then ask again; nothing was lost."
)
UNSAID: Final = (
    "I can't write to you alone yet, so here it is this once. Add me as an app of your own: then it stays in our chat, "
    "with the next steps to press."
)
NO_PLACE: Final = "I can't post there for you. Nothing was shared; mention me there once, then choose it again."


@dataclass(slots=True)
class Answering:
    """One happening on its way to being answered."""

    messenger: TeamsMessenger
    dispatch: Dispatch
    happened: Happened
    ack: Ack
    # What is said in the end where it was asked: the short of it to one person, one neutral line to many.
    _line: str = field(default="", init=False)
    # What was to be said of somebody's message, to one who has no chat with the coach.
    _unsaid: Card | None = field(default=None, init=False)

    @property
    def _origin(self) -> Origin:
        return self.happened.origin

    async def carry_out(self, reply: Reply) -> None:
        """Do everything a reply asks for, in its order. What can't be done is said, and stops nothing else."""
        for act in await self._at_once(reply):
            try:
                await self._carry(act)
            except CoachError as error:
                log.warning("an answer could not be delivered", action="teams_delivery", error=type(error).__name__)
                if isinstance(act, Share):
                    # What follows says that it was shared.
                    await self.carry_out(sorry(self.happened, error.sentence))
                    return
                await self._regret(error)
        await self._fold_sheet(reply)
        await self._end()

    async def apologise(self, sentence: str) -> None:
        """Say what went wrong by whichever way is open; where none is, the log knows."""
        if self._origin.way != "message" and self.ack.give(answers.sentence(self._origin.way, sentence)):
            return
        if self._origin.way == "quote":
            return  # those who read that message don't know that anybody asked about it
        with _unheard():
            await self.messenger.post(self._origin.address, plain(sentence), reply_to=self._origin.thread)

    async def _regret(self, error: CoachError) -> None:
        """Say what went wrong with one act, unless it is said in the end how to reach the person."""
        if self._line != NO_CHAT:
            await self.apologise(error.sentence)

    async def _at_once(self, reply: Reply) -> Reply:
        """Give Teams the answer it waits for, where the reply holds one; gives what else is to be done.

        What comes too late for a press or a dialog is all still to be done, in messages.
        """
        if self._origin.way == "message":
            self.ack.give({})
            return reply
        for act in reply:
            try:
                body = self._at_the_press(act) if self._origin.way == "press" else await self._in_the_dialog(act)
            except CoachError as error:
                body = answers.sentence(self._origin.way, error.sentence)
            if body is not None and self.ack.give(body):
                return reply if self._origin.way == "press" else tuple(other for other in reply if other is not act)
        return reply

    def _at_the_press(self, act: Act) -> Body | None:
        """Show a changed card at once; that it stays, the change itself sees to."""
        if isinstance(act, Change) and (self._origin.alone or act.for_all):
            first, *rest = messages(self.messenger.fit(act.card))
            if not rest and len(first["attachments"]) == 1:
                return answers.in_place(first["attachments"][0]["content"])
        return None

    async def _in_the_dialog(self, act: Act) -> Body | None:
        """Show a form, new or with what is wrong in it. Where a form was to open, a sentence is read there too."""
        match act:
            case Ask() | Refuse() if self._origin.way == "quote":
                return None
            case Ask():
                return answers.dialog(await sheets.fresh(act.form, self.happened, self.messenger))
            case Refuse():
                again = sheets.again(self.happened, act.problems)
                words = " ".join(act.problems.values())
                return answers.dialog(again) if again else answers.sentence(self._origin.way, words)
            case Say(lasting=False) if self._origin.way != "submit" and _is_a_sentence(act.card):
                return answers.sentence(self._origin.way, act.card.summary)
            case _:
                return None

    async def _end(self) -> None:
        """Say in the end where the answer is: where it was pressed, or once to all who read that it was asked."""
        origin = self._origin
        if self._unsaid:
            self.ack.give(answers.to_read(self._unsaid, UNSAID))
        elif origin.way != "message":
            told = self._line and not (origin.way == "submit" and origin.alone)
            self.ack.give(answers.sentence(origin.way, self._line) if told else answers.done(origin.way))
        elif self._line and not origin.alone:
            with _unheard():
                await self.messenger.post(origin.address, plain(self._line), reply_to=origin.thread)

    async def _carry(self, act: Act) -> None:
        match act:
            case Say():
                await self._say(act.card, act.subject)
            case Home():
                await self._say(act.card)
            case Change():
                await self._change(act.card, for_all=act.for_all)
            case Ask():
                await self._sheet(await sheets.fresh(act.form, self.happened, self.messenger), act.form.title)
            case Refuse():
                await self._refuse(act.problems)
            case Share():
                await self._share(act)
            case Hand():
                await self._hand(act)
            case _:
                assert_never(act)

    @contextmanager
    def _privately(self, short: str) -> Iterator[None]:
        """Note what to say of it where it was asked; `short` says it to this person alone."""
        try:
            yield
        except UnreachableError:
            if not self._origin.alone:
                self._line = NO_CHAT
            raise
        self._line = self._line or (short if self._origin.alone else POINTER)

    async def _own(self) -> Address:
        """Find the person's own chat with the coach."""
        to = self._origin.address
        return to if self._origin.alone else await self.messenger.direct(to, self._origin.reference)

    async def _say(self, card: Card, subject: str = "") -> None:
        """Answer this person alone; where others read, that is in our own chat."""
        with self._privately(card.summary):
            try:
                own = await self._own()
                posted = await self.messenger.post(own, card)
            except UnreachableError:
                self._unsaid = card if self._origin.way == "quote" else None
                raise
        if subject:
            await self.dispatch.placed(own, subject, posted)

    async def _change(self, card: Card, *, for_all: bool) -> None:
        """Change the card the event came from; one that others read too only `for_all`, where Teams itself named it.

        Which card a form was opened from is told by the form, and so by whoever sends it.
        """
        origin = self._origin
        if origin.message and (origin.alone or (for_all and not self.happened.form)):
            with _unheard():
                await self.messenger.update(origin.address, origin.message, card)
                # Where others read, they see that it changed, and need no line about it.
                self._line = self._line or (card.summary if origin.alone else "")
                return
        await self._say(card)

    async def _sheet(self, card: Json, title: str) -> None:
        """Put a form where no dialog can open: as a card of its own, or in place of the one before it."""
        with self._privately(title):
            await self._put(message((card,), title))

    async def _put(self, activity: Json) -> None:
        """Show a form in place of the one it follows, else where only this person reads."""
        origin = self._origin
        if origin.alone and origin.sheet:
            with _unheard():
                await self.messenger.put(origin.address, activity, origin.sheet)
                return
        await self.messenger.put(await self._own(), activity)

    async def _refuse(self, problems: Mapping[str, str]) -> None:
        """Show a form once more, with what was typed and what is wrong."""
        words, again = " ".join(problems.values()), sheets.again(self.happened, problems)
        await (self._sheet(again, words) if again else self._say(plain(words)))

    async def _fold_sheet(self, reply: Reply) -> None:
        """Leave one line of a form that stood as a card and was taken."""
        origin = self._origin
        kept = self.happened.form and not any(isinstance(act, Ask | Refuse) for act in reply)
        if not (origin.alone and origin.sheet and kept):
            return
        with _unheard():
            await self.messenger.update(origin.address, origin.sheet, plain(answers.SAVED))

    async def _share(self, share: Share) -> None:
        """Post where others read, if this person was heard there: nobody posts into a chat by guessing its id."""
        origin = self._origin
        if share.place != origin.conversation:
            if share.place not in {place.id for place in await self.messenger.places(origin.address)}:
                raise PlatformError(NO_PLACE)
            await check(self.happened.event, share.place, self.messenger)
        await self.messenger.post(replace(origin.address, conversation=share.place), share.card)

    async def _hand(self, hand: Hand) -> None:
        """Ask whether the file is wanted: Teams takes none unasked, and only in the person's own chat."""
        with self._privately(hand.card.summary):
            await self.messenger.put(await self._own(), files.ask(hand))


@contextmanager
def _unheard() -> Iterator[None]:
    """Go on where something could not be delivered: there is another way, or none at all."""
    try:
        yield
    except CoachError as error:
        log.info("something could not be delivered", action="teams_delivery", error=type(error).__name__)


def sorry(happened: Happened, sentence: str) -> Reply:
    """Say what went wrong; over a form, what was typed in it stays."""
    return (Refuse({"": sentence}),) if happened.form else (Say(plain(sentence)),)


def _is_a_sentence(card: Card) -> bool:
    """Whether its summary says all there is to read on a card."""
    words = "".join(run.text for block in card.blocks if isinstance(block, Prose) for run in block.runs)
    return words == card.summary and all(isinstance(block, Prose | Buttons) for block in card.blocks)
