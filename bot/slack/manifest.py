"""The app manifest: everything Slack has to know about the coach, and the least it has to grant."""

from typing import Any, Final

COMMAND: Final = "/negotiate"
COACH_MESSAGE: Final = "coach_message"

# Each scope with what fails without it; docs/install-in-slack.md says it to the admin.
SCOPES: Final = {
    "app_mentions:read": "answer where somebody mentions the coach in a channel",
    "channels:history": "find a card again whose posting into a public channel was cut off, so that it isn't doubled",
    "channels:read": "see whether whoever chooses a public channel is in it",
    "chat:write": "post and update cards",
    "commands": "offer /negotiate, and Coach this message",
    "files:write": "hand over the export of one's own data, and show the picture of a plan",
    "groups:history": "the same as channels:history, for private channels that the coach was added to",
    "groups:read": "the same as channels:read, for those",
    "im:history": "read what is written to the coach in its direct messages",
    "im:write": "open a direct message with the person who asked",
    "mpim:history": "the same as channels:history, for a conversation of two people and the coach",
    "mpim:write": "open such a conversation, where one of them offers the other help",
    "users:read": "know a person's name and time zone",
    "users:read.email": "match a person with the owner of the deals in the CRM's export",
}
EVENTS: Final = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")
_ABOUT: Final = (
    "Negotiation Coach helps sales teams prepare a meeting, plan what to trade, find the words for a hard moment and "
    "keep their promises afterwards. It coaches what can be seen in words and in follow-through; it never scores or "
    "guesses anyone's emotions. What a rep types stays between the rep and the coach."
)


def manifest(url: str = "") -> dict[str, Any]:
    """Write the manifest for a coach reached at `url` ("https://coach.example"); without one, for Socket Mode."""
    events = {"request_url": f"{url.rstrip('/')}/slack/events"} if url else {}
    command = {
        "command": COMMAND,
        "description": "Prepare, trade, follow up: your negotiation coach",
        "usage_hint": "prep acme | plan acme | counter 15% off | promise | checkins | recover acme | help",
        "should_escape": False,
    }
    shortcut = {
        "name": "Coach this message",
        "type": "message",
        "callback_id": COACH_MESSAGE,
        "description": "Quote it to your coach, privately",
    }
    oauth: dict[str, Any] = {"scopes": {"bot": list(SCOPES)}}
    if url:
        command["url"] = events["request_url"]
        oauth["redirect_urls"] = [f"{url.rstrip('/')}/slack/oauth_redirect"]
    return {
        "display_information": {
            "name": "Negotiation Coach",
            "description": "Prepares you for the meeting, finds the trade, keeps the promise.",
            "long_description": _ABOUT,
            "background_color": "#1f4d4a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Negotiation Coach", "always_online": True},
            "shortcuts": [shortcut],
            "slash_commands": [command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**events, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **events},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }
