"""The try page over HTTP. Every answer carries the guard's headers; every change is asked for by our own page."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import perf_counter
from urllib.parse import quote

from aiohttp import web

from bot.chat.ports import Dispatch, Messenger, Observe, unobserved
from bot.chat.text import printable
from bot.errors import CoachError, InvalidInputError, NotFoundError
from bot.telemetry import bind_reference
from bot.web import receive
from bot.web.acts import Acts
from bot.web.cast import PEOPLE
from bot.web.guard import HEADERS, Bind, Guard
from bot.web.lines import Handed
from bot.web.page import DIRECT, HOME, ROOMS, STATIC, Pages, Renderers, Scene, rooms_of
from bot.web.play import Go, Next, Play, kept, status_of
from bot.web.receive import Posted
from bot.web.talk import Talk, pulse
from bot.web.tryclock import TryClock
from store import Store

COOKIE = "coach_try_who"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ROOM = f"/{{person:{'|'.join(PEOPLE)}}}/{{room:{'|'.join(ROOMS)}}}"
_WHAT = f"{_ROOM}/{{what:say|act|form|coach|clock|afresh}}"

Handler = Callable[[web.Request], Awaitable[web.Response]]


class WebDoor:
    """Serves the try page: forms in, events to `dispatch`, replies into the conversation, HTML out."""

    def __init__(  # noqa: PLR0913 - the rooms a door stands between
        self,
        dispatch: Dispatch,
        messenger: Messenger,
        store: Store,
        clock: TryClock,
        *,
        renderers: Renderers,
        bind: Bind,
        afresh: Callable[[], Awaitable[None]],
        observe: Observe = unobserved,
    ) -> None:
        """Serve on `bind`. `renderers` show a card as others would get it; `afresh` puts the sample data back.

        `observe` is told the kind of each request and the seconds until it was answered.
        """
        self._observe = observe
        self._talk = Talk(store)
        self._play = Play(dispatch, Acts(dispatch, messenger, self._talk), self._talk, clock, afresh)
        self._clock = clock
        self._guard = Guard(bind)
        self._pages = Pages(renderers, self._guard.token)
        # One thing at a time: a second click waits for the first, and is then known as a repeat.
        self._turn = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """Give the routes to add to the server."""
        return [
            web.get("/", self._answer(self._enter)),
            web.get("/static/{name}", self._answer(self._static)),
            web.get(_ROOM, self._answer(self._see)),
            web.get(f"{_ROOM}/pulse", self._answer(self._pulse)),
            web.get(f"{_ROOM}/file/{{message}}", self._answer(self._file)),
            # The address of a form, reloaded or typed in, leads back to its room.
            web.get(_WHAT, self._answer(self._back)),
            web.post(_WHAT, self._answer(self._post)),
        ]

    async def start(self) -> None:
        """Begin nothing: all that goes on is a request."""

    async def drain(self) -> None:
        """Wait for nothing."""

    async def stop(self) -> None:
        """Close nothing."""

    def _answer(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.Response:
            bind_reference()
            began = perf_counter()
            try:
                check = self._guard.check_origin if request.method == "POST" else self._guard.check_reading
                check(request.headers)
                response = await handler(request)
            except CoachError as error:
                response = web.Response(text=f"{error.sentence}\n", status=status_of(error))
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            self._observe(request.match_info.get("what", "page"), perf_counter() - began)
            return response

        return guarded

    async def _enter(self, request: web.Request) -> web.Response:
        who = request.cookies.get(COOKIE, "")
        return _see_other(f"/{who if who in PEOPLE else next(iter(PEOPLE))}/{DIRECT}")

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in STATIC:
            raise NotFoundError("There is no such file on this page.")
        headers = {"Cache-Control": "private, max-age=86400"}
        kind = _TYPES[name.rpartition(".")[2]]
        return web.Response(body=STATIC[name], content_type=kind, charset="utf-8", headers=headers)

    async def _see(self, request: web.Request) -> web.Response:
        look = (request.query.get("card", ""), request.query.get("as", ""))
        return await self._show(replace(self._scene(request), look=look))

    async def _back(self, request: web.Request) -> web.Response:
        return _see_other(self._scene(request).url)

    async def _pulse(self, request: web.Request) -> web.Response:
        return web.Response(text=pulse(await self._talk.history(self._scene(request).address)))

    async def _file(self, request: web.Request) -> web.Response:
        entries = await self._talk.history(self._scene(request).address)
        found = [entry.line for entry in entries if entry.id == request.match_info["message"]]
        if not found or not isinstance(found[0], Handed):
            raise NotFoundError("That file is no longer in the conversation. Ask for it again.")
        disposition = f"attachment; filename*=UTF-8''{quote(found[0].name, safe='')}"
        headers = {"Content-Disposition": disposition, "Content-Type": found[0].media_type}
        return web.Response(body=found[0].content, headers=headers)

    async def _post(self, request: web.Request) -> web.Response:
        scene, posted = self._scene(request), await _posted(request)
        try:
            self._guard.check_token(receive.one(posted, "csrf"))
            async with self._turn:
                after = await self._play.do(request.match_info["what"], scene, posted)
        except CoachError as error:
            after = kept(scene, posted, error)
        return await self._next(after)

    async def _next(self, after: Next) -> web.Response:
        match after:
            case Go(url):
                return _see_other(url)
            case Scene():
                return await self._show(after)

    def _scene(self, request: web.Request) -> Scene:
        me, room = PEOPLE[request.match_info["person"]], request.match_info["room"]
        if room not in rooms_of(me):
            raise NotFoundError(f"{me.first_name} isn't in that channel. Nothing was changed; be somebody who is.")
        return Scene(me=me, room=room, now=self._clock(), ahead=self._clock.ahead)

    async def _show(self, scene: Scene) -> web.Response:
        """Write the page with what its room holds; a store that can't be read takes nothing typed away."""
        try:
            scene = await self._filled(scene)
        except CoachError as error:
            scene = replace(scene, problem=scene.problem or error.sentence, status=status_of(error))
        page = self._pages.show(scene)
        response = web.Response(text=page, content_type="text/html", charset="utf-8", status=scene.status)
        response.set_cookie(COOKIE, scene.me.id, httponly=True, samesite="Strict", path="/")
        return response

    async def _filled(self, scene: Scene) -> Scene:
        if scene.room == HOME:
            return await self._play.home(scene)
        return replace(scene, entries=await self._talk.history(scene.address))


def _see_other(url: str) -> web.Response:
    return web.Response(status=303, headers={"Location": url})


async def _posted(request: web.Request) -> Posted:
    """Read the fields of a form; raises `InvalidInputError` for anything else."""
    try:
        fields = await request.post()
    except web.HTTPRequestEntityTooLarge as error:
        raise InvalidInputError(
            "That is more than fits in one message. Nothing was sent; go back and shorten it."
        ) from error
    except ValueError as error:
        raise InvalidInputError from error
    texts = {name: [value for value in fields.getall(name) if isinstance(value, str)] for name in fields}
    return {name: [printable(value) for value in values] for name, values in texts.items()}
