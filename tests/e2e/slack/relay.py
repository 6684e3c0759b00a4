"""What stands between the coach and the emulator, so that a test sees what a person in Slack would see."""

from aiohttp import web
from yarl import URL

from tests.e2e.slack.emulator import Emulator
from tests.slack.platform import Call, FakeSlack, arguments_of

PASSED_ON = ("Authorization", "Content-Type")


class Relay(FakeSlack):
    """Passes each call of the Web API on, and notes it once the emulator took it.

    The emulator has no response URLs: those are served here. Everything else is answered by the emulator itself.
    `refused` holds what it did not take, by method and its name for the error.
    """

    def __init__(self, emulator: Emulator) -> None:
        """Stand before this emulator."""
        super().__init__()
        self.refused: list[tuple[str, str]] = []
        self._emulator = emulator

    async def _api(self, request: web.Request) -> web.Response:
        method, given = request.match_info["method"], await arguments_of(request)
        address = URL(self._emulator.url + request.rel_url.raw_path_qs, encoded=True)
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        body = await request.read()
        async with self._emulator.session.request(request.method, address, data=body, headers=headers) as answer:
            said = await answer.json()
        if said["ok"]:
            await self._note(Call(method, given | ({"ts": said["ts"]} if "ts" in said else {})))
        else:
            self.refused.append((method, said["error"]))
        return web.json_response(said, status=answer.status)
