"""The app package: everything Teams has to know about the coach, and the least it has to grant."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from bot.errors import InvalidInputError, SettingsError
from bot.teams.about import ABOUT_PATH, PRIVACY_ANCHOR, TERMS_ANCHOR

# The newest schema with something for us: what the coach can do, on its profile card.
SCHEMA_VERSION: Final = "1.26"
SCHEMA: Final = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA_VERSION}/MicrosoftTeams.schema.json"
# Of the package, not of the coach: Teams takes a changed manifest only under a higher one.
PACKAGE_VERSION: Final = "1.3.0"

# What brings a message to the coach, from the menu of that message.
COACH_MESSAGE: Final = "coachMessage"

# Each with what fails without it; docs/install-in-teams.md says it to the admin.
PERMISSIONS: Final = {
    "identity": "match a person with the owner of the deals in the CRM's export",
    "messageTeamMembers": "answer privately what somebody asked in a channel",
}
# Teams shows no more than ten a menu: these need words that are easily forgotten. The rest stands on the card of help.
COMMANDS: Final = {
    "help": "Everything I can do here, tip, settings and home too, and what I store",
    "prep": "Get ready for a meeting in three questions: prep acme",
    "plan": "What to give, what to ask for, where you stop: plan acme",
    "counter": "Trades for what they ask: counter 15% off or they walk",
    "gave": "Note what we gave; got notes what came back: gave 5% off",
    "promise": "A promise with its day, brought up in time: promise send the draft by friday for acme",
    "checkins": "Whom to stay in touch with and why now; checkins pause for your leave",
    "recover": "Own a problem and put it right: recover acme",
    "deals": "Your open deals; deal add notes one",
    "won": "Close a deal as won; lost closes it as lost: won acme",
}
_AMONG_OTHERS: Final = ("help", "prep", "plan", "counter", "gave", "promise", "deals")
_FEATURES: Final = {
    "Prepare a meeting": "Three questions, then at most three things to work on and a checklist that stays.",
    "Plan what to trade": "What to give, what to ask for in return, three packages, and the words for a fresh demand.",
    "Find the words": "Write what a client said, or choose Coach this message on it: you get a sentence to say.",
}
_ABOUT: Final = (
    "Negotiation Coach helps sales teams prepare a meeting, plan what to trade and find the words for a hard moment: "
    "three questions about the client and a checklist that stays; trades worded as a joint offer, and a log of who "
    "moved; a sentence to say when a client pushes; promises and won clients brought up in time. It coaches what can "
    "be seen in words and in follow-through; it never scores or guesses anyone's emotions.\n\n"
    "Write to it in its own chat, or mention it in a group chat or a channel: what concerns you alone is answered in "
    "your own chat with it. What you type stays between you and the coach until you choose to share it."
)
_NAME: Final = "Negotiation Coach"
_DEVELOPER_MAX: Final = 32
_ICONS: Final = Path(__file__).parent / "icons"
# Any fixed moment will do, so that the same package is the same bytes: this is the first a zip file can tell.
_WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE: Final = 0o100644 << 16
_UNIX: Final = 3


def package(app_id: str, url: str, version: str = PACKAGE_VERSION) -> bytes:
    """Write the zip file that an admin uploads. Takes and raises what `manifest` does."""
    described = json.dumps(manifest(app_id, url, version), indent=2, ensure_ascii=False) + "\n"
    files = {"manifest.json": described.encode()}
    files |= {name: (_ICONS / name).read_bytes() for name in ("color.png", "outline.png")}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    return written.getvalue()


def manifest(app_id: str, url: str, version: str = PACKAGE_VERSION) -> dict[str, Any]:
    """Write the manifest for the bot `app_id` of a coach reached at `url` ("https://coach.example").

    Raises `SettingsError` where the id can't be a bot's, `InvalidInputError` where nobody could reach the address.
    """
    bot = _guid(app_id)
    address, host = _reached(url)
    about = f"{address}{ABOUT_PATH}"
    return {
        "$schema": SCHEMA,
        "manifestVersion": SCHEMA_VERSION,
        "version": version,
        "id": str(uuid5(bot, "negotiation-coach")),
        "developer": {
            "name": _publisher(host),
            "websiteUrl": about,
            "privacyUrl": f"{about}#{PRIVACY_ANCHOR}",
            "termsOfUseUrl": f"{about}#{TERMS_ANCHOR}",
        },
        "name": {"short": _NAME, "full": "Negotiation Coach for sales teams"},
        "description": {
            "short": "Walk into the meeting knowing what to ask, what to give and what to get.",
            "full": _ABOUT,
            "features": [{"title": title, "description": said} for title, said in _FEATURES.items()],
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#0f5b57",
        "bots": [_bot(bot)],
        "composeExtensions": [_extension(bot)],
        "permissions": list(PERMISSIONS),
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def _bot(bot: UUID) -> dict[str, Any]:
    return {
        "botId": str(bot),
        "scopes": ["personal", "team", "groupChat"],
        "supportsFiles": True,
        "commandLists": [
            {"scopes": ["personal"], "commands": _commands(COMMANDS)},
            {"scopes": ["team", "groupChat"], "commands": _commands(_AMONG_OTHERS)},
        ],
    }


def _extension(bot: UUID) -> dict[str, Any]:
    command = {
        "id": COACH_MESSAGE,
        "type": "action",
        "title": "Coach this message",
        "description": "Quote it to your coach, in your own chat with it",
        "context": ["message"],
        "fetchTask": True,
    }
    return {"botId": str(bot), "commands": [command]}


def _commands(verbs: tuple[str, ...] | dict[str, str]) -> list[dict[str, str]]:
    return [{"title": verb, "description": COMMANDS[verb]} for verb in verbs]


def _guid(app_id: str) -> UUID:
    if not app_id:
        raise SettingsError("TEAMS_APP_ID is not set: the package has to name the bot that it brings along.")
    try:
        return UUID(app_id)
    except ValueError:
        raise SettingsError("TEAMS_APP_ID is not a bot's id: copy the Microsoft App ID of the Azure Bot.") from None


def _reached(url: str) -> tuple[str, str]:
    """Split an address into its base, without a slash at the end, and its host."""
    refused = "--url must be the coach's public address, such as https://coach.example.com. No package was written."
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        raise InvalidInputError(refused) from None
    odd = parts.query or parts.fragment or "@" in parts.netloc or any(sign.isspace() for sign in url)
    if parts.scheme != "https" or not parts.hostname or odd:
        raise InvalidInputError(refused)
    return url.rstrip("/"), parts.hostname


def _publisher(host: str) -> str:
    """Name the host, and of a long one as many of its last parts as there is room for."""
    while len(host) > _DEVELOPER_MAX and "." in host:
        host = host.partition(".")[2]
    return host[:_DEVELOPER_MAX]


def _entry(name: str) -> zipfile.ZipInfo:
    """Describe a file of the archive, alike on every machine; uncompressed, for zlib's output differs."""
    entry = zipfile.ZipInfo(name, _WRITTEN)
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR_FILE
    return entry
