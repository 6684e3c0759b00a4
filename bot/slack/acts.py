"""What a handler wants done -> what Slack is told. One visible `match` over the closed union of acts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

import structlog

from bot.chat.ack import Ack, Body
from bot.chat.address import Address
from bot.chat.cards import Button, Buttons, Card, Form, prose
from bot.chat.events import Asked, Pressed, Said
from bot.chat.ids import SUBJECT_MAX
from bot.chat.places import check
from bot.chat.ports import Dispatch
from bot.chat.replies import Act, Ask, Change, Hand, Home, Refuse, Reply, Say, Share, plain
from bot.errors import CoachError, PlatformError
from bot.slack.api import Api, SlackRefusedError, plainly
from bot.slack.block_kit import Message, render, render_home
from bot.slack.block_kit_forms import render_form
from bot.slack.origin import Happened, keep
from bot.slack.places import Vouched
from bot.slack.send import SlackMessenger
from bot.slack.views import SAVED, at_fields, restored

log = structlog.get_logger()

# How long a modal's "still saving" gets to arrive before something replaces it: the two overtake each other.
OVERTAKING_SECONDS: Final = 0.7
POINTER: Final = "It's in our direct messages, where only you can see it."
NO_FORM: Final = "Slack needs a fresh press before I can open a form. Nothing was lost; press this one."


@dataclass(frozen=True, slots=True)
class Answering:
    """One happening on its way to being answered."""

    messenger: SlackMessenger
    dispatch: Dispatch
    happened: Happened
    ack: Ack

    @property
    def _api(self) -> Api:
        return self.messenger.api

    @property
    def _to(self) -> Address:
        return self.happened.event.address

    async def carry_out(self, reply: Reply) -> None:
        """Do everything asked for, in order. What can't be delivered is told to the person, and stops nothing else.

        Only what follows a failed sharing is left out: it would say that all went well.
        """
        if self.happened.origin.view:
            reply = await self._answer_form(reply)
        elif not isinstance(self.happened.event, Asked):
            self.ack.give({})
        for act in reply:
            try:
                await self._carry(act)
            except CoachError as error:
                log.warning("an answer could not be delivered", action="slack_delivery", act=type(act).__name__)
                await self.apologise(error.sentence)
                if isinstance(act, Share):
                    break
        self.ack.give({})

    async def apologise(self, sentence: str) -> None:
        """Say what went wrong by whichever way is open; where none is, the log knows."""
        if self.happened.origin.view and self.ack.give(_errors({"": sentence}, self.happened)):
            return
        for way in (self._say, self._tell):
            try:
                await way(plain(sentence))
            except CoachError:
                log.warning("an apology could not be delivered", action="slack_delivery", way=way.__name__)
            else:
                return

    async def _tell(self, card: Card) -> None:
        await self.messenger.send(self._to, card)

    async def _carry(self, act: Act) -> None:
        match act:
            case Say(lasting=True):
                await self._keep(act)
            case Say():
                await self._say(act.card)
            case Change():
                await self._change(act.card, for_all=act.for_all)
            case Ask():
                await self._ask(act.form)
            case Refuse():
                await self._say(plain(" ".join(act.problems.values())))
            case Share():
                await self._share(act)
            case Hand():
                await self._hand(act)
            case Home():
                await self._publish(act.card)
            case _:
                assert_never(act)

    async def _say(self, card: Card) -> None:
        """Answer this person alone, where they asked."""
        origin = self.happened.origin
        match origin.voice:
            case "response":
                await self._respond(card)
            case "post":
                await self.messenger.post(self._to, card, thread=origin.thread)
            case "aside":
                await self._aside(card)
            case "direct":
                await self.messenger.send(self._to, card)
            case "home":
                await self._publish(card)
            case _:
                assert_never(origin.voice)

    async def _respond(self, card: Card) -> None:
        """Whisper: the first page in the acknowledgement if there is still time, the rest by response URL."""
        pages = render(card)
        in_time = isinstance(self.happened.event, Asked) and self.ack.give(_whisper(pages[0]))
        try:
            await self._pages(pages[1:] if in_time else pages)
        except PlatformError:
            # Used up or half an hour old: our own conversation is always there.
            await self.messenger.send(self._to, card)

    async def _pages(self, pages: Sequence[Message], **how: object) -> None:
        for page in pages:
            await self._api.respond(self.happened.origin.response_url, page.text, page.blocks, **how)

    async def _aside(self, card: Card) -> None:
        origin = self.happened.origin
        client = self._api.posting(await self.messenger.token(self._to))
        for page in render(card):
            with plainly():
                await client.chat_postEphemeral(
                    channel=origin.channel,
                    user=origin.user,
                    text=page.text,
                    blocks=list(page.blocks),
                    thread_ts=origin.thread or None,
                )

    async def _keep(self, say: Say) -> None:
        """Put a lasting card into the conversation that stays, and point there from elsewhere."""
        there = await self.messenger.direct(self._to)
        message = await self.messenger.post(there, say.card)
        if say.subject:
            await self.dispatch.placed(there, say.subject, message)
        if self.happened.origin.channel not in ("", there.conversation):
            await self._say(plain(POINTER))

    async def _change(self, card: Card, *, for_all: bool) -> None:
        """Change the card the event came from; one that others read too only `for_all`, else a whisper answers."""
        origin = self.happened.origin
        if not origin.channel:
            await self._publish(card)
        elif origin.ephemeral:
            first, *rest = render(card)
            try:
                await self._pages((first,), replace_original=True)
                await self._pages(rest)
            except PlatformError:
                await self.messenger.send(self._to, card)
        elif origin.message and (for_all or not origin.company):
            await self.messenger.update(self._to, origin.message, card, scattered=origin.scattered)
        else:
            await self._say(card)

    async def _ask(self, form: Form) -> None:
        """Open a form, or where Slack allows that no more, offer the press that opens it."""
        origin = self.happened.origin
        if origin.trigger:
            client = self._api.posting(await self.messenger.token(self._to))
            try:
                with plainly():
                    await client.views_open(trigger_id=origin.trigger, view=self._form(form))
            except SlackRefusedError as error:
                if "trigger" not in error.code:
                    raise
            else:
                return
        await self._say(self._offer(form))

    def _form(self, form: Form) -> Body:
        return render_form(form, keep(self.happened.origin, form.subject))

    def _offer(self, form: Form) -> Card:
        """Make a card with the button that brings the person back to this form."""
        event = self.happened.event
        match event:
            case Pressed():
                again = Button(form.title, event.action, event.subject, "primary")
            case Asked() | Said() if event.text and len(event.text) <= SUBJECT_MAX:
                again = Button(form.title, "verb.run", event.text, "primary")
            case _:
                return plain("Slack didn't let me open that form. Nothing was lost; please ask for it again.")
        return Card(NO_FORM, (prose(NO_FORM), Buttons((again,))))

    async def _share(self, share: Share) -> None:
        """Post where others read: through the URL that came with the choice, else as a member of the channel."""
        event, origin = self.happened.event, self.happened.origin
        if share.place != origin.channel:
            await check(event, share.place, Vouched(self.messenger, origin))
        url = origin.places.get(share.place)
        if not url:
            await self.messenger.post(replace(self._to, conversation=share.place), share.card)
            return
        for page in render(share.card):
            await self._api.respond(url, page.text, page.blocks, response_type="in_channel")

    async def _hand(self, hand: Hand) -> None:
        there = await self.messenger.direct(self._to)
        await self.messenger.post(there, hand.card)
        client = self._api.posting(await self.messenger.token(self._to))
        with plainly():
            await client.files_upload_v2(
                channel=there.conversation, filename=hand.name, title=hand.name, content=hand.content
            )
        if self.happened.origin.channel not in ("", there.conversation):
            await self._say(plain(POINTER))

    async def _publish(self, card: Card) -> None:
        client = self._api.posting(await self.messenger.token(self._to))
        with plainly():
            await client.views_publish(user_id=self._to.user, view=render_home(card))

    async def _answer_form(self, reply: Reply) -> Reply:
        """Tell the modal how it ends, in the acknowledgement or later; gives what else is to be done."""
        body = self._ending(reply)
        if not self.ack.give(body):
            await self._end_late(body)
        return tuple(act for act in reply if not isinstance(act, Ask | Refuse))

    def _ending(self, reply: Reply) -> Body:
        for act in reply:
            if isinstance(act, Refuse):
                return _errors(act.problems, self.happened)
            if isinstance(act, Ask):
                return {"response_action": "update", "view": self._form(act.form)}
        return {"response_action": "clear"}

    async def _end_late(self, body: Body) -> None:
        """Replace "still saving" by how it ended: the form with what was typed, the next form, or done."""
        view = self.happened.origin.view
        await asyncio.sleep(OVERTAKING_SECONDS)
        shown: Body = body.get("view") or SAVED
        if "errors" in body:
            shown = restored(view, body["errors"])
        client = self._api.posting(await self.messenger.token(self._to))
        try:
            with plainly():
                await client.views_update(view_id=str(view["id"]), view=shown)
        except SlackRefusedError as error:
            await self._say_late(body, error)

    async def _say_late(self, body: Body, error: SlackRefusedError) -> None:
        """The person closed the window meanwhile: only bad news has to reach them."""
        log.info("a form was closed before it was answered", action="slack_late_form", error=error.code)
        if "errors" in body:
            await self.messenger.send(self._to, plain(" ".join(body["errors"].values())))


def _errors(problems: Mapping[str, str], happened: Happened) -> Body:
    return {"response_action": "errors", "errors": at_fields(problems, happened.origin.view)}


def _whisper(page: Message) -> Body:
    return {"response_type": "ephemeral", "text": page.text, "blocks": list(page.blocks)}
