"""How a team's digest looks: in its channel, as its manager's copy and preview. No name stands by a number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Points,
    Quote,
    Run,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.digest import CheckIns, Digest, Payoffs, Promises, Trades
from bot.coach.teams import Shared, Team
from content.digest import DigestWords
from content.library import Playbook, fill
from handlers.digest_picture import pictures
from handlers.wording import clip, count, day, listed, span
from store.teams import Ownerless

_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)
_LISTED = 20  # lines of one kind
_LINE = 300  # characters of one
_NAME = 40
# From so many on a menu takes the place of a button each: some platforms show no more than a handful.
_MANY = 3
_CHOICES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """Who a digest is written for: what it begins with, what can be pressed on it."""

    lead: str = ""
    for_manager: bool = False
    out: bool = True
    more: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A digest to be read. `names` are of the people who share or help, `clients` the team's that have no owner."""

    digest: Digest
    team: Team
    names: Mapping[str, str]
    playbook: Playbook
    clients: Sequence[Ownerless] = ()

    @property
    def words(self) -> DigestWords:
        """What it is said with."""
        return self.playbook.digest

    def name(self, user: str) -> str:
        """Somebody's name, fit for a sentence."""
        return clip(self.names.get(user, ""), _NAME) or self.words("somebody")


def card(paper: Paper, *, for_manager: bool = False) -> Card:
    """Write the digest for everyone who reads in the channel, or the manager's own copy with what only they may do."""
    lead = paper.words("own_copy", channel=channel(paper.team, paper.words)) if for_manager else ""
    return _card(paper, _Copy(lead=lead, for_manager=for_manager))


def preview(paper: Paper, on: date) -> Card:
    """Write the digest as it would be now, for a manager alone; it goes out on the local date `on`.

    Nobody can offer their help from here: who asked for it hasn't been read yet.
    """
    team, words = paper.team, paper.words
    more = (
        Button(words("schedule"), "digest.schedule", team.id, dialog=True),
        Button(words("team"), "digest.team", team.id),
    )
    return _card(paper, _Copy(lead=words("preview", **when(team, on, words)), for_manager=True, out=False, more=more))


def so_far(paper: Paper) -> Card:
    """Write what a digest of the days behind us would say, for a manager alone."""
    return _card(paper, _Copy(lead=paper.words("so_far"), for_manager=True, out=False))


def unposted(paper: Paper, why: str) -> Card:
    """Write the digest for a manager where the channel could not be posted to; `why` says so, and what to do."""
    other = Button(paper.words("choose_channel"), "team.channel", paper.team.id, dialog=True)
    return _card(paper, _Copy(lead=paper.words("unposted", why=why), for_manager=True, more=(other,)))


def channel(team: Team, words: DigestWords) -> str:
    """Name where a digest goes."""
    return f"#{clip(team.channel_name.lstrip('#'))}" if team.channel_name.strip("# ") else words("the_channel")


def when(team: Team, on: date, words: DigestWords) -> dict[str, str]:
    """Give the slots that say where and when a digest goes out."""
    return {"channel": channel(team, words), "day": day(on), "time": f"{team.at:%H:%M}"}


def _card(paper: Paper, copy: _Copy) -> Card:
    digest, words = paper.digest, paper.words
    named = {"team": clip(paper.team.name), "days": span(digest.period.starts, digest.period.ends - _ONE)}
    shared = digest.wins or digest.help or digest.lines
    quiet_week = not shared and digest.totals.is_empty
    blocks: tuple[Block, ...] = (
        Heading(words("title", **named)),
        *((prose(strong(copy.lead)),) if copy.lead else ()),
        *((prose(words("quiet_week")),) if quiet_week else (*_shared(paper, copy), *_numbers(paper))),
        *_ownerless(paper, copy),
        *pictures(digest.weeks, words),
        *practice_blocks(digest.practice, paper.playbook),
        Buttons(tuple(_footer(paper, copy))),
        quiet(words("invite")),
    )
    return Card(words("summary", **named), blocks)


def _footer(paper: Paper, copy: _Copy) -> Iterator[Button]:
    team, words = paper.team, paper.words
    if copy.for_manager:
        yield Button(words("post_tip"), "digest.tip", f"{team.id}.{paper.digest.practice}", "primary")
    yield Button(words("whats_not_here"), "digest.not_here", team.id)
    if not copy.for_manager:
        yield Button(words("for_managers"), "digest.manage", team.id)
    yield from copy.more


def _shared(paper: Paper, copy: _Copy) -> Iterator[Block]:
    """What people put in, in their own words."""
    digest, words = paper.digest, paper.words
    yield Heading(words("wins"))
    yield from _lines(digest.wins, paper) if digest.wins else (prose(words("no_wins")),)
    if digest.help:
        yield Heading(words("help"))
        yield from _help(paper, copy)
    if digest.lines:
        yield Heading(words("lines"))
        yield from _lines(digest.lines, paper)


def _lines(shared: Sequence[Shared], paper: Paper) -> Iterator[Block]:
    yield Points(tuple(runs(*_line(one, paper)) for one in shared[:_LISTED]))
    if more := shared[_LISTED:]:
        yield quiet(paper.words("more", more=count(len(more), "more line")))


def _line(one: Shared, paper: Paper) -> tuple[str | Run, ...]:
    return strong(f"{paper.name(one.user)}: "), clip(one.text, _LINE)


def _help(paper: Paper, copy: _Copy) -> Iterator[Block]:
    """Each request with its button; of many, one menu for all that nobody has taken on."""
    asked, words = paper.digest.help[:_LISTED], paper.words
    waiting = [one for one in asked if copy.out and not one.helper]
    for one in asked:
        yield prose(*_line(one, paper))
        if one.helper:
            yield quiet(words("helping", name=paper.name(one.helper)))
        if one in waiting and len(waiting) < _MANY:
            yield Buttons((Button(words("i_help"), "digest.help", _about(paper, one.id)),))
    if len(waiting) >= _MANY:
        options = tuple(Option(_about(paper, one.id), _in_short(one, paper)) for one in waiting)
        yield Menu("digest.help", words("who_helps"), options)
    if more := paper.digest.help[_LISTED:]:
        yield quiet(words("more", more=count(len(more), "more request")))


def _in_short(one: Shared, paper: Paper) -> str:
    return clip(f"{paper.name(one.user)}: {one.text}", 75)


def _about(paper: Paper, this: str) -> str:
    return f"{paper.team.id}.{this}"


def _numbers(paper: Paper) -> Iterator[Block]:
    """Sums of the team; where too few people stand behind one, none, and no word on who."""
    totals, words = paper.digest.totals, paper.words
    yield Heading(words("numbers"))
    if totals.is_empty:
        yield prose(words("few"))
        return
    facts = {
        "promises": totals.promises and _promises(totals.promises, words),
        "check_ins": totals.check_ins and _check_ins(totals.check_ins, words),
        "trades": totals.trades and _trades(totals.trades, paper),
        "payoffs": totals.payoffs and _payoffs(totals.payoffs, words),
    }
    yield Facts(tuple(Fact(words(key), value) for key, value in facts.items() if value))
    if totals.payoffs:
        yield quiet(words("no_cause"))
    if few := [words(key).lower() for key, value in facts.items() if not value]:
        yield quiet(words("some_few", what=listed(few)))


def _promises(sums: Promises, words: DigestWords) -> str:
    return words("promises_are", kept=f"{sums.kept:,}", late=f"{sums.late:,}", due=f"{sums.due:,}")


def _check_ins(sums: CheckIns, words: DigestWords) -> str:
    numbers = {"done": sums.done, "snoozed": sums.snoozed, "skipped": sums.skipped}
    return words("check_ins_are", **{key: f"{number:,}" for key, number in numbers.items()})


def _trades(sums: Trades, paper: Paper) -> str:
    """Gives with a get out of all gives, against the time before where there was one."""
    words, before = paper.words, paper.digest.last.trades
    now = _share(sums, words)
    if before is None:
        return now
    lasting = [week.period.ends - week.period.starts for week in paper.digest.weeks[-2:]]
    key = "last_week" if lasting == [_WEEK, _WEEK] else "time_before"
    return words(key, now=now, before=_share(before, words))


def _share(sums: Trades, words: DigestWords) -> str:
    if not sums.gives:
        return words("no_gives", gets=count(sums.gets, "get"))
    return words("trades_are", with_get=f"{sums.with_get:,}", gives=f"{sums.gives:,}")


def _payoffs(sums: Payoffs, words: DigestWords) -> str:
    return words(
        "payoffs_are",
        renewals=count(sums.renewals, "renewal"),
        expansions=count(sums.expansions, "expansion"),
        referrals=count(sums.referrals, "referral"),
    )


def _ownerless(paper: Paper, copy: _Copy) -> Iterator[Block]:
    """Say how many clients nobody looks after; which ones, and a way to change that, only to the manager."""
    words, number = paper.words, paper.digest.ownerless
    if number:
        said = words("one_ownerless") if number == 1 else words("ownerless", clients=count(number, "client"))
        yield prose(said)
    if not copy.for_manager or not paper.clients:
        return
    if len(paper.clients) < _MANY:
        labels = [(words("assign", client=clip(one.name, _NAME)), one.deal_id) for one in paper.clients]
        yield Buttons(tuple(Button(said, "digest.assign", _about(paper, this), dialog=True) for said, this in labels))
        return
    options = tuple(Option(_about(paper, one.deal_id), clip(one.name)) for one in paper.clients[:_CHOICES])
    yield Menu("digest.assign", words("assign_one"), options, dialog=True)


def practice_blocks(practice_id: str, playbook: Playbook) -> Iterator[Block]:
    """Write the practice of the week: why it works, a phrase to say, two minutes of exercise."""
    practice, words = playbook.practice(practice_id), playbook.digest
    yield Heading(words("practice", title=practice.title))
    yield prose(practice.why)
    yield Quote(fill(practice.phrases[0]))
    yield prose(strong(words("two_minutes")), practice.exercise)
