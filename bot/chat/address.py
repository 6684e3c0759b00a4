"""Whose talk this is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Platform: TypeAlias = Literal["slack", "teams", "web"]


@dataclass(frozen=True, slots=True)
class Address:
    """One person in one conversation of one company on one platform.

    `tenant` is the company as the platform names it (a Slack workspace, a Microsoft 365 tenant):
    nothing is ever read or written across it. `user` is the person the words are for.
    """

    platform: Platform
    tenant: str
    conversation: str
    user: str
