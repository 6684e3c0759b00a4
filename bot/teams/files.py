"""A file on its way to somebody in Teams: Teams asks whether they want it, and says where to put it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientError, ClientSession
from yarl import URL

from bot.chat.replies import Hand
from bot.errors import PlatformError
from bot.teams.elements import Json

# Where people's files are kept at Microsoft, also for authorities.
STORES: Final = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn")
_CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
_INFO: Final = "application/vnd.microsoft.teams.card.file.info"


class NotUploadedError(PlatformError):
    """Teams didn't take the file. Nothing was lost; ask for it once more."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody said about a file: where to put it, empty where they don't want it; and what asks for it again."""

    upload_url: str
    content_url: str
    name: str
    unique_id: str
    file_type: str
    action: str
    subject: str


def ask(hand: Hand, action: str, subject: str) -> Json:
    """Write the message that asks whether somebody wants a file; a press of `action`, or the words, give it again."""
    context = {"action": action, "subject": subject}
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
        subject=str(context["subject"]),
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
    if not _is_a_store(URL(url), anywhere_here=anywhere_here):
        raise NotUploadedError
    last = len(content) - 1
    headers = {"Content-Range": f"bytes 0-{last}/{len(content)}", "Content-Type": "application/octet-stream"}
    try:
        async with session.put(url, data=content, headers=headers, allow_redirects=False) as answer:
            if not answer.ok:
                raise NotUploadedError
    except (ClientError, TimeoutError) as error:
        raise NotUploadedError from error


def _is_a_store(url: URL, *, anywhere_here: bool) -> bool:
    host = url.host or ""
    return (url.scheme == "https" and host.endswith(STORES)) or (anywhere_here and host == "127.0.0.1")


def _attached(attachment: Json) -> Json:
    return {"type": "message", "attachments": [attachment]}
