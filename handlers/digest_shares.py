"""What a rep puts into the digest in their own words, and takes out again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.chat.cards import Button, Buttons, Card, ChoiceField, Field, Form, Option, TextField, prose, quiet, strong
from bot.chat.events import Pressed, Submitted
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.teams import Count, Share, Shared, Team
from bot.errors import NotFoundError, StaleError
from content.library import Playbook
from handlers import day_card, digest_papers, digest_posted, teams
from handlers.checkins import on_day, refreshed
from handlers.desk import Desk
from handlers.digest_mine import my_card
from handlers.gate import NOT_YOURS, inside
from handlers.wording import clip
from handlers.wording import day as written
from store.unit import Unit

LONGEST: Final = 300
# What a form holds, so that what is too long is there to be shortened.
TYPED: Final = 3000
_A_DAY: Final = 20
_TITLES: Final = {Share.WIN: "Share a win", Share.HELP: "Ask for help", Share.LINE: "Share a line"}
_HINTS: Final = {
    Share.WIN: "For example: Net 30 came back for the longer term, because we asked first",
    Share.HELP: "For example: who has talked to a procurement lead about payment terms?",
    Share.LINE: "For example: the new price sheet saves ten minutes a call",
}
_GONE: Final = "That line was taken out already. Nothing was changed."
_OUT: Final = "That digest is out. Its sums hold no names, and they stay as they are."


def typed(kind: Share, words: str, work: Unit, now: datetime) -> Answer:
    """Share what was typed with the one team I'm in, else ask with which."""
    mine = inside(work)
    if not mine:
        said = "You are in no team yet, so there is nowhere to share it. Nothing was lost; your words are above."
        setup = Buttons((Button("Set up a team", "team.setup", style="primary", dialog=True),))
        return (Say(Card(said, (prose(said), setup))),)
    if not words or len(words) > LONGEST or len(mine) > 1:
        return (Ask(_form(kind, mine, words[:TYPED])),)
    return _share(mine[0], kind, words, work, now)


def ask(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for the words."""
    team, kind = teams.of(pressed.subject, work), pressed.subject.partition(".")[2]
    return (Ask(_form(_kind(kind), [team], "")),)


def share(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Share what was written."""
    words = " ".join(submitted.answers.get("words", "").split())
    if not words:
        return (Refuse({"words": "Write one sentence, in your own words."}),)
    if len(words) > LONGEST:
        return (Refuse({"words": f"That is {len(words)} characters; up to {LONGEST} fit into a digest."}),)
    this, _, kind = submitted.subject.partition(".")
    chosen = submitted.answers.get("team", "") or this
    team = next((one for one in inside(work) if one.id == chosen), None)
    if team is None:
        raise NotFoundError(NOT_YOURS)
    return _share(team, _kind(kind), words, work, now)


def take_out(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take a line of mine out, or my part of a count; one that is out already disappears from there too."""
    team, about = _mine(pressed.subject, work)
    desk = Desk(work, now, playbook)
    if about.line:
        line = _taken_back(team, about.line, work)
        return (*_changed(about, team, desk), *digest_posted.without([line], team, work, playbook))
    _still_ahead(team, about)
    work.lines.withhold(team.id, team.covered_to, about.count)
    return _changed(about, team, desk)


def put_back(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Let my part be counted again."""
    team, about = _mine(pressed.subject, work)
    _still_ahead(team, about)
    work.lines.give_back(team.id, team.covered_to, about.count)
    return _changed(about, team, Desk(work, now, playbook), "Put back.")


@dataclass(frozen=True, slots=True)
class _About:
    """What a button takes out or puts back, and where it stands: a line, or a part of the counts from a day on."""

    where: str = ""
    line: str = ""
    starts: str = ""
    count: Count = Count.PROMISES


def _mine(subject: str, work: Unit) -> tuple[Team, _About]:
    this, kind, what, where = (*subject.split(".", 3), "", "", "", "")[:4]
    team = next((one for one in inside(work) if one.id == this), None)
    if team is None:
        raise NotFoundError(NOT_YOURS)
    if kind == "line":
        return team, _About(where, line=what)
    if what not in set(Count):
        raise StaleError
    return team, _About(where, starts=kind, count=Count(what))


def _still_ahead(team: Team, about: _About) -> None:
    if about.starts != team.covered_to.isoformat():
        raise StaleError(_OUT)


def _taken_back(team: Team, this: str, work: Unit) -> Shared:
    line = work.lines.get(team.id, this)
    if line is None or not work.lines.take_back(this):
        raise StaleError(_GONE)
    return line


def _changed(about: _About, team: Team, desk: Desk, said: str = "Taken out. Nobody is told.") -> Answer:
    """Show how it stands now: on the day's card in place, where that was pressed, and on every copy of it."""
    if about.where == day_card.HERE:
        return on_day(said, desk)
    return (Change(my_card(team, desk.work, desk.playbook, desk.now, said)), *refreshed(desk))


def _share(team: Team, kind: Share, words: str, work: Unit, now: datetime) -> Answer:
    period = digest_papers.running(team, now)
    today = max(digest_papers.today(team, now), team.covered_to)
    if len(work.lines.mine(team.id, period)) >= _A_DAY:
        raise StaleError(f"You have {_A_DAY} lines in the next digest already. Take one out first; nothing was lost.")
    line = Shared(id=work.lines.fresh_id(), team_id=team.id, user=work.address.user, kind=kind, text=words, on=today)
    shared = work.lines.share(line, now)
    said = f"In the next digest of {clip(team.name)}, on {written(digest_papers.on(team, now))}, under your name."
    buttons = (
        Button("Take out", "digest.out", f"{team.id}.line.{shared.id}"),
        Button("My lines", "digest.mine", team.id),
    )
    about = quiet("You can take it out at any time, also after it was posted.")
    return (Say(Card(said, (prose(strong(said)), prose(clip(shared.text, LONGEST)), about, Buttons(buttons)))),)


def _form(kind: Share, mine: list[Team], words: str) -> Form:
    options = tuple(Option(team.id, clip(team.name)) for team in mine[:50])
    which: tuple[Field, ...] = ()
    if len(mine) > 1:
        which = (ChoiceField("team", "With which team?", options, options[0].id, required=True),)
    text = TextField("words", "In your words", _HINTS[kind], words, long=True, required=True, max_length=TYPED)
    fits = f" Up to {LONGEST} characters fit; here is what you typed." if len(words) > LONGEST else ""
    intro = f"It stands in the next digest under your name. You can take it out at any time.{fits}"
    return Form("digest.share", f"{mine[0].id}.{kind}", _TITLES[kind], (*which, text), submit="Share it", intro=intro)


def _kind(text: str) -> Share:
    if text not in set(Share):
        raise StaleError
    return Share(text)
