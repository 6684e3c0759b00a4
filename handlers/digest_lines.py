"""What one rep sees of a digest: their own lines to take out or put back, what it never holds, a tip to post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Heading,
    Menu,
    Option,
    Points,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.digest import Mine
from bot.coach.teams import Count, Share, Shared, Team
from content.digest import DigestWords
from content.library import Playbook
from handlers.digest_cards import practice_blocks, when
from handlers.wording import clip, count, span

_ONE = timedelta(days=1)
_LINE = 300
_OPTION = 75
# With more of them, a menu takes the place of a button each: some platforms show no more than six on a card.
_FEW = 2
_OUT = "digest.out"
_LABELS = {
    Count.PROMISES: "promises",
    Count.CHECK_INS: "check_ins",
    Count.TRADES: "trades_mine",
    Count.PAYOFFS: "payoffs",
}
_KINDS = {Share.WIN: "win", Share.HELP: "asks_help", Share.LINE: "line"}
_NUMBERS = {
    Count.PROMISES: ("kept", "late", "still due"),
    Count.CHECK_INS: ("done", "put off", "skipped"),
}
_NOUNS = {
    Count.TRADES: ("give", "give with a get", "get"),
    Count.PAYOFFS: ("renewal", "expansion", "referral"),
}


def my_lines(  # noqa: PLR0913  what is said, and what stands around it
    team: Team, mine: Mine, playbook: Playbook, *, on: date, lead: str = "", more: Sequence[Button] = ()
) -> Card:
    """Write what a rep has in the digest that goes out on the local date `on`; `more` are further buttons below it."""
    blocks = (*line_blocks(team, mine, playbook, on=on, lead=lead), *((Buttons(tuple(more)),) if more else ()))
    return Card(f"{lead} {playbook.digest('mine', team=clip(team.name))}".strip(), blocks)


def line_blocks(  # noqa: PLR0913  the same
    team: Team, mine: Mine, playbook: Playbook, *, on: date, lead: str = "", where: str = ""
) -> Iterator[Block]:
    """Write the same as blocks; `where` is what their buttons carry on from the day's one message."""
    words = playbook.digest
    days = span(mine.period.starts, mine.period.ends - _ONE)
    yield Heading(words("mine", team=clip(team.name)))
    if lead:
        yield prose(strong(lead))
    yield prose(words("mine_when", days=days, **when(team, on, words)))
    ending = f".{where}" if where else ""
    lines = [_line(one, f"{team.id}.line.{one.id}{ending}", words) for one in mine.shared]
    part = f"{team.id}.{mine.period.starts.isoformat()}"
    counts = [row for what in Count if (row := _count(what, f"{part}.{what}{ending}", mine, words))]
    yield from _rows((*lines, *counts), words)
    if counts:
        yield quiet(words("mine_counts"))
    if not lines and not counts:
        yield prose(words("mine_empty"))
    yield Buttons((Button(words("whats_not_here"), "digest.not_here", team.id),))


def not_here(playbook: Playbook) -> Card:
    """Say what a digest never holds."""
    words = playbook.digest
    points = tuple(runs(words(f"not_here_{n}")) for n in range(1, 5))
    return Card(words("not_here"), (Heading(words("not_here")), Points(points), prose(words("here"))))


def for_managers(team: Team, playbook: Playbook) -> Card:
    """Say what the manager's copy is for, to who manages nothing there."""
    said = playbook.digest("not_managing", team=clip(team.name))
    button = Button(playbook.digest("whats_not_here"), "digest.not_here", team.id)
    return Card(said, (prose(said), Buttons((button,))))


def tip(practice_id: str, playbook: Playbook) -> Card:
    """Write the practice of the week as a tip to post where the team reads."""
    title = playbook.digest("practice", title=playbook.practice(practice_id).title)
    return Card(title, (*practice_blocks(practice_id, playbook), quiet(playbook.digest("posted_tip"))))


@dataclass(frozen=True, slots=True)
class _Row:
    """Something of one's own: what it is, what it says, and the button that takes it out or puts it back."""

    name: str
    said: str
    button: Button


def _rows(rows: Sequence[_Row], words: DigestWords) -> Iterator[Block]:
    """Write each with its button; of many, one menu for all that can be taken out."""
    inside = [row for row in rows if row.button.action == _OUT]
    is_few = len(inside) <= _FEW
    for row in rows:
        yield prose(strong(f"{row.name}: "), row.said)
        if is_few or row not in inside:
            yield Buttons((row.button,))
    if not is_few:
        options = tuple(Option(row.button.subject, clip(f"{row.name}: {row.said}", _OPTION)) for row in inside)
        yield Menu(_OUT, words("take_out"), options)


def _line(one: Shared, about: str, words: DigestWords) -> _Row:
    return _Row(words(_KINDS[one.kind]), clip(one.text, _LINE), Button(words("take_out"), _OUT, about))


def _count(what: Count, about: str, mine: Mine, words: DigestWords) -> _Row | None:
    numbers = mine.counted.of(what)
    if what in mine.withheld:
        return _Row(words(_LABELS[what]), words("mine_out"), Button(words("put_back"), "digest.in", about))
    if not any(numbers):
        return None
    return _Row(words(_LABELS[what]), _numbers(what, numbers), Button(words("take_out"), _OUT, about))


def _numbers(what: Count, numbers: tuple[int, int, int]) -> str:
    """Write what there is some of: `3 kept · 1 late`."""
    if what in _NUMBERS:
        each = [f"{number:,} {name}" for number, name in zip(numbers, _NUMBERS[what], strict=True)]
    else:
        each = [_of(number, noun) for number, noun in zip(numbers, _NOUNS[what], strict=True)]
    return " · ".join(compress(each, numbers))


def _of(number: int, noun: str) -> str:
    """Count what has its plural in its first word: `2 gives with a get`."""
    first, _, rest = noun.partition(" ")
    return f"{count(number, first)} {rest}".rstrip()
