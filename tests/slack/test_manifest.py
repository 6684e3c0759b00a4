"""The manifest asks for the least, Slack's format accepts it, and the docs justify every scope."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from bot.slack.manifest import EVENTS, SCOPES, manifest

DOCS = Path(__file__).parents[2] / "docs" / "install-in-slack.md"
Url = Annotated[str, Field(pattern=r"^https?://", max_length=3000)]


class Strict(BaseModel):
    """What Slack documents of its format, version 1; anything else is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Display(Strict):
    name: Annotated[str, Field(min_length=1, max_length=35)]
    description: Annotated[str, Field(min_length=1, max_length=140)]
    long_description: Annotated[str, Field(min_length=175, max_length=4000)]
    background_color: Annotated[str, Field(pattern="^#([0-9a-fA-F]{3}){1,2}$")]


class AppHome(Strict):
    home_tab_enabled: bool
    messages_tab_enabled: bool
    messages_tab_read_only_enabled: bool


class BotUser(Strict):
    display_name: Annotated[str, Field(min_length=1, max_length=80)]
    always_online: bool


class SlashCommand(Strict):
    command: Annotated[str, Field(pattern="^/", min_length=2, max_length=32)]
    url: Url | None = None
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    usage_hint: Annotated[str, Field(min_length=1, max_length=1000)]
    should_escape: bool


class Shortcut(Strict):
    name: Annotated[str, Field(min_length=1, max_length=24)]
    type: Literal["message", "global"]
    callback_id: Annotated[str, Field(min_length=1, max_length=255)]
    description: Annotated[str, Field(min_length=1, max_length=150)]


class Features(Strict):
    app_home: AppHome
    bot_user: BotUser
    shortcuts: Annotated[list[Shortcut], Field(max_length=10)]
    slash_commands: Annotated[list[SlashCommand], Field(min_length=1, max_length=50)]


class Scopes(Strict):
    bot: Annotated[list[Annotated[str, Field(max_length=50)]], Field(max_length=255)]


class OAuth(Strict):
    scopes: Scopes
    redirect_urls: Annotated[list[Url], Field(max_length=1000)] | None = None


class Events(Strict):
    request_url: Url | None = None
    bot_events: Annotated[list[Annotated[str, Field(max_length=50)]], Field(max_length=100)]


class Interactivity(Strict):
    is_enabled: bool
    request_url: Url | None = None


class Settings(Strict):
    event_subscriptions: Events
    interactivity: Interactivity
    org_deploy_enabled: bool
    socket_mode_enabled: bool
    token_rotation_enabled: bool


class Manifest(Strict):
    display_information: Display
    features: Features
    oauth_config: OAuth
    settings: Settings


@pytest.mark.parametrize("url", ["https://coach.example", "https://coach.example/", ""])
def test_slacks_format_accepts_it(url: str) -> None:
    Manifest.model_validate(manifest(url))


def test_every_address_leads_to_the_door() -> None:
    made = manifest("https://coach.example/")
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://coach.example/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == "https://coach.example/slack/events"
    assert made["features"]["slash_commands"][0]["url"] == "https://coach.example/slack/events"
    assert made["oauth_config"]["redirect_urls"] == ["https://coach.example/slack/oauth_redirect"]


def test_without_an_address_it_is_for_socket_mode() -> None:
    made: dict[str, Any] = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https://" not in str(made)


def test_every_scope_is_justified_in_the_docs_and_no_other_is_named() -> None:
    rows = dict(re.findall(r"^\| `([a-z_.:]+)` \| (.+?) \|$", DOCS.read_text(), re.MULTILINE))
    scopes = {name: why for name, why in rows.items() if name in SCOPES or ":" in name}
    assert scopes.keys() == SCOPES.keys()
    assert all(len(why) > 20 for why in scopes.values())


def test_every_event_is_explained_in_the_docs() -> None:
    assert [event for event in EVENTS if f"`{event}`" not in DOCS.read_text()] == []
