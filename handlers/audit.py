"""Who saw or changed what a rule allowed, in lines for whoever runs the coach; never what they saw."""

from datetime import datetime

from bot.chat.text import printable
from bot.coach.access import TABLE, Rule
from handlers.wording import clip
from store import Store
from store.looks import Look

NOTHING = "Nothing was written down in that time."


async def looked(store: Store, since: datetime, tenant: str = "") -> list[str]:
    """Give a line for each time since a moment, newest first: of one tenant, or of all."""
    return [_line(look) for look in await store.looks.since(since, tenant)] or [NOTHING]


def _line(look: Look) -> str:
    who = f"{_safe(look.name) or 'no name'} ({_safe(look.user)})" if look.user else "somebody who was forgotten"
    team = _safe(look.team) or "a team that is gone"
    return "  ".join((f"{look.at:%Y-%m-%d %H:%M} UTC", _safe(look.tenant), who, team, _rule(look.rule)))


def _rule(name: str) -> str:
    """Say a rule in words; one of an older coach has its id alone."""
    known = {rule.value: TABLE[rule].sees_or_does for rule in Rule}
    return f"{known[name]} ({name})" if name in known else name


def _safe(text: str) -> str:
    """Leave out what steers a terminal: people choose their own names, and those of their teams."""
    return "".join(sign for sign in clip(printable(text)) if sign.isprintable())
