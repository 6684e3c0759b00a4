"""What the coach can do here, what it keeps, and a human answer to a greeting or a thank-you."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.cards import Button, Buttons, Card, Heading, Points, prose, quiet, runs, strong
from bot.chat.events import Asked, Joined, Pressed
from bot.chat.replies import Answer, Say, Share
from bot.coach.access import lines
from content.library import Playbook
from store.unit import Unit

_PURPOSE = "I help you prepare, trade fairly and keep your word in negotiations."
_HERE = (
    "Plain words do here. Tell me what a client said or did, or choose Coach this message in the menu of what they "
    "wrote, and we find the words to answer."
)
_ELSEWHERE = {
    "slack": "Here, start with /negotiate; in our direct messages plain words do.",
    "teams": "In company, mention me first; here plain words do.",
    "web": "Here, start with /negotiate; in our direct messages plain words do.",
}
COMMANDS = (
    ("prep acme", "get ready for a meeting in three questions"),
    ("plan acme", "what to give, what to ask for, and where you stop"),
    ("counter 15% off", "two or three trades for what they ask"),
    ("gave 5% off or got net 30", "note who moved, and see the balance"),
    ("tip", "one practice, one phrase, two minutes"),
    ("promise send the draft by Friday for acme", "a promise with its day, brought up in time"),
    ("checkins", "whom to stay in touch with, and why now; called acme today counts too; pause for your leave"),
    ("recover acme", "own a problem and put it right"),
    ("deals", "your deals, and deal add to note one"),
    ("won acme or lost acme", "close a deal, with an undo"),
    ("renewal acme or referral from acme to globex", "note what a client brought; expansion acme too"),
    ("digest", "your team's week: share a win, ask for help, take your lines out; who manages a team begins here too"),
    ("settings", "time zone, working hours, region"),
    ("export and forget me", "your data out, your data gone"),
)
# To be read in ten seconds; what follows it on the card is for whoever wants to know exactly.
IN_SHORT = (
    ("I keep", "what you note here: deals, preps, plans, logs, promises, check-ins."),
    (
        "Who sees it",
        (
            "you alone. Your team reads what you share, and sums without names once four people are in them. "
            "Your manager reads no more."
        ),
    ),
    ("For less", "take a line out of a digest, pause, leave a team, or say forget me. export gives you all of it."),
)
KEPT = (
    (
        "Your deals, preps, plans and promises, what each side gave, what you put right, when you were in touch, what "
        "became of each check-in by day, and what your clients brought."
    ),
    "Which teams you are in, what you share there, and what you took out of a digest. A digest keeps its sums.",
    "That you saw or changed something of a team: what a rule allowed, and when, never what it said.",
    "The last demand you wrote to me, until we talk about something else. Other sentences I answer and don't keep.",
    (
        "What you share of a prep leaves out the value, your limits and your walk-away. A colleague whom you offer a "
        "deal sees its name and its client's."
    ),
    "Whoever runs your company's database could open it, as with any system of theirs.",
    "It stays until you say forget me, or goes earlier where your company has set how long to keep what is over.",
)
_ACTIONS = Buttons(
    (
        Button("Prepare a meeting", "prep.ask", style="primary"),
        Button("Plan trades", "plan.ask"),
        Button("A tip for today", "tip.show"),
        Button("My deals", "deals.show"),
        Button("My promises", "promise.list"),
        Button("My check-ins", "checkins.show"),
        Button("Settings", "settings.show"),
        Button("What I store", "help.stores"),
    )
)


def show(asked: Asked, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Answer `help`, a greeting, or nothing at all."""
    where = _HERE if asked.direct else _ELSEWHERE[asked.address.platform]
    return (Say(_overview("What I can do", f"{_PURPOSE} Here is what you can ask:", where)),)


def welcome(joined: Joined, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Introduce the coach once where it was added: to one person at length, to many in a line."""
    if joined.direct:
        said = f"Hello, I'm your negotiation coach. {_PURPOSE} What you tell me stays between us. You can ask:"
        return (Say(_overview("Hello, I'm your negotiation coach.", said, "Plain words do here.")),)
    said = f"Hello, I'm your negotiation coach. {_PURPOSE}"
    how = "Mention me with what you need, for example: tip. I answer you in our own chat, where only you read it."
    return (Share(Card(said, (prose(said), quiet(how))), joined.address.conversation),)


def _overview(summary: str, said: str, where: str) -> Card:
    points = Points(tuple(runs(strong(command), f": {what}") for command, what in COMMANDS))
    return Card(summary, (prose(said), points, quiet(where), _ACTIONS))


def stores(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say what is kept and who sees it: first in short."""
    blocks = (
        Heading("What I store"),
        Points(tuple(runs(strong(lead), f": {said}") for lead, said in IN_SHORT)),
        Buttons(
            (
                Button("Who may see what", "help.access"),
                Button("Export my data", "privacy.export"),
                Button("Forget me", "privacy.forget"),
            )
        ),
        Heading("Exactly"),
        Points(tuple(runs(line) for line in KEPT)),
    )
    return (Say(Card("What I store", blocks)),)


def access(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Say who may see or do what, and when: the whole table, by who."""
    parts = [
        block
        for who, rules in _allowed().items()
        for block in (prose(strong(f"{who[0].upper()}{who[1:]}")), Points(tuple(map(runs, rules))))
    ]
    back = Buttons((Button("What I store", "help.stores"),))
    blocks = (Heading("Who may see or do what"), *parts, quiet("Nobody may do anything else."), back)
    return (Say(Card("Who may see or do what", blocks)),)


def _allowed() -> Mapping[str, list[str]]:
    """Give the table of access by who may, each rule with its condition."""
    grouped: dict[str, list[str]] = {}
    for line in lines():
        grouped.setdefault(line.who, []).append(f"{line.sees_or_does}: {line.when}")
    return grouped


def thanks(_asked: Asked, _work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Take thanks kindly, without a lesson."""
    said = "Any time. I'm here when the next meeting comes up."
    return (Say(Card(said, (prose(said), Buttons((Button("Prepare a meeting", "prep.ask"),))))),)
