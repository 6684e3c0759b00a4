"""The planner's dialogs: a client by hand, one line of a plan."""

from bot.chat.cards import ChoiceField, Form, Option, TextField
from bot.coach.plans import Entry, Estimate, Worth
from bot.coach.preparation import Certainty
from bot.coach.tradables import Side
from handlers.plan_turn import Turn
from handlers.trade_words import noun
from handlers.wording import amount

OFF = "off"
_WORTHS = tuple(
    Option(worth, label) for worth, label in {Worth.LOW: "Little", Worth.MEDIUM: "Some", Worth.HIGH: "A lot"}.items()
)
_KNOWN = (Option(Certainty.SAID, "They said so"), Option(Certainty.GUESS, "My guess"))


def client_form() -> Form:
    """Ask for a client by hand."""
    field = TextField("client", "Client or deal", hint="For example: Northwind", required=True, max_length=200)
    return Form("plan.client", "", "Who is it with?", (field,), submit="Plan")


def line_form(turn: Turn, entry: Entry) -> Form:
    """Change one line of a plan, or take it off the table."""
    give = entry.side is Side.GIVE
    fields = (
        TextField(
            "amount", "How much, and your limit", "For example: 8%, at most 10%", amount_words(entry), max_length=200
        ),
        ChoiceField(
            "ours", "What it costs us" if give else "What it brings us", _WORTHS, entry.ours.worth, required=True
        ),
        ChoiceField(
            "theirs",
            "What it is worth to them" if give else "What it costs them",
            _WORTHS,
            entry.theirs.worth,
            required=True,
        ),
        ChoiceField("known", "How do you know?", _KNOWN, _known(entry.theirs)),
        ChoiceField("keep", "On the table?", (Option("on", "Yes"), Option(OFF, "Take it off")), "on"),
    )
    title = noun(entry.tradable, turn.playbook.trading)
    return Form("plan.line", f"{turn.plan.id}.{entry.id}", "One line of the plan", fields, intro=title)


def amount_words(entry: Entry) -> str:
    """Write an entry's amount and limit as they can be typed back."""
    most = f"at most {amount(entry.limit, entry.tradable.unit)}" if entry.limit is not None else ""
    planned = amount(entry.tradable.amount, entry.tradable.unit) if entry.tradable.amount is not None else ""
    return ", ".join(part for part in (planned, most) if part)


def _known(estimate: Estimate) -> str:
    return Certainty.SAID if estimate.known else Certainty.GUESS
