"""The Slack door: Bolt receives, our listeners translate, a tracked task answers, and the ack is never late."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from time import perf_counter
from typing import Any, Final, TypeAlias

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.chat.ack import Ack, Body
from bot.chat.places import unread
from bot.chat.ports import Dispatch, Now, Observe, unobserved
from bot.chat.replies import Refuse, Reply, Say, plain
from bot.chat.underway import UnderWay
from bot.errors import CoachError
from bot.slack import receive
from bot.slack.acts import Answering
from bot.slack.api import sdk_log, unremarked
from bot.slack.edge import Edge
from bot.slack.install import InstallPages
from bot.slack.manifest import COACH_MESSAGE
from bot.slack.options import SlackOptions
from bot.slack.origin import GarbledError, Happened
from bot.slack.places import Vouched
from bot.slack.send import SlackMessenger
from bot.slack.views import SAVING
from bot.telemetry import bind_reference
from store.installations import Installations

log = structlog.get_logger()

# Slack gives up after 3 s; the rest is for the way there and back.
DEADLINE_SECONDS: Final = 2.0
DRAIN_SECONDS: Final = 10.0
NOT_INSTALLED: Final = (
    "I'm not set up for this workspace, so nothing was changed. An admin can install me; then please try again."
)
Payload: TypeAlias = dict[str, Any]
Translate: TypeAlias = Callable[[Payload, Any], Happened | None]


class SlackDoor:
    """Slack's way in: HTTP, Socket Mode, or both."""

    def __init__(  # noqa: PLR0913  one argument a neighbour
        self,
        options: SlackOptions,
        dispatch: Dispatch,
        messenger: SlackMessenger,
        installations: Installations,
        now: Now,
        *,
        observe: Observe = unobserved,
        deadline: float = DEADLINE_SECONDS,
    ) -> None:
        """Stand between Slack and `dispatch`.

        `observe` is told the kind of each request and the seconds until its acknowledgement, "refused" among the kinds.
        """
        self._options = options
        self._dispatch = dispatch
        self._messenger = messenger
        self._installations = installations
        self._now = now
        self._observe = observe
        self._deadline = deadline
        self._under_way = UnderWay()
        self._socket: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._app = self._bolt()

    def routes(self) -> list[web.RouteDef]:
        """Give what Slack and an installing admin call, as far as it is configured."""
        routes = []
        if self._options.signing_secret:
            edge = Edge(self._options.signing_secret, self._now)
            routes.append(web.post("/slack/events", partial(self._http, edge)))
        if self._options.many_workspaces:
            pages = InstallPages(self._options.client, self._messenger.api, self._installations, self._now)
            routes += pages.routes()
        return routes

    async def start(self) -> None:
        """Begin to connect Socket Mode, where it is configured; it keeps trying while Slack can't be reached."""
        if self._options.app_token:
            client = self._messenger.api.posting(None)
            self._socket = AsyncSocketModeHandler(self._app, self._options.app_token, logger=sdk_log, web_client=client)
            self._connecting = asyncio.create_task(self._socket.connect_async())  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Finish what is under way, take nothing more in, close the connections."""
        await self.drain()
        if self._socket and self._connecting:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
            await self._socket.close_async()  # type: ignore[no-untyped-call]
            await self.drain()
        await self._messenger.api.close()

    async def drain(self) -> None:
        """Wait for the answers under way, and give up on those that take too long."""
        await self._under_way.finish(DRAIN_SECONDS)

    def _bolt(self) -> AsyncApp:
        with unremarked():  # Bolt finds our settings in the environment, and that they go unused
            app = AsyncApp(
                logger=sdk_log,
                name="negotiation-coach",
                process_before_response=True,
                # Answered by `_refuse` below: Bolt's own way prints the payload.
                raise_error_for_unhandled_request=True,
                client=self._messenger.api.posting(None),
                authorize=_name_the_team,
                # The edge has done it, before anything was parsed.
                request_verification_enabled=False,
                ssl_check_enabled=False,
                # `receive` leaves bots' words alone, there are no workflow steps: each costs every command its time.
                ignoring_self_events_enabled=False,
                attaching_function_token_enabled=False,
            )
        app.error(self._refuse)
        anything = re.compile("")
        # In the order of their heat: each one tried before the match costs some ten microseconds.
        app.command(anything)(self._listener("command", receive.command))
        app.action(anything)(self._listener("action", receive.action))
        app.view(anything)(self._listener("submission", receive.submission))
        app.event("message")(self._listener("message", receive.message))
        app.event("app_mention")(self._listener("mention", receive.mention))
        app.event("app_home_opened")(self._listener("opened", receive.opened))
        app.message_shortcut(COACH_MESSAGE)(self._listener("shortcut", receive.shortcut))
        app.event("app_uninstalled")(self._gone)
        app.event("tokens_revoked")(self._gone)
        app.event(anything)(self._ignored)
        return app

    async def _http(self, edge: Edge, request: web.Request) -> web.StreamResponse:
        started = perf_counter()
        try:
            accepted = await edge.accept(request)
        except web.HTTPException as refusal:
            self._observe("refused", perf_counter() - started)
            return web.Response(status=refusal.status, text=refusal.text)
        try:
            answer = await self._app.async_dispatch(accepted)
        except Exception as error:  # noqa: BLE001  Bolt reads parts of a payload unguarded, even for its error handler
            answer = await self._refuse(error)
        return await to_aiohttp_response(answer)

    def _listener(self, kind: str, translate: Translate) -> Callable[[Payload], Awaitable[BoltResponse]]:
        async def listen(body: Payload) -> BoltResponse:
            bind_reference()
            started = perf_counter()
            try:
                happened = translate(body, self._now())
            except GarbledError:
                self._observe("refused", perf_counter() - started)
                return _garbled()
            answer = await self._answer(happened) if happened else {}
            self._observe(kind, perf_counter() - started)
            return BoltResponse(status=200, body=answer or "")

        return listen

    async def _answer(self, happened: Happened) -> Body:
        """Let a task of its own answer, and acknowledge with what it has at the deadline."""
        ack = Ack()
        self._under_way.start(self._work(Answering(self._messenger, self._dispatch, happened, ack)))
        body = await ack.within(self._deadline)
        if body is not None:
            return body
        return {"response_action": "update", "view": SAVING} if happened.origin.view else {}

    async def _work(self, answering: Answering) -> None:
        """Answer one happening, whatever fails on the way."""
        try:
            await answering.carry_out(await self._reply(answering.happened))
        except Exception:
            log.exception("an answer could not be carried out", action="slack_answer")
            await answering.apologise(CoachError().sentence)
        finally:
            answering.ack.give({})

    async def _reply(self, happened: Happened) -> Reply:
        try:
            if await self._messenger.tokens.of(happened.origin.team) is None:
                log.warning("a workspace without an installation asked", action="slack_not_installed")
                return _sorry(happened, NOT_INSTALLED)
            if wrong := await unread(happened.event, Vouched(self._messenger, happened.origin)):
                return (Refuse(wrong),)
            return await self._dispatch(happened.event)
        except CoachError as error:
            return _sorry(happened, error.sentence)
        except Exception:
            log.exception("a happening could not be answered", action="slack_answer")
            return _sorry(happened, CoachError().sentence)

    async def _gone(self, body: Payload) -> BoltResponse:
        """Delete a workspace's tokens, and acknowledge only then: Slack repeats what fails."""
        started = perf_counter()
        try:
            if gone := receive.gone(body, self._now()):
                await asyncio.wait_for(self._messenger.tokens.forget(gone), self._deadline)
                log.info("a workspace removed the coach; its tokens are deleted", action="slack_gone")
        except GarbledError:
            return _garbled()
        except (CoachError, TimeoutError):
            log.warning("a workspace's tokens could not be deleted yet", action="slack_gone")
            return BoltResponse(status=503)
        self._observe("gone", perf_counter() - started)
        return BoltResponse(status=200)

    async def _ignored(self) -> BoltResponse:
        self._observe("ignored", 0.0)
        return BoltResponse(status=200)

    async def _refuse(self, error: Exception) -> BoltResponse:
        """Refuse what no listener is for, and what Bolt itself could not read."""
        log.info("a request was refused", action="slack_refused", error=type(error).__name__)
        self._observe("refused", 0.0)
        return _garbled()


async def _name_the_team(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Give Bolt no token: whether the workspace may ask is looked up within the ack's deadline, not before it."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _garbled() -> BoltResponse:
    return BoltResponse(status=400, body="This is not a request of Slack's.")


def _sorry(happened: Happened, sentence: str) -> Reply:
    if happened.origin.view:
        return (Refuse({"": sentence}),)
    return (Say(plain(sentence)),)
