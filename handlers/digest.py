"""`digest`: what I have in it, what a manager sees of it beforehand, and what is put into it in a word."""

from datetime import datetime, timedelta
from typing import Final

from bot.chat.cards import Button, Buttons, Card, Heading, Menu, Option, Points, prose, runs, strong
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Ask, Say
from bot.coach import digest_week
from bot.coach.access import Rule
from bot.coach.teams import Period, Role, Share, Team
from bot.errors import StaleError
from content.library import Playbook
from handlers import digest_cards, digest_lines, digest_papers, digest_shares, team_forms, teams
from handlers.desk import Desk
from handlers.digest_mine import my_card
from handlers.gate import admit, admitted, inside
from handlers.wording import clip
from store.unit import Unit

_WORDS: Final = {
    "preview": ("digest.preview", Rule.DIGEST_PREVIEW),
    "now": ("digest.now", Rule.DIGEST_NOW),
    "schedule": ("digest.schedule", Rule.DIGEST_CHANGE),
    "channel": ("team.channel", Rule.DIGEST_CHANGE),
}
_ONE: Final = timedelta(days=1)
_FORMS: Final = frozenset({"digest.schedule", "team.channel"})
_SETUP: Final = frozenset({"setup", "set up", "set up a team", "new", "new team", "create"})
_TEACHES: Final = (
    "A digest tells a team once a week what went well, where help is wanted and what was kept. You are in no team yet: "
    "set one up, or press Join where your team's digest is announced."
)
_CAN: Final = (
    ("digest win, and a sentence", "share what went well"),
    ("digest help, and a sentence", "ask your team for help"),
    ("digest preview", "see the next one as it would be now, if you manage the team"),
)


def digest(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `digest [word ...]`."""
    word, _, rest = " ".join(asked.text.split()).partition(" ")
    word = word.lower().strip(".:,!?")
    if asked.text.lower().strip() in _SETUP:
        return (Ask(team_forms.setup(Desk(work, now, playbook).person.zone)),)
    if word in set(Share):
        return digest_shares.typed(Share(word), rest, work, now)
    if word in _WORDS:
        return _managed(word, rest, Desk(work, now, playbook))
    if word in ("team", "teams", "leave"):
        return (Say(_team_or_all(work, playbook, now)),)
    return (Say(overview(work, playbook, now)),)


def show(_pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show it from a button."""
    return (Say(overview(work, playbook, now)),)


def mine(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show my lines for one team."""
    return (Say(my_card(teams.of(pressed.subject, work), work, playbook, now)),)


def preview(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show the next digest as it would be now, to a manager alone."""
    return (Say(_preview(teams.of(pressed.subject, work), work, playbook, now)),)


def now_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Give a manager the digest now: of the days not covered yet, or on its own day the one that went out."""
    return (Say(_now(teams.of(pressed.subject, work), work, playbook, now)),)


def manage(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Open the manager's copy of the digest that went out last; anybody else is told what it is for."""
    team = teams.of(pressed.subject, work)
    if work.teams.role(team.id) is not Role.MANAGER:
        return (Say(digest_lines.for_managers(team, playbook)),)
    admit(Rule.DIGEST_PREVIEW, team.id, work, now, pressed.action)
    paper = digest_papers.latest(team, work, playbook)
    if paper is None:
        return (Say(_preview(team, work, playbook, now)),)
    return (Say(digest_cards.card(digest_papers.with_clients(paper, work), for_manager=True)),)


def not_here(_pressed: Pressed, _work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Say what a digest never holds."""
    return (Say(digest_lines.not_here(playbook)),)


def tip(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Post the practice of the week into the channel, once for each digest."""
    team, practice = teams.of(pressed.subject, work), pressed.subject.partition(".")[2]
    if all(one.id != practice for one in playbook.practices):
        raise StaleError
    card = digest_lines.tip(practice, playbook)
    fresh = work.teams.post(team.id, f"tip:{team.id}:{team.covered_to.isoformat()}", card, now)
    said = "On its way to the channel." if fresh else "That tip is in the channel already. Nothing was posted again."
    return (Say(Card(said, (prose(said), Buttons((Button("The team", "digest.team", team.id),))))),)


def overview(work: Unit, playbook: Playbook, now: datetime) -> Card:
    """Say how I stand: in no team, in one, or in several."""
    mine_ = work.teams.mine()
    joined = inside(work)
    if not mine_:
        buttons = Buttons((Button("Set up a team", "team.setup", style="primary", dialog=True), _NOT_HERE))
        return Card("Your team's digest", (Heading("Your team's digest"), prose(_TEACHES), buttons))
    if len(mine_) == 1 and joined:
        return my_card(joined[0], work, playbook, now)
    title = "Your teams"
    menu = Menu("digest.team", "Open a team", tuple(Option(team.id, clip(team.name)) for team in joined))
    invited = [team for team, role in mine_ if role is Role.INVITED]
    asked = tuple(
        Buttons((Button(f"Join {clip(team.name, 40)}", "team.join", team.id, "primary"), _no(team)))
        for team in invited[:3]
    )
    lines = Points(tuple(runs(strong(clip(team.name)), f", {role}") for team, role in mine_[:20]))
    setup = Buttons((Button("Set up a team", "team.setup", dialog=True),))
    return Card(title, (Heading(title), lines, *asked, *((menu,) if joined else ()), setup, _can()))


_NOT_HERE: Final = Button("What's not here?", "digest.not_here")


def _no(team: Team) -> Button:
    return Button("No, thanks", "team.decline", team.id)


def _can() -> Points:
    return Points(tuple(runs(strong(words), f": {what}") for words, what in _CAN))


def _managed(word: str, rest: str, desk: Desk) -> Answer:
    """What only a manager may: for the one team they manage, or the one they choose."""
    action, rule = _WORDS[word]
    managed = [team for team, role in desk.work.teams.mine() if role is Role.MANAGER]
    if not managed:
        said = "That is for whoever manages a team, and you manage none yet."
        setup = Button("Set up a team", "team.setup", style="primary", dialog=True)
        return (Say(Card(said, (prose(said), Buttons((setup, Button("My lines", "digest.show")))))),)
    if len(managed) > 1:
        said = "Which team is it about?"
        menu = Menu(action, "Choose a team", tuple(Option(team.id, clip(team.name)) for team in managed))
        return (Say(Card(said, (prose(said), menu))),)
    this = managed[0].id
    # What only opens a form is noted once it is sent.
    opens = action in _FORMS and not rest
    team = admitted(rule, this, desk.work) if opens else admit(rule, this, desk.work, desk.now, f"digest {word}")
    return _do(word, rest, team, desk)


def _do(word: str, rest: str, team: Team, desk: Desk) -> Answer:
    match word:
        case "schedule" if rest:
            return _move(team, rest, desk)
        case "schedule":
            return (Ask(team_forms.weekly(team)),)
        case "channel":
            return (Ask(team_forms.channel(team)),)
        case "preview":
            return (Say(_preview(team, desk.work, desk.playbook, desk.now)),)
        case _:
            return (Say(_now(team, desk.work, desk.playbook, desk.now)),)


def _move(team: Team, words: str, desk: Desk) -> Answer:
    weekly = digest_week.schedule(words)
    if weekly is not None:
        return teams.move(teams.held(team.id, desk.work), weekly, desk.work, desk.now)
    said = f"I don't read one day and time in “{clip(words)}”, so nothing was changed. Write it like Monday 8:30."
    again = Button("Schedule", "digest.schedule", team.id, "primary", dialog=True)
    return (Say(Card(said, (prose(said), Buttons((again,))))),)


def _team_or_all(work: Unit, playbook: Playbook, now: datetime) -> Card:
    """The one team I'm in, or all of them."""
    mine_ = inside(work)
    return teams.view(mine_[0], work, now) if len(mine_) == 1 else overview(work, playbook, now)


def _preview(team: Team, work: Unit, playbook: Playbook, now: datetime) -> Card:
    paper = digest_papers.upcoming(team, digest_papers.running(team, now), work, playbook)
    return digest_cards.preview(digest_papers.with_clients(paper, work), digest_papers.on(team, now))


def _now(team: Team, work: Unit, playbook: Playbook, now: datetime) -> Card:
    today = digest_papers.today(team, now)
    if team.covered_to < today:
        paper = digest_papers.upcoming(team, Period(team.covered_to, today + _ONE), work, playbook)
        return digest_cards.so_far(digest_papers.with_clients(paper, work))
    paper_ = digest_papers.latest(team, work, playbook)
    if paper_ is None:
        return _preview(team, work, playbook, now)
    return digest_cards.card(digest_papers.with_clients(paper_, work), for_manager=True)
