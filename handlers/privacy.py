"""My data out, my data gone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Heading, Points, prose, quiet, runs
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Hand, Say
from bot.coach.people import Person
from bot.coach.teams import Role, Team
from content.library import Playbook
from handlers import digest_posted
from handlers.export_page import Reader, page
from handlers.wording import clip, count, listed
from store.unit import Unit

_NOUNS = {
    "deals": "deal",
    "preps": "prep",
    "plans": "plan",
    "concessions": "concession",
    "promises": "promise",
    "check_ins": "check-in",
    "shared_lines": "shared line",
    "tips": "tip",
    "people": "profile",
}
_AS_JSON = Button("As JSON", "privacy.json")
_NAMED = 5  # deals that are named, of many


def export(_event: Asked | Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Give everything about this person in one file to read."""
    content = page(work.export(), _reader(work, playbook), now)
    card = _card("Here is everything I keep about you.", "It opens in a browser, without network.", _AS_JSON)
    return (Hand(card, _named(now, "html"), "text/html", content, "privacy.export"),)


def export_json(_event: Asked | Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Give the same for programs."""
    content = json.dumps(work.export(), indent=2, ensure_ascii=False, sort_keys=True).encode()
    card = _card("Here is everything I keep about you, as JSON.", "Moments in it are in UTC.")
    return (Hand(card, _named(now, "json"), "application/json", content, "privacy.json"),)


def _card(said: str, how: str, *buttons: Button) -> Card:
    rest = quiet(f"{how} Only you got this file. forget me removes what is in it, here.")
    return Card(said, (prose(said), rest, *([Buttons(buttons)] if buttons else [])))


def _named(now: datetime, kind: str) -> str:
    return f"negotiation-coach-{now:%Y-%m-%d}.{kind}"


def _reader(work: Unit, playbook: Playbook) -> Reader:
    person = work.people.me() or Person(user="")
    return Reader(
        name=person.name,
        zone=person.zone,
        teams={team.id: team.name for team, _ in work.teams.mine()},
        practices={practice.id: practice.title for practice in playbook.practices},
        items={item.id: item.text for item in playbook.items()},
    )


def ask_forget(_event: Asked | Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say what would go and what would stay, and ask."""
    deals = count(work.deals.count(), "deal")
    said = (
        f"This removes your profile, {deals}, every prep, plan, log, promise and check-in, your places in teams and "
        "what you shared there, for good. Want a copy first?"
    )
    buttons = (
        Button("Export first", "privacy.export"),
        Button("Forget me", "privacy.gone", style="danger", confirm="Remove everything I keep about you, for good?"),
    )
    stays = (Heading("What stays, and why"), _points(_stays(work)))
    return (Say(Card("Forget me", (Heading("Forget me"), prose(said), *stays, Buttons(buttons)))),)


def forget(_pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Remove everything, also from the digests in channels, and say what stays and why."""
    stay, deals = _points(_stays(work)), work.deals.count()
    shared = [(team, digest_posted.lines_of(work.address.user, team, work)) for team, _ in work.teams.mine()]
    gone = work.forget() | {"deals": deals}
    redrawn = [
        one
        for team, lines in shared
        if work.teams.get(team.id)
        for one in digest_posted.without(lines, team, work, playbook)
    ]
    parts = [count(number, _NOUNS[table]) for table, number in gone.items() if table in _NOUNS and number]
    said = f"Done. Removed: {', '.join(parts)}." if parts else "Done. There was nothing left of you here."
    return (Change(Card(said, (prose(said), quiet("What stays, and why:"), stay))), *redrawn)


def _points(lines: Iterable[str]) -> Points:
    return Points(tuple(runs(line) for line in lines))


def _stays(work: Unit) -> Iterator[str]:
    """Say what is no longer this person's to remove, as far as it applies to them."""
    if names := _some([one.deal_name for one in work.handovers.given()]):
        yield f"What you handed over stays with its new owner: {names}."
    teams = [(team, role) for team, role in work.teams.mine() if role is not Role.INVITED]
    for team, role in teams:
        yield from _without_me(team, role, work)
    if teams:
        yield "Counts of a digest that was sent stay: no name is in them."
        yield "That somebody saw or changed something of a team stays written down, without your name."
        yield "A message to your team that is on its way may still name you; its words are kept a month at most."
    yield "Cards already in chats belong to the chat; their buttons no longer do anything."


def _without_me(team: Team, role: Role, work: Unit) -> Iterator[str]:
    """Say what becomes of a team when this person leaves it."""
    others = [
        one for one in work.teams.members(team.id) if one.role is not Role.INVITED and one.user != work.address.user
    ]
    if not others:
        left = _some([one.name for one in work.teams.ownerless(team.id)])
        yield f"You are the last one in {clip(team.name)}, so it goes too{f', with {left}' if left else ''}."
    elif role is Role.MANAGER and all(one.role is not Role.MANAGER for one in others):
        yield f"{clip(team.name)} stays, without a manager. Anybody in it can take it over, and its digest goes on."


def _some(names: Sequence[str]) -> str:
    """Name a few, and count the rest; empty for none."""
    shown = [clip(name) for name in names[:_NAMED]]
    more = [count(len(names) - _NAMED, "more deal")] if len(names) > _NAMED else []
    return listed(shown + more)
