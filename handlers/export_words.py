"""How the page of an export calls what is stored: every table, every column that is told, and who else sees it."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a value is, and so how it is written."""

    TEXT = auto()
    DAY = auto()
    MOMENT = auto()
    TIME = auto()
    YES = auto()
    MONEY = auto()  # hundredths of the row's currency
    DEAL = auto()
    PREP = auto()
    TEAM = auto()
    PRACTICE = auto()
    ITEM = auto()  # a checklist line
    RULE = auto()
    CARD = auto()
    LINE = auto()  # of the try page's chat
    REFERENCE = auto()  # an id, for whoever compares two files


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the store, and as a person would call it."""

    name: str
    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its name in the export, its heading, and who sees it."""

    table: str
    heading: str
    seen: str
    columns: tuple[Column, ...]

    @property
    def is_wide(self) -> bool:
        """Whether its rows are easier to read each by itself than as lines of a table."""
        return len(self.columns) > _FITS


_FITS = 5
_ONLY_YOU = "Only you see this."
_COUNTED = "Only you see this. Its number is in your team's counts, without your name."
_MACHINE = "Only you see this. The coach uses it, and it holds nothing you wrote."
_ID = Column("id", "Reference", Kind.REFERENCE)
_DEAL = Column("deal_id", "Deal", Kind.DEAL)
_TEAM = Column("team_id", "Team", Kind.TEAM)
_PLATFORM = Column("platform", "Chat platform")
_CONVERSATION = Column("conversation", "Conversation", Kind.REFERENCE)

PARTS = (
    Part(
        "people",
        "You",
        "Only you see this. Colleagues in your teams see your name.",
        (
            Column("name", "Name"),
            Column("email", "E-mail address"),
            Column("zone", "Time zone"),
            Column("chose_zone", "Time zone set by you", Kind.YES),
            Column("starts", "Your day begins", Kind.TIME),
            Column("ends", "Your day ends", Kind.TIME),
            Column("region", "Region, for holidays"),
            Column("met_at", "Looked up at your chat platform", Kind.MOMENT),
        ),
    ),
    Part(
        "deals",
        "Your deals",
        _ONLY_YOU,
        (
            Column("name", "Deal"),
            Column("client", "Client"),
            Column("hundredths", "Value", Kind.MONEY),
            Column("currency", "Currency"),
            Column("stage", "Stage"),
            Column("closes_on", "Closes", Kind.DAY),
            Column("closed_at", "Won or lost", Kind.MOMENT),
            Column("handed_at", "Handed over", Kind.MOMENT),
            Column("notes", "Your notes on the contact"),
            Column("import_key", "Id in the CRM"),
            _ID,
        ),
    ),
    Part(
        "preps",
        "How you prepared",
        "Only you see this. What you share of it leaves out your limits and your walk-away.",
        (
            _DEAL,
            Column("matters", "What matters to the client"),
            Column("certainty", "How you know"),
            Column("ideal", "Ideal"),
            Column("realistic", "Realistic"),
            Column("walk_away", "Your walk-away"),
            Column("give", "What you could give"),
            Column("get", "What to ask for"),
            Column("answered", "Questions answered", Kind.YES),
            Column("depth", "How much of the card you unfolded"),
            Column("touched_at", "Last changed", Kind.MOMENT),
            _ID,
        ),
    ),
    Part(
        "prep_ticks",
        "What you ticked",
        _ONLY_YOU,
        (
            Column("prep_id", "Deal", Kind.PREP),
            Column("item", "Line", Kind.ITEM),
            Column("done", "Ticked", Kind.YES),
            Column("at", "When", Kind.MOMENT),
        ),
    ),
    Part(
        "plans",
        "Your plans",
        _ONLY_YOU,
        (
            _DEAL,
            Column("body", "The plan"),
            Column("turn", "Changes so far"),
            Column("touched_at", "Last changed", Kind.MOMENT),
            Column("version", "Form of this file", Kind.REFERENCE),
            _ID,
        ),
    ),
    Part(
        "concessions",
        "Who gave what",
        _COUNTED,
        (
            _DEAL,
            Column("side", "A give of yours or a get"),
            Column("what", "What"),
            Column("amount", "How much"),
            Column("unit", "Unit"),
            Column("at_most", "At most that much", Kind.YES),
            Column("condition", "On which condition"),
            Column("words", "In your words"),
            Column("ours", "What it is worth, or costs, on your side"),
            Column("ours_known", "You know that", Kind.YES),
            Column("theirs", "What it is worth, or costs, on theirs"),
            Column("theirs_known", "You know that too", Kind.YES),
            Column("at", "Noted", Kind.MOMENT),
            Column("entry", "Line of the plan", Kind.REFERENCE),
            Column("paired", "Traded for", Kind.REFERENCE),
            _ID,
        ),
    ),
    Part(
        "promises",
        "What you promised",
        _COUNTED,
        (
            _DEAL,
            Column("what", "What"),
            Column("due", "By when", Kind.DAY),
            Column("state", "How it stands"),
            Column("made_on", "Made", Kind.DAY),
            Column("settled_on", "Settled", Kind.DAY),
            Column("noticed", "Last reminder"),
            Column("concession", "Came from the give", Kind.REFERENCE),
            Column("instead_of", "Takes the place of", Kind.REFERENCE),
            _ID,
        ),
    ),
    Part(
        "warmth",
        "How you stay in touch",
        _ONLY_YOU,
        (
            _DEAL,
            Column("won_on", "Won", Kind.DAY),
            Column("rhythm", "Rhythm"),
            Column("days", "Days between, if you chose them"),
            Column("touched_on", "Last in touch", Kind.DAY),
            Column("done", "Check-ins done"),
            Column("skipped_on", "Left out", Kind.DAY),
            Column("put_off_to", "Put off to", Kind.DAY),
            Column("snoozes", "Put off in a row"),
            Column("shown_on", "Last in a message", Kind.DAY),
            Column("follow_up_on", "Follow up on", Kind.DAY),
        ),
    ),
    Part(
        "check_ins",
        "Your check-ins, day by day",
        _COUNTED,
        (Column("on_day", "Day", Kind.DAY), _DEAL, Column("outcome", "What became of it")),
    ),
    Part(
        "recoveries",
        "What you put right",
        _ONLY_YOU,
        (
            _DEAL,
            Column("happened", "What happened"),
            Column("means", "What it means for the client"),
            Column("fix", "What you do about it"),
            Column("by", "By when", Kind.DAY),
            Column("at", "Noted", Kind.MOMENT),
            _ID,
        ),
    ),
    Part(
        "payoffs",
        "What your clients brought",
        _COUNTED,
        (
            Column("on_day", "Day", Kind.DAY),
            _DEAL,
            Column("kind", "What"),
            Column("to_name", "To whom"),
            _ID,
        ),
    ),
    Part(
        "handovers",
        "Deals you offered to others",
        "You and that colleague see this.",
        (
            _DEAL,
            Column("receiver", "To whom"),
            Column("state", "How it stands"),
            Column("at", "Offered", Kind.MOMENT),
            Column("answered_at", "Answered", Kind.MOMENT),
            _ID,
        ),
    ),
    Part(
        "handovers_to_me",
        "Deals you were offered",
        "You and that colleague see this.",
        (
            Column("deal_name", "Deal"),
            Column("client", "Client"),
            Column("owner", "By whom"),
            Column("state", "How it stands"),
            Column("at", "Offered", Kind.MOMENT),
            Column("answered_at", "Answered", Kind.MOMENT),
            Column("receiver", "To whom", Kind.REFERENCE),
            Column("deal_id", "Reference of the deal", Kind.REFERENCE),
            _ID,
        ),
    ),
    Part(
        "team_members",
        "Your teams",
        "Those in the team, and those who read in its channel, see this.",
        (_TEAM, Column("role", "What you are there"), Column("joined_at", "Since", Kind.MOMENT)),
    ),
    Part(
        "shared_lines",
        "What you shared with a team",
        "Those in the team, and those who read in its channel, see this under your name, until you take it back.",
        (
            Column("said_on", "Day", Kind.DAY),
            _TEAM,
            Column("kind", "What"),
            Column("text", "In your words"),
            Column("helper", "Who helps"),
            Column("at", "Shared", Kind.MOMENT),
            _ID,
        ),
    ),
    Part(
        "lines_i_help_with",
        "Colleagues you help",
        "Those in the team see this. What was asked for is theirs, and not in here.",
        (_TEAM, Column("said_on", "Asked on", Kind.DAY)),
    ),
    Part(
        "withheld",
        "Counts you took out of a digest",
        "Only you see this. That something was taken out shows nowhere.",
        (_TEAM, Column("starts", "Digest from", Kind.DAY), Column("what", "Which counts")),
    ),
    Part(
        "audit",
        "What you saw or changed of a team",
        "You, and whoever runs the coach, see this.",
        (
            Column("at", "When", Kind.MOMENT),
            _TEAM,
            Column("rule", "What a rule allowed", Kind.RULE),
            Column("about", "By", Kind.REFERENCE),
            Column("actor", "Who: you", Kind.REFERENCE),
        ),
    ),
    Part(
        "tips",
        "Practices you were shown",
        _ONLY_YOU,
        (
            Column("practice", "Practice", Kind.PRACTICE),
            Column("times", "Times"),
            Column("last_at", "Last", Kind.MOMENT),
        ),
    ),
    Part(
        "agendas",
        "When the coach writes next",
        _ONLY_YOU,
        (
            _PLATFORM,
            Column("next_at", "Next look", Kind.MOMENT),
            Column("last_day", "Last message of a day", Kind.DAY),
            Column("pause_since", "Paused since", Kind.DAY),
            Column("pause_until", "Paused until", Kind.DAY),
            Column("back", "Just back from a pause", Kind.YES),
        ),
    ),
    Part(
        "conversations",
        "What we were talking about",
        _ONLY_YOU,
        (
            Column("kind", "About"),
            Column("data", "What is known so far"),
            Column("touched_at", "Last changed", Kind.MOMENT),
            _PLATFORM,
            Column("version", "Form of this file", Kind.REFERENCE),
            _CONVERSATION,
        ),
    ),
    Part(
        "outbox",
        "What the coach told you, or is going to",
        "Only you see this. The words are deleted once they are sent, the line a month later.",
        (
            Column("due_at", "Due", Kind.MOMENT),
            Column("sent_at", "Sent", Kind.MOMENT),
            Column("card", "Its words", Kind.CARD),
            Column("status", "How it stands"),
            Column("last_error", "What was in the way"),
            _PLATFORM,
            Column("beside", "Together with", Kind.REFERENCE),
            Column("key", "Occasion", Kind.REFERENCE),
            Column("subject", "Card", Kind.REFERENCE),
            Column("message", "Message", Kind.REFERENCE),
            _CONVERSATION,
        ),
    ),
    Part(
        "transcript",
        "Your chat on the try page",
        "Whoever uses that try page sees this.",
        (
            Column("at", "When", Kind.MOMENT),
            Column("author", "Who"),
            Column("body", "Words", Kind.LINE),
            Column("only_for", "Only for", Kind.REFERENCE),
            _CONVERSATION,
            _ID,
        ),
    ),
    Part(
        "conversation_references",
        "Where the coach can reach you",
        _MACHINE,
        (
            Column("kind", "What it is"),
            Column("name", "Its name"),
            Column("zone", "Time zone there"),
            Column("updated_at", "Last used", Kind.MOMENT),
            Column("unreachable_at", "Closed to the coach since", Kind.MOMENT),
            _PLATFORM,
            Column("service_url", "Address", Kind.REFERENCE),
            Column("bot", "The coach's account", Kind.REFERENCE),
            _CONVERSATION,
        ),
    ),
    Part(
        "places",
        "Where your cards stand",
        _MACHINE,
        (
            Column("put_at", "Put there", Kind.MOMENT),
            _PLATFORM,
            Column("subject", "Card", Kind.REFERENCE),
            Column("message", "Message", Kind.REFERENCE),
            _CONVERSATION,
        ),
    ),
)
