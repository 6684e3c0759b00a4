"""Pictures on their way to Slack: uploaded for one message, privately, and left out rather than lost with it.

A file shared nowhere is the coach's own; a block with its id shows it to whoever reads that message.
Slack works on an upload for a moment after it took it, and refuses blocks that name it meanwhile.
https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential

from bot.chat.cards import Card, Run
from bot.chat.scatter import Scatter
from bot.drawing import png
from bot.errors import CoachError
from bot.slack.api import Api, SlackRefusedError
from bot.slack.block_kit import Message
from bot.slack.elements import paragraph

log = structlog.get_logger()

FILE_NAME: Final = "picture.png"
REMEMBERED: Final = 2000
UPLOAD_SECONDS: Final = 6
# Waits of 0.4, 0.8 and 1.6 seconds between them.
ATTEMPTS: Final = 4
_WAITS: Final = wait_exponential(multiplier=0.4)

Said = TypeVar("Said")


class Pictures:
    """The pictures that Slack has of us, by workspace and content."""

    def __init__(
        self,
        api: Api,
        *,
        patience: float = UPLOAD_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Upload through `api`, with `patience` for so many seconds; `pause` waits before another attempt."""
        self._api = api
        self._patience = patience
        self._pause = pause
        self._files: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def of(self, card: Card, team: str, token: str) -> dict[Scatter, str]:
        """Give the file of each picture of a card. One that can't be uploaded is left out."""
        drawn = {block for block in card.blocks if isinstance(block, Scatter) and block.points}
        found = {block: await self._file(block, team, token) for block in drawn}
        return {block: file for block, file in found.items() if file}

    async def say(self, page: Message, say: Callable[[Message], Awaitable[Said]]) -> Said:
        """Say a page, again while Slack isn't done with its pictures, and at last without them."""
        pictured = [block for block in page.blocks if block["type"] == "image"]
        if not pictured:
            return await say(page)
        attempting = AsyncRetrying(
            sleep=self._pause,
            wait=_WAITS,
            stop=stop_after_attempt(ATTEMPTS),
            retry=retry_if_exception(_refused),
            reraise=True,
        )
        try:
            return await attempting(say, page)
        except SlackRefusedError as error:
            if not _refused(error):
                raise
        log.warning("Slack didn't take a picture into a message; its words go alone", action="slack_picture")
        self._forget({block["slack_file"]["id"] for block in pictured})
        return await say(_without(page))

    async def _file(self, scatter: Scatter, team: str, token: str) -> str:
        content = await asyncio.to_thread(png, scatter)
        key = team, hashlib.sha256(content).hexdigest()
        if key not in self._files:
            try:
                async with asyncio.timeout(self._patience):
                    self._files[key] = await self._api.upload(token, FILE_NAME, content)
            except (CoachError, TimeoutError):
                log.warning("a picture could not be uploaded; its words go alone", action="slack_picture")
                return ""
        self._files.move_to_end(key)
        if len(self._files) > REMEMBERED:
            self._files.popitem(last=False)
        return self._files[key]

    def _forget(self, files: set[str]) -> None:
        """Upload them anew next time: somebody may have deleted them in Slack."""
        for key in [key for key, file in self._files.items() if file in files]:
            del self._files[key]


def _refused(error: BaseException) -> bool:
    return isinstance(error, SlackRefusedError) and error.code == "invalid_blocks"


def _without(page: Message) -> Message:
    """Leave the pictures out of a page; one of nothing else says what they show."""
    blocks = [block for block in page.blocks if block["type"] != "image"]
    said = [words for block in page.blocks for words in paragraph((Run(block["alt_text"]),))] if not blocks else []
    return Message(page.text, tuple(blocks or said))
