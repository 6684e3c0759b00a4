"""What a coach may want done in a test, and what stands in Teams afterwards."""

from bot.chat.cards import Button, Buttons, Card, Form, PlaceField, TextField, prose
from bot.chat.replies import Hand, Say
from bot.teams.adaptive_card_forms import render_form
from tests.teams.platform import ANN, PERSONAL, FakeTeams, Json

HELLO = Card("Hello.", (prose("Hello there."),))
SENTENCE = Card("That is gone.", (prose("That is gone."), Buttons((Button("What I can do", "help.show"),))))
# More than fits one Adaptive Card, and more than fits one message.
CARDS = Card("Choose.", (Buttons(tuple(Button(f"Number {n}", "deal.won", str(n)) for n in range(9))),))
LONG = Card("Long.", tuple(prose(f"{n} " + "x" * 3900) for n in range(30)))
FORM = Form("prep.quick", "17", "Three questions", (TextField("matters", "What matters?", value="kept"),))
PLACES = Form("prep.share", "17", "Share", (TextField("note", "A note"), PlaceField("place", "Where?")))
PRESS = {"action": "prep.full", "subject": "17"}
SHARED = Say(Card("Shared.", (prose("Shared."),)))
FILE = Hand(HELLO, "mine.json", "application/json", b'{"a": 1}', "privacy.export")
TO_OWN_CHAT = f"a:{ANN}"


def sent(form: Form = FORM, opened_from: str = "", **typed: str) -> Json:
    """What the one action of a form brings, as it is filled in."""
    [submit] = render_form(form, opened_from)["actions"]
    return {**submit["data"], **{f"answer:{field}": words for field, words in typed.items()}}


def lines(teams: FakeTeams, where: str = PERSONAL) -> list[str]:
    return [said.get("summary", "") for said in teams.standing(where)]
