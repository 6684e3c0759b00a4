"""The rep's deals: listed, added in a line or a dialog, changed, won, lost."""

import re
from datetime import date, datetime

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Table,
    TextField,
    prose,
    quiet,
    strong,
)
from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.ids import SUBJECT_MAX
from bot.chat.replies import Answer, Ask, Change, Refuse, Say
from bot.coach.currencies import CURRENCIES
from bot.coach.dates import understand
from bot.coach.deals import Deal, DealDraft, Stage
from bot.coach.money import Money, read_money
from bot.coach.payoffs import Payoff
from content.library import Playbook
from handlers import brought, payoffs
from handlers.desk import Desk
from handlers.finding import menu, mine, named
from handlers.person import today
from handlers.won import cool, unkept, warmed
from handlers.wording import clip, day, money
from store.unit import Unit

PAGE = 20
_NAME_LENGTH = 200
# What a deal's name says about the deal, not about the client: "Acme renewal 2027" is Acme's.
_ABOUT_DEAL = re.compile(
    r"[\s,–-]+(?:(?:renewal|expansion|extension|upsell|upgrade|pilot|rollout|deal|contract|20\d\d|q[1-4])\s*)+$",
    re.IGNORECASE,
)
_CLIENT = re.compile(r"(?:client|for|with|customer)\s+(?P<client>.+)", re.IGNORECASE)
_CLOSES = re.compile(r"^(?:closes?|closing|by|on|due)(?:\s+(?:on|by))?\s+", re.IGNORECASE)


def show(_asked: Asked, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Answer `deals`."""
    return (Say(_list(work, 0)),)


def again(_pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Show the deals from a button elsewhere."""
    return (Say(_list(work, 0)),)


def page(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Turn to another page of the deals."""
    offset = int(pressed.subject) if pressed.subject.isdecimal() and len(pressed.subject) < 7 else 0  # noqa: PLR2004
    return (Change(_list(work, offset)),)


def add(asked: Asked, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Answer `deal add [one line]`: what was understood is shown, what wasn't is asked in the dialog."""
    if not asked.text:
        return (Ask(_form("deal.add", "", DealDraft(name="", client=""))),)
    draft, doubtful = read_line(asked.text, today(work, now))
    if doubtful or not draft.name:
        return (Say(_doubtful(asked.text, doubtful)),)
    return (Say(_kept(work.deals.add(draft), "Added")),)


def ask_add(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> tuple[Ask]:
    """Open the dialog for a new deal, with what was understood of a line that was typed before."""
    draft, _ = read_line(pressed.subject, today(work, now))
    return (Ask(_form("deal.add", "", draft)),)


def ask_edit(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Open the dialog with what is known."""
    deal = mine(pressed.subject, work)
    return (Ask(_form("deal.edit", deal.id, deal)),)


def submit_add(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Keep a deal from the dialog."""
    draft = _read_form(submitted, today(work, now))
    return (Say(_kept(work.deals.add(draft), "Added")),) if isinstance(draft, DealDraft) else (draft,)


def submit_edit(submitted: Submitted, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Keep what was changed in the dialog."""
    before = mine(submitted.subject, work)
    draft = _read_form(submitted, today(work, now), before.stage)
    if isinstance(draft, Refuse):
        return (draft,)
    work.deals.change(before.id, draft)
    return (Say(_kept(mine(before.id, work), "Saved")),)


def won(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `won <deal>`; `won acme renewal` may be said of a client that is won already."""
    return payoffs.instead_of_closing(asked.text, Desk(work, now, playbook)) or (
        Say(_closed_by_name(asked.text, work, Stage.WON, now)),
    )


def lost(asked: Asked, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Answer `lost <deal>`."""
    return (Say(_closed_by_name(asked.text, work, Stage.LOST, now)),)


def press_won(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Close the chosen deal as won; behind its id may stand what that is to the client."""
    this, _, kind = pressed.subject.partition(".")
    said = Payoff(kind) if kind in set(Payoff) else None
    return (Say(_close(mine(this, work), work, Stage.WON, now, said)),)


def press_lost(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Close the chosen deal as lost."""
    return (Say(_close(mine(pressed.subject, work), work, Stage.LOST, now)),)


def reopen(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Take a closing back."""
    deal = mine(pressed.subject, work)
    work.deals.close(deal.id, Stage.OPEN, now)
    cool(deal, work, now)
    said = f"{clip(deal.name)} is open again.{brought.taken_back(deal, work)}"
    return (Change(Card(said, (prose(said), Buttons((_prepare(deal),))))),)


def read_line(text: str, on: date) -> tuple[DealDraft, tuple[str, ...]]:
    """Read `Acme renewal, €48k, 30 June, client Acme`: the name first, the rest in any order.

    Gives the draft and the parts that could not be read; a doubtful part is never guessed.
    """
    name, *rest = [part.strip() for part in re.split(r"[;\n]|,(?!\d{3})", text) if part.strip()] or [""]
    value: Money | None = None
    closes: date | None = None
    client = ""
    doubtful = [name] if len(name) > _NAME_LENGTH else []
    for part in rest:
        if amount := read_money(part, CURRENCIES):
            value = amount
        elif when := understand(_CLOSES.sub("", part), on):
            closes = when
        elif len(part) <= _NAME_LENGTH and (named_client := _CLIENT.fullmatch(part)):
            client = named_client["client"]
        else:
            doubtful.append(part)
    client = clip(client or client_of(name), _NAME_LENGTH)
    draft = DealDraft(name=clip(name, _NAME_LENGTH), client=client, value=value, closes_on=closes)
    return draft, tuple(doubtful)


def client_of(name: str) -> str:
    """The client a deal's name speaks of: "Acme" for "Acme renewal 2027"."""
    return _ABOUT_DEAL.sub("", name).strip() or name


def _list(work: Unit, offset: int) -> Card:
    deals = work.deals.list(stage=Stage.OPEN, limit=PAGE, offset=offset)
    total = work.deals.count(stage=Stage.OPEN)
    if not deals and not offset:
        return _none()
    title = f"Your open deals: {total:,}"
    rows = tuple(_row(deal) for deal in deals)
    turn = [Button("Earlier", "deals.page", str(max(0, offset - PAGE)))] if offset else []
    turn += [Button("More", "deals.page", str(offset + PAGE))] if offset + PAGE < total else []
    blocks: tuple[Block, ...] = (
        Heading(title),
        Table(("Deal", "Client", "Value", "Closes"), rows),
        menu(deals, "prep.open", "Prepare one"),
        menu(deals, "deal.edit", "Change one"),
        Buttons((Button("Add a deal", "deal.add"), *turn)),
        quiet("Only you can see these. Close one with won or lost and its name."),
    )
    return Card(title, blocks)


def _row(deal: Deal) -> tuple[str, str, str, str]:
    closes = day(deal.closes_on) if deal.closes_on else "–"
    return (deal.name, deal.client, money(deal.value) if deal.value else "–", closes)


def _none() -> Card:
    said = "No open deals yet. Add one, or just prepare a meeting: a client's name is enough."
    buttons = (Button("Add a deal", "deal.add", style="primary"), Button("Prepare a meeting", "prep.other"))
    return Card(said, (prose(said), quiet("In one line: deal add Acme renewal, €48k, 30 June"), Buttons(buttons)))


def _kept(deal: Deal, done: str) -> Card:
    rows = (
        Fact("Client", deal.client),
        Fact("Value", money(deal.value) if deal.value else "not set"),
        Fact("Closes", day(deal.closes_on) if deal.closes_on else "not set"),
        *((Fact("Your notes", deal.notes),) if deal.notes else ()),
    )
    blocks = (prose(f"{done}: ", strong(deal.name)), Facts(rows), Buttons((_prepare(deal), _edit(deal))))
    return Card(f"{done}: {clip(deal.name)}", blocks)


def _prepare(deal: Deal) -> Button:
    return Button("Prepare the meeting", "prep.open", deal.id, "primary")


def _edit(deal: Deal) -> Button:
    return Button("Change", "deal.edit", deal.id)


def _doubtful(text: str, parts: tuple[str, ...]) -> Card:
    which = " and ".join(f"“{clip(part, 40)}”" for part in parts[:3]) or "the name"
    said = f"I wasn't sure about {which}, so nothing was added yet."
    hint = "Separate the parts with commas, for example: deal add Acme renewal, 48000 EUR, 30 June 2027, client Acme."
    understood = text if len(text) <= SUBJECT_MAX else ""
    retry = Button("Fill in the rest", "deal.add", understood, "primary")
    return Card(said, (prose(said, " ", hint), quiet("You typed: ", clip(text, 300)), Buttons((retry,))))


def _closed_by_name(words: str, work: Unit, stage: Stage, now: datetime) -> Card:
    if not words:
        deals = work.deals.next(limit=PAGE)
        said = f"Which deal was {stage}?" if deals else "You have no open deals to close. Add one, or see help."
        choice: tuple[Block, ...] = (menu(deals, f"deal.{stage}", "Choose a deal"),) if deals else ()
        return Card(said, (prose(said), *choice, Buttons((Button("Add a deal", "deal.add"),))))
    found = named(words, work, f"deal.{stage}")
    return _close(found, work, stage, now) if isinstance(found, Deal) else found


def _close(deal: Deal, work: Unit, stage: Stage, now: datetime, kind: Payoff | None = None) -> Card:
    if deal.stage is stage:
        said = f"{clip(deal.name)} is marked as {stage} already. Nothing was changed."
        return Card(said, (prose(said), Buttons((*unkept(deal, work), Button("Reopen it", "deal.reopen", deal.id)))))
    work.deals.close(deal.id, stage, now)
    worth = f" ({money(deal.value)})" if deal.value else ""
    if stage is Stage.WON:
        said = f"{clip(deal.name)}{worth} is won. Well done; the relationship starts now."
        return warmed(said, mine(deal.id, work), work, now, kind)
    cool(deal, work, now)
    back = brought.taken_back(deal, work)
    said = f"{clip(deal.name)}{worth} is closed as lost.{back} Thank them for their time: the next deal starts there."
    tip = Button("A question to learn from it", "tip.show", "clarity.open_questions", "primary")
    return Card(said, (prose(said), Buttons((tip, Button("Undo", "deal.reopen", deal.id)))))


def _form(form: str, subject: str, deal: DealDraft) -> Form:
    value = f"{deal.value.amount.normalize():f} {deal.value.currency}" if deal.value else ""
    closes = deal.closes_on.isoformat() if deal.closes_on else ""
    fields = (
        TextField("name", "Deal", "For example: Acme renewal", deal.name, required=True, max_length=_NAME_LENGTH),
        TextField(
            "client", "Client", "For example: Acme. If empty, taken from the deal", deal.client, max_length=_NAME_LENGTH
        ),
        TextField("value", "Value with currency", "For example: 48000 EUR", value, max_length=40),
        TextField("closes", "Close date", "For example: 30 June 2027", closes, max_length=40),
        TextField(
            "notes", "About your contact, for a human opener", "For example: just moved to Lyon", deal.notes, long=True
        ),
    )
    return Form(form, subject, "New deal" if not subject else "Change the deal", fields)


def _read_form(submitted: Submitted, on: date, stage: Stage = Stage.OPEN) -> DealDraft | Refuse:
    typed = {key: value.strip() for key, value in submitted.answers.items()}
    name, written_value, written_date = (typed.get(key, "") for key in ("name", "value", "closes"))
    value = read_money(written_value, CURRENCIES)
    closes = understand(written_date, on)
    problems = {}
    if not name:
        problems["name"] = "Give the deal a name, for example Acme renewal."
    if written_value and not value:
        problems["value"] = "Write an amount with its currency, for example 48000 EUR or €48k."
    if written_date and not closes:
        problems["closes"] = "Write the date so that it has one reading, for example 30 June 2027."
    if problems:
        return Refuse(problems)
    return DealDraft(
        name=clip(name, _NAME_LENGTH),
        client=clip(typed.get("client", "") or client_of(name), _NAME_LENGTH),
        value=value,
        stage=stage,
        closes_on=closes,
        notes=typed.get("notes", ""),
    )
