"""A file on its way to somebody in Teams: Teams asks whether they want it, and says where to put it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientError, ClientSession
from yarl import URL

from bot.chat.replies import Hand
from bot.errors import PlatformError
from bot.teams.connector import LOOPBACK
from bot.teams.elements import Json

# Where people's files are kept at Microsoft, also for authorities.
_STORE: Final = re.compile(r"(?:[a-z0-9-]+\.)+sharepoint(?:\.com|\.us|-mil\.us|\.cn)")
HTTPS: Final = 443
_CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
_INFO: Final = "application/vnd.microsoft.teams.card.file.info"


class NotUploadedError(PlatformError):
    """Teams didn't take the file. Nothing was lost; ask for it once more."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody said about a file: where to put it, empty where they don't want it; and the press that gives it."""

    upload_url: str
    content_url: str
    name: str
    unique_id: str
    file_type: str
    action: str


def ask(hand: Hand) -> Json:
    """Write the message that asks whether somebody wants a file."""
    context = {"action": hand.again}
    content = {
        "description": hand.card.summary,
        "sizeInBytes": len(hand.content),
        "acceptContext": context,
        "declineContext": context,
    }
    return _attached({"contentType": _CONSENT, "name": hand.name, "content": content})


def read_consent(value: Mapping[str, Any]) -> Consent:
    """Read what somebody said; whatever isn't an answer of Teams' raises one of the usual surprises."""
    context = value["context"]
    info = value["uploadInfo"] if value["action"] == "accept" else {}
    return Consent(
        upload_url=str(info.get("uploadUrl", "")),
        content_url=str(info.get("contentUrl", "")),
        name=str(info.get("name", "")),
        unique_id=str(info.get("uniqueId", "")),
        file_type=str(info.get("fileType", "")),
        action=str(context["action"]),
    )


def there(consent: Consent) -> Json:
    """Write the message that shows a file where it lies now."""
    content = {"uniqueId": consent.unique_id, "fileType": consent.file_type}
    return _attached(
        {"contentType": _INFO, "contentUrl": consent.content_url, "name": consent.name, "content": content}
    )


async def upload(session: ClientSession, url: str, content: bytes, *, anywhere_here: bool) -> None:
    """Put a file where Teams said, if that is one of Microsoft's stores; `anywhere_here` allows this machine instead.

    Raises `NotUploadedError`.
    """
    there = _url(url)
    if there is None or not (_is_a_store(there) or (anywhere_here and there.host in LOOPBACK)):
        raise NotUploadedError
    last = len(content) - 1
    headers = {"Content-Range": f"bytes 0-{last}/{len(content)}", "Content-Type": "application/octet-stream"}
    try:
        async with session.put(there, data=content, headers=headers, allow_redirects=False) as answer:
            if not 200 <= answer.status < 300:  # noqa: PLR2004  the statuses that mean done
                raise NotUploadedError
    except (ClientError, TimeoutError) as error:
        raise NotUploadedError from error


def _url(address: str) -> URL | None:
    try:
        return URL(address)
    except ValueError:
        return None


def _is_a_store(url: URL) -> bool:
    """Say whether this is one of Microsoft's stores, and nothing else that its machines may offer."""
    plain = url.scheme == "https" and url.port == HTTPS and url.raw_user is None and url.raw_password is None
    return plain and _STORE.fullmatch(url.host or "") is not None


def _attached(attachment: Json) -> Json:
    return {"type": "message", "attachments": [attachment]}
