"""The coach's own words on their way to Slack: the `Messenger` of this door."""

from collections.abc import Awaitable, Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Pace, Profile, Rate
from bot.errors import AmbiguousError, PlatformError, UnreachableError
from bot.slack.api import Api, SlackRefusedError, plainly, refusal
from bot.slack.block_kit import Message, render
from bot.slack.elements import Json
from bot.slack.parts import Mark, marked, siblings
from bot.slack.pictures import Pictures
from bot.slack.tokens import Tokens

Method: TypeAlias = Callable[..., Awaitable[AsyncSlackResponse]]

CONVERSATIONS_REMEMBERED: Final = 20_000
# Parts of one card stand close together; this many messages from the first one on are looked through.
HISTORY_LOOKED_THROUGH: Final = 200
# Members of a channel that Slack tells at once, and how often it is asked: a hundred thousand are looked through.
MEMBERS: Final = 1000
MEMBER_PAGES: Final = 100
# What Slack says of a channel whose members the coach may not see.
UNSEEN: Final = frozenset(
    {"channel_not_found", "fetch_members_failed", "method_not_supported_for_channel_type", "missing_scope"}
)
# What Slack says of people it opens no conversation for.
NOT_TOGETHER: Final = frozenset({"missing_scope", "not_enough_users", "too_many_users"})
# What a message carries, unseen, so that it is found again.
LETTER: Final = "coach_letter"
# By how much Slack's clock may be behind ours.
CLOCKS_APART: Final = timedelta(minutes=1)


class SlackMessenger:
    """Posts, changes and looks up, with the token of the workspace at hand. Raises `CoachError`."""

    pace: Final = Pace(conversation=(Rate(1, 1),))

    def __init__(self, tokens: Tokens, api: Api) -> None:
        """Speak through `api` with these tokens."""
        self.tokens = tokens
        self.api = api
        self.pictures = Pictures(api)
        self._open: dict[tuple[str, str], str] = {}

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card into the person's conversation with the coach; gives "ts" or "ts,ts,..." by its messages."""
        return await self.post(await self.direct(to), card, key)

    async def find(self, to: Address, key: str, since: datetime) -> str | None:
        """Look a card up by its key; what arrived of it only in part is taken away.

        Where the workspace doesn't let the coach look back, nothing is found.
        """
        token = await self.token(to)
        found: dict[int, str] = {}
        parts = 0
        for message in await self._since(token, to.conversation, since - CLOCKS_APART):
            letter = _letter(message)
            if letter.get("key") == key:
                found[letter["part"]] = message["ts"]
                parts = letter["of"]
        if found and len(found) == parts:
            return ",".join(found[part] for part in sorted(found))
        for ts in found.values():
            with plainly():
                await self.api.posting(token).chat_delete(channel=to.conversation, ts=ts)
        return None

    async def update(self, to: Address, message: str, card: Card, *, scattered: bool = False) -> None:
        """Show a card in place of an earlier one, in as many messages as it takes now.

        `scattered` says that `message` may name only the first of several.
        """
        token, known = await self.token(to), message.split(",")
        pages = render(card, await self.pictures.of(card, to.tenant, token))
        if scattered or len(pages) > 1 or len(known) > 1:
            known = await self._parts(token, to.conversation, known[0])
        client = self.api.posting(token)
        for number, (page, ts) in enumerate(zip_longest(pages, known), start=1):
            if page is None:
                with plainly():
                    await client.chat_delete(channel=to.conversation, ts=str(ts))
                continue
            how = _QUIET if ts is None else {"ts": ts}
            say = client.chat_postMessage if ts is None else client.chat_update
            await self._say(say, _part(page, number, len(pages), known[0]), channel=to.conversation, **how)

    async def profile(self, who: Address) -> Profile:
        """Look a person up: name, email and time zone as far as Slack tells."""
        token = await self.token(who)
        with plainly():
            answer = await self.api.reading(token).users_info(user=who.user)
        user = answer.get("user") or {}
        known = user.get("profile") or {}
        name = known.get("display_name") or known.get("real_name") or user.get("real_name") or user.get("name") or ""
        return Profile(str(name), str(known.get("email") or ""), str(user.get("tz") or ""))

    async def reads(self, who: Address, place: str) -> bool:
        """Look a person up among the members of a channel; False, too, where the coach can't see those."""
        try:
            return await self.is_member(who, place)
        except SlackRefusedError as error:
            if error.code in UNSEEN:
                return False
            raise

    async def is_member(self, who: Address, place: str) -> bool:
        """Look a person up among the members of a channel; raises `SlackRefusedError` where Slack hides those."""
        reading = self.api.reading(await self.token(who))
        cursor = ""
        for _ in range(MEMBER_PAGES):
            with plainly():
                answer = await reading.conversations_members(channel=place, limit=MEMBERS, cursor=cursor or None)
            if who.user in (answer.get("members") or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return False

    async def together(self, who: Address, other: str) -> Address | None:
        """Open the conversation of two people and the coach, or find it; None where Slack opens none for them."""
        if other == who.user:
            return None
        try:
            return await self._opened(who, f"{who.user},{other}")
        except SlackRefusedError as error:
            if isinstance(error, UnreachableError) or error.code in NOT_TOGETHER:
                return None
            raise

    async def post(self, to: Address, card: Card, key: str = "", *, thread: str = "") -> str:
        """Post a card into `to.conversation`, for all who read there; gives the message's id."""
        token = await self.token(to)
        pages = render(card, await self.pictures.of(card, to.tenant, token))
        say = self.api.posting(token).chat_postMessage
        posted: list[str] = []
        for number, page in enumerate(pages, start=1):
            part = _part(page, number, len(pages), posted[0] if posted else "")
            how = _QUIET | ({"metadata": _metadata(key, number, len(pages))} if key else {})
            with _in_one_piece(posted):
                answer = await self._say(say, part, channel=to.conversation, thread_ts=thread or None, **how)
            posted.append(str(answer["ts"]))
        return ",".join(posted)

    async def direct(self, to: Address) -> Address:
        """Find the person's conversation with the coach, opening it where there is none."""
        return await self._opened(to, to.user)

    async def _opened(self, to: Address, users: str) -> Address:
        """Open the conversation of these people with the coach, or find it."""
        whose = (to.tenant, users)
        if whose not in self._open:
            token = await self.token(to)
            with plainly():
                answer = await self.api.posting(token).conversations_open(users=users)
            if len(self._open) >= CONVERSATIONS_REMEMBERED:
                self._open.clear()
            self._open[whose] = str(answer["channel"]["id"])
        return replace(to, conversation=self._open[whose])

    async def token(self, to: Address) -> str:
        """Give the token to reach somebody with. Raises `SlackRefusedError` where the workspace is gone."""
        token = await self.tokens.of(to.tenant)
        if token is None:
            raise refusal("account_inactive")
        return token

    async def _say(self, method: Method, page: Message, **how: Any) -> AsyncSlackResponse:  # noqa: ANN401  arguments
        async def say(page: Message) -> AsyncSlackResponse:
            with plainly():
                return await method(text=page.text, blocks=list(page.blocks), **how)

        return await self.pictures.say(page, say)

    async def _parts(self, token: str, channel: str, first: str) -> list[str]:
        with plainly():
            answer = await self.api.reading(token).conversations_history(
                channel=channel, oldest=first, inclusive=True, limit=HISTORY_LOOKED_THROUGH
            )
        return siblings(answer.get("messages") or [], first)

    async def _since(self, token: str, channel: str, moment: datetime) -> list[Json]:
        """Read a conversation from a moment on, page by page; nothing where the workspace grants no look back."""
        messages: list[Json] = []
        cursor = ""
        while True:
            try:
                with plainly():
                    # Not waited for where Slack is busy: whoever looks for a letter has patience.
                    answer = await self.api.posting(token).conversations_history(
                        channel=channel,
                        oldest=f"{moment.timestamp():.6f}",
                        include_all_metadata=True,
                        limit=HISTORY_LOOKED_THROUGH,
                        cursor=cursor or None,
                    )
            except SlackRefusedError as error:
                if error.code != "missing_scope":
                    raise
                return []
            messages += answer.get("messages") or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return messages


_QUIET: Final[dict[str, Any]] = {"unfurl_links": False, "unfurl_media": False}


def _part(page: Message, number: int, of: int, first: str) -> Message:
    """Mark a page as a part, where there are several."""
    if of == 1:
        return page
    return marked(page, Mark(number, first if number > 1 else ""))


@contextmanager
def _in_one_piece(posted: Sized) -> Iterator[None]:
    """Call it what it is when a card stopped in the middle: something of it stands there."""
    try:
        yield
    except PlatformError as error:
        if posted:
            raise AmbiguousError from error
        raise


def _metadata(key: str, part: int, of: int) -> Json:
    return {"event_type": LETTER, "event_payload": {"key": key, "part": part, "of": of}}


def _letter(message: Json) -> Json:
    """Read what a message carries unseen; empty where it is none of the coach's letters."""
    carried: Json = message.get("metadata") or {}
    return carried.get("event_payload") or {} if carried.get("event_type") == LETTER else {}
