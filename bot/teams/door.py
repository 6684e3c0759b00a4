"""The Teams door: what gets through the gate is translated, a tracked task answers, and Teams never waits long."""

from time import perf_counter
from typing import Final

import structlog
from aiohttp import web

from bot.chat.ack import Ack
from bot.chat.places import unread
from bot.chat.ports import Dispatch, Now, Observe, unobserved
from bot.chat.replies import Change, Hand, Refuse, Reply, Say, plain
from bot.chat.underway import UnderWay
from bot.errors import CoachError, StoreUnavailableError
from bot.teams import answers, files, sheets
from bot.teams.about import about_routes
from bot.teams.acts import Answering, sorry
from bot.teams.elements import Json
from bot.teams.gate import Gate
from bot.teams.keys import SigningKeys
from bot.teams.options import TeamsOptions
from bot.teams.origin import Consented, GarbledError, Happened, Left, Received
from bot.teams.receive import translate, way_of
from bot.teams.send import TeamsMessenger
from bot.telemetry import bind_reference

log = structlog.get_logger()

# Teams gives up after some 10 seconds; people much earlier.
DEADLINE_SECONDS: Final = 5.0
DRAIN_SECONDS: Final = 10.0
DECLINED: Final = "All right, no file. Nothing was sent; export asks again whenever you like."


class TeamsDoor:
    """Teams' way in."""

    def __init__(  # noqa: PLR0913  one argument a neighbour
        self,
        options: TeamsOptions,
        dispatch: Dispatch,
        messenger: TeamsMessenger,
        now: Now,
        *,
        observe: Observe = unobserved,
        deadline: float = DEADLINE_SECONDS,
    ) -> None:
        """Stand between Teams and `dispatch`.

        `observe` is told the kind of each request and the seconds until its answer, "refused" among the kinds.
        """
        self._options = options
        self._dispatch = dispatch
        self._messenger = messenger
        self._now = now
        self._observe = observe
        self._deadline = deadline
        self._keys = SigningKeys(options.openid_url)
        self._gate = Gate(options, self._keys)
        self._under_way = UnderWay()

    def routes(self) -> list[web.RouteDef]:
        """Give what Teams calls, and the page it links to."""
        return [web.post("/api/messages", self._messages), *about_routes()]

    async def start(self) -> None:
        """Begin to fetch Microsoft's signing keys."""
        if not self._options.unauthenticated:
            await self._keys.start()

    async def drain(self) -> None:
        """Wait for the answers under way, and give up on those that take too long."""
        await self._under_way.finish(DRAIN_SECONDS)

    async def stop(self) -> None:
        """Finish what is under way, and close the connections."""
        await self.drain()
        await self._keys.stop()
        await self._messenger.close()

    async def _messages(self, request: web.Request) -> web.Response:
        started = perf_counter()
        bind_reference()
        try:
            activity = await self._gate.accept(request)
        except web.HTTPException as refusal:
            return self._observed("refused", started, web.Response(status=refusal.status, text=refusal.text))
        try:
            received = translate(activity, self._now())
        except GarbledError:
            return self._observed("refused", started, _garbled(activity))
        if received is None:
            return self._observed("ignored", started, _ignored(activity))
        body = await self._answered(received)
        return self._observed(_kind(received), started, web.json_response(body) if body else web.Response())

    def _observed(self, kind: str, started: float, response: web.Response) -> web.Response:
        self._observe(kind, perf_counter() - started)
        return response

    async def _answered(self, received: Received) -> Json:
        """Let a task of its own answer, and give Teams what it has at the deadline."""
        ack = Ack()
        match received:
            case Happened():
                self._under_way.start(self._work(received, ack))
            case Consented():
                self._under_way.start(self._consented(received, ack))
            case Left():
                self._under_way.start(self._left(received, ack))
        body = await ack.within(self._deadline)
        if body is None and isinstance(received, Happened):
            return answers.sentence(received.origin.way, answers.LATER)
        return body or {}

    async def _work(self, happened: Happened, ack: Ack) -> None:
        """Answer one happening, whatever fails on the way."""
        answering = Answering(self._messenger, self._dispatch, happened, ack)
        try:
            await self._note(happened)
            await answering.carry_out(await self._reply(happened))
        except Exception:
            log.exception("an answer could not be carried out", action="teams_answer")
            await answering.apologise(CoachError().sentence)
        finally:
            ack.give(answers.done(happened.origin.way))

    async def _note(self, happened: Happened) -> None:
        """Remember how to reach this person; an answer to what they said now needs no store for that.

        The coach need not be where the message stands that somebody points at: there it reaches nobody.
        """
        if happened.origin.way == "quote":
            return
        try:
            await self._messenger.note(happened.origin.reference, happened.origin.zone)
        except StoreUnavailableError:
            log.warning("a conversation could not be remembered", action="teams_note")

    async def _reply(self, happened: Happened) -> Reply:
        if wrong := sheets.problems(happened):
            return (Refuse(wrong),)
        try:
            if wrong := await unread(happened.event, self._messenger):
                return (Refuse(wrong),)
            return await self._dispatched(happened)
        except CoachError as error:
            return sorry(happened, error.sentence)
        except Exception:
            log.exception("a happening could not be answered", action="teams_answer")
            return sorry(happened, CoachError().sentence)

    async def _dispatched(self, happened: Happened) -> Reply:
        """Bring the coach everything that happened; the last answer shows what an earlier one changed, too."""
        reply: Reply = ()
        for event in (*happened.also, happened.event):
            answer = await self._dispatch(event)
            reply = (*(act for act in reply if not isinstance(act, Change) and act not in answer), *answer)
        return reply

    async def _consented(self, consented: Consented, ack: Ack) -> None:
        """Bring a file to where Teams said, or take a no for an answer."""
        ack.give({})
        answering = Answering(self._messenger, self._dispatch, consented.again, ack)
        try:
            await self._note(consented.again)
            if not consented.consent.upload_url:
                await answering.carry_out((Say(plain(DECLINED)),))
                return
            for act in await self._reply(consented.again):
                if isinstance(act, Hand):
                    await self._upload(act, consented)
                else:
                    await answering.carry_out((act,))
        except CoachError as error:
            await answering.apologise(error.sentence)
        except Exception:
            log.exception("a file could not be handed over", action="teams_file")
            await answering.apologise(CoachError().sentence)

    async def _upload(self, hand: Hand, consented: Consented) -> None:
        connector, consent = self._messenger.connector, consented.consent
        here = self._options.unauthenticated
        await files.upload(connector.session, consent.upload_url, hand.content, anywhere_here=here)
        where = consented.again.origin.address
        await self._messenger.put(where, files.there(consent))
        await self._messenger.post(where, hand.card)

    async def _left(self, left: Left, ack: Ack) -> None:
        ack.give({})
        try:
            await self._messenger.left(left.origin.address)
        except CoachError:
            log.warning("a conversation could not be forgotten", action="teams_note")


def _kind(received: Received) -> str:
    match received:
        case Happened():
            return type(received.event).__name__.casefold()
        case Consented() | Left():
            return type(received).__name__.casefold()


def _ignored(activity: Json) -> web.Response:
    """Take note; who invokes what we don't know still waits for a body, but to close a dialog there is none."""
    waits = activity.get("type") == "invoke" and way_of(activity) != "submit"
    return web.json_response({}) if waits else web.Response()


def _garbled(activity: Json) -> web.Response:
    """Refuse it; where somebody waits in front of a card, in words."""
    way = way_of(activity)
    if way in ("message", "quote"):
        return web.Response(status=400, text="This is not an activity of Teams'.")
    return web.json_response(answers.sentence(way, answers.GARBLED))
