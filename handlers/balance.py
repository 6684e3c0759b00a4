"""A deal's concession log: what moved, what each thing was worth, and whether gives came back."""

from collections.abc import Sequence

from bot.chat.cards import Button, Buttons, Card, Heading, Table, prose, quiet
from bot.chat.charts import Chart, Series
from bot.coach.concessions import Balance, Concession, balance
from bot.coach.deals import Deal
from bot.coach.tradables import Side
from content.library import Playbook
from handlers import trade_words
from handlers.prep_cards import ONLY_YOU
from handlers.wording import clip, count, day

SCALE = "A lot counts 60 points, some 30, little 10."
_ROWS = 50
_WHO = {Side.GIVE: "We gave", Side.GET: "We got"}


def balance_line(log: Sequence[Concession]) -> str:
    """Say the balance in a sentence."""
    sums = balance(log)
    said = f"So far: {count(sums.gives, 'give')}, {count(sums.gets, 'get')}."
    if sums.naked:
        return f"{said} {count(sums.naked, 'give')} without a get so far."
    return f"{said} Every give has a get." if sums.gives else said


def log_card(deal: Deal, log: Sequence[Concession], playbook: Playbook) -> Card:
    """Show what moved in a deal, as a table and as a picture."""
    title = f"What moved: {clip(deal.name)}"
    if not log:
        empty = "Nothing noted yet. After a call, type what moved: gave 5% off, got two years."
        return Card(title, (Heading(title), prose(empty), _next(deal), quiet(ONLY_YOU)))
    shown = log[-_ROWS:]
    rows = tuple(_row(one, playbook) for one in shown)
    older = (
        (quiet(f"{count(len(log) - len(shown), 'earlier line')} not shown; export has all."),)
        if len(log) > _ROWS
        else ()
    )
    blocks = (Heading(title), prose(balance_line(log)), _picture(balance(log)), Table(("When", "What", "Worth"), rows))
    return Card(title, (*blocks, *older, _next(deal), quiet(f"{SCALE} {ONLY_YOU}")))


def _row(one: Concession, playbook: Playbook) -> tuple[str, str, str]:
    worth = {"low": "little", "medium": "some", "high": "a lot"}
    said = f"{_WHO[one.side]} {trade_words.noun(one.tradable, playbook.trading)}"
    ours = worth[one.ours.worth] if one.ours else "?"
    theirs = worth[one.theirs.worth] if one.theirs else "?"
    lone = "" if one.paired or one.side is Side.GET else " · nothing back yet"
    return day(one.at.date()), f"{said}{lone}", f"{ours} to us, {theirs} to them"


def _picture(sums: Balance) -> Chart:
    gave, got = sums.cost_to_us, sums.worth_to_us
    says = f"What we gave cost us {gave} points, what we got brought us {got}."
    return Chart("bars", "Given and got", says, "Side", ("We gave", "We got"), (Series("Points to us", (gave, got)),))


def _next(deal: Deal) -> Buttons:
    return Buttons((Button("Plan trades", "plan.open", deal.id), Button("What moved?", "moved.show", deal.id)))
