"""*I'll help*: who asked and who helps are brought into one chat, and the digest says that somebody does."""

from datetime import datetime
from typing import Final

from bot.chat.cards import Button, Buttons, Card, prose, quiet, strong
from bot.chat.contact import Chat
from bot.chat.events import Pressed
from bot.chat.replies import Answer, Change, Say
from bot.coach.teams import Role, Share, Shared, Team
from bot.errors import StaleError
from content.library import Playbook
from handlers import digest_cards, digest_papers, digest_posted, teams
from handlers.wording import clip
from store.unit import Unit

_TAKEN_BACK: Final = "That request was taken back. Nothing was changed, and thank you for offering."
_TAKEN: Final = "Somebody helps with that already. Nothing was changed, and thank you for offering."
_OWN: Final = "That is your own request, so it waits for somebody else. Nothing was changed."


def offer(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Be the one who helps."""
    team, this = teams.of(pressed.subject, work), pressed.subject.partition(".")[2]
    line = work.lines.get(team.id, this)
    if line is None or line.kind is not Share.HELP:
        raise StaleError(_TAKEN_BACK)
    if line.user == work.address.user:
        raise StaleError(_OWN)
    if not work.lines.help_with(team.id, line.id):
        raise StaleError(_TAKEN)
    _bring_together(team, line, work, now)
    return (*_digest(pressed, line, work, playbook), Say(_thanks(team, line, work)))


def _bring_together(team: Team, line: Shared, work: Unit, now: datetime) -> None:
    me, name = work.people.me(), teams.my_name(work)
    said = f"{name} will help with what you asked for in {clip(team.name)}."
    chat = Chat(f"Write to {name}", work.address.user, me.email if me else "")
    next_ = Buttons((Button("My lines", "digest.mine", team.id),))
    card = Card(said, (prose(strong(said)), prose(clip(line.text, 300)), chat, next_))
    work.teams.tell(team.id, line.user, f"help:{line.id}", card, now, beside=work.address.user)


def _digest(pressed: Pressed, line: Shared, work: Unit, playbook: Playbook) -> Answer:
    """The card in the channel, with who helps on its row; one's own copy too, where that was pressed."""
    team = teams.of(pressed.subject, work)
    paper = digest_posted.holding(team, line.on, work, playbook)
    if paper is None:
        return ()
    places = work.places.of_team(team.id, digest_posted.subject(paper.digest.period.starts))
    if any(place.message == pressed.message for place in places):
        return (Change(digest_cards.card(paper), for_all=True), digest_posted.refresh(paper))
    own = digest_papers.with_clients(paper, work)
    is_manager = work.teams.role(team.id) is Role.MANAGER
    changed = (Change(digest_cards.card(own, for_manager=True)),) if is_manager else ()
    return (*changed, digest_posted.refresh(paper))


def _thanks(team: Team, line: Shared, work: Unit) -> Card:
    person = work.teams.person(team.id, line.user)
    name = clip(person.name) if person and person.name else "your colleague"
    said = f"Thank you. I let {name} know that you help, when they next work."
    chat = Chat(f"Write to {name}", line.user, person.email if person else "")
    return Card(said, (prose(strong(said)), prose(clip(line.text, 300)), chat, quiet("Only you see this.")))
