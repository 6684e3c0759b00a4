"""How a preparation looks: the start, the form, the card that lives on, the playback, the shared view."""

from collections.abc import Sequence
from datetime import date

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Fact,
    Facts,
    Form,
    Heading,
    Option,
    PlaceField,
    Points,
    Quote,
    Runs,
    TextField,
    Tick,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.deals import Deal
from bot.coach.practices import Item, Phase
from bot.coach.preparation import CLOSES, Answers, Certainty, Depth, Gap, Prep, focus
from bot.coach.promises import Promise
from content.library import Playbook, say
from handlers.wording import clip, count, day, deal_line, distance, inside, money

PHASES = {Phase.BEFORE: "Before the meeting", Phase.ROOM: "In the room", Phase.AFTER: "After it"}
CERTAINTIES = {Certainty.SAID: "They said so", Certainty.GUESS: "My guess", Certainty.UNKNOWN: "Don't know yet"}
_ADVICE = {
    Gap.NEED_UNKNOWN: "Find out what matters. Before any offer, ask: ",
    Gap.NEED_GUESSED: "Turn your guess into a question. Ask: ",
    Gap.GIVE_WITHOUT_GET: "Give to get. Decide what you ask for in return, then say: ",
    Gap.PROMISE_OPEN: "Settle what you promised. Bring it along, or the day on which they will have it.",
    Gap.NO_WALK_AWAY: "Set your walk-away while it is quiet: the point where no deal is the better deal.",
    Gap.NO_OPENER: "Find a human opener. Note one thing about your contact, then say: ",
    Gap.NO_GIVE: "Find a cheap gift: something that costs us little and helps them.",
}
# What the sentence to say has to speak of.
_SPOKEN = {Gap.NEED_GUESSED: ("priority",), Gap.GIVE_WITHOUT_GET: ("give", "get"), Gap.NO_OPENER: ("client",)}
# With nothing missing, these two are worth a look before any meeting.
_READY = ("clarity.paraphrase", "balance.trade")
ONLY_YOU = "Only you can see this."
_OWED = 3


def start(deal: Deal, today: date) -> Card:
    """Offer the two depths."""
    buttons = Buttons(
        (
            Button("Quick: three questions", "prep.quick", deal.id, "primary"),
            Button("Full: all twelve practices", "prep.full", deal.id),
        )
    )
    return Card(f"Prepare {clip(deal.name)}", (Heading(deal.name), _facts(deal, today), quiet(ONLY_YOU), buttons))


def whose(deals: list[Deal]) -> Card:
    """Ask which deal: the next three, or any other."""
    if not deals:
        said = "Who are you meeting? A client's name is enough."
        button = Button("Name a client", "prep.other", style="primary")
        return Card(said, (prose(said), quiet("Or type it: prep, then the name."), Buttons((button,))))
    said = "Which meeting shall we prepare?"
    lines = Points(tuple(runs(deal_line(deal)) for deal in deals))
    # A name fits on a phone; what tells two deals of one client apart stands above.
    buttons = tuple(Button(clip(deal.name, 40), "prep.open", deal.id) for deal in deals)
    return Card(said, (prose(said), lines, Buttons((*buttons, Button("Other", "prep.other")))))


def client_form() -> Form:
    """Ask for a client by hand."""
    field = TextField("client", "Client or deal", hint="For example: Northwind", required=True, max_length=200)
    return Form("prep.client", "", "Who are you meeting?", (field,), submit="Prepare")


def quick_form(deal: Deal, answers: Answers) -> Form:
    """Ask the three questions; everything is optional, because not knowing is an answer too."""
    options = tuple(Option(certainty, label) for certainty, label in CERTAINTIES.items())
    fields = (
        _question("matters", "What matters to them besides price?", "live before summer", answers.matters, long=True),
        ChoiceField("certainty", "How do you know?", options, answers.certainty),
        _question("ideal", "Your ideal result", "two years at list price", answers.ideal),
        _question("realistic", "A realistic result", "two years, 5% off", answers.realistic),
        _question("walk_away", "Walk-away: never leaves your private view", "below 10% off", answers.walk_away),
        _question("give", "What costs us little and helps them?", "onboarding in week one", answers.give, long=True),
        _question("get", "What could we ask for in return?", "a reference call", answers.get, long=True),
    )
    return Form("prep.quick", deal.id, "Three questions", fields, intro=f"{clip(deal.name)}. {ONLY_YOU}")


def _question(name: str, label: str, example: str, value: str, *, long: bool = False) -> TextField:
    return TextField(name, label, f"For example: {example}", value, long=long)


def card(prep: Prep, deal: Deal, playbook: Playbook, today: date, owed: Sequence[Promise] = ()) -> Card:
    """The card that is kept: focus first, then answers, then the ticks. `owed` are the open promises to this client."""
    blocks: tuple[Block, ...] = (
        Heading(deal.name),
        _facts(deal, today),
        *_focus(prep, deal, playbook, owed),
        *_owed(owed, today),
        *_answers(prep),
        *_opener(deal, playbook),
        *_checklists(prep, deal, playbook, owes=bool(owed)),
        quiet(f"{_progress(prep, playbook)} {ONLY_YOU}"),
        _next_steps(prep, deal),
    )
    return Card(f"Your prep for {clip(deal.name)}", blocks)


def playback(prep: Prep, deal: Deal, playbook: Playbook) -> Card:
    """Draft the sentence that plays the client's point back, and ask how it went."""
    practice = playbook.practice("clarity.paraphrase")
    said = say(practice, "priority", client=deal.client, priority=inside(prep.answers.matters))
    buttons = (
        Button("They confirmed it", "prep.confirmed", prep.id, "primary"),
        Button("They corrected it", "prep.corrected", prep.id),
    )
    ask = prose("Say it, then wait. Did they confirm it, or correct it?")
    return Card("Play it back", (Heading("Play it back"), Quote(said), ask, quiet(ONLY_YOU), Buttons(buttons)))


def corrected_form(prep: Prep) -> Form:
    """Ask what the client really meant."""
    field = TextField("matters", "What did they say instead?", value=prep.answers.matters, long=True, required=True)
    return Form("prep.corrected", prep.id, "In their words", (field,))


def share_form(prep: Prep, deal: Deal) -> Form:
    """Choose a channel, with the very lines that will be read there."""
    lines = "\n".join(f"{fact.label}: {fact.value}" for fact in _shared_facts(prep, deal))
    intro = f"This is all they will see:\n{lines}\nNothing else: no value, no walk-away, no notes."
    return Form("prep.share", prep.id, "Share without numbers", (PlaceField("place", "Where"),), "Share", intro)


def shared(prep: Prep, deal: Deal, author: str) -> Card:
    """What others may read of a preparation: no value, no limits, no private notes."""
    title = f"Preparing {clip(deal.name)}"
    by = quiet(f"Shared by {author}. Ideas are welcome in a reply.")
    return Card(title, (Heading(title), Facts(_shared_facts(prep, deal)), by))


def _facts(deal: Deal, today: date) -> Facts:
    rows = [Fact("Client", deal.client)]
    if deal.value:
        rows.append(Fact("Value", money(deal.value)))
    if deal.closes_on:
        rows.append(Fact("Closes", f"{day(deal.closes_on)}, {distance(deal.closes_on, today)}"))
    return Facts(tuple(rows))


def _shared_facts(prep: Prep, deal: Deal) -> tuple[Fact, ...]:
    known = CERTAINTIES[prep.answers.certainty].lower()
    matters = f"{prep.answers.matters} ({known})" if prep.answers.matters else "Not known yet"
    return (Fact("Client", deal.client), Fact("What matters to them", matters))


def _focus(prep: Prep, deal: Deal, playbook: Playbook, owed: Sequence[Promise]) -> tuple[Block, ...]:
    if not prep.answered:
        return ()
    found = focus(prep.answers, deal.notes, owes=bool(owed))
    points = tuple(_point(gap, prep.answers, deal, playbook) for gap in found)
    if not points:
        return (prose(strong("You are ready."), " What matters is known, and every give has a get."),)
    return (Heading("Focus on these" if len(points) > 1 else "One thing to focus on"), Points(points))


def _point(gap: Gap, answers: Answers, deal: Deal, playbook: Playbook) -> Runs:
    """One piece of advice, with the words to say where words help."""
    practice = playbook.practice(CLOSES[gap])
    lead, dot, rest = _ADVICE[gap].partition(". ")
    words = practice.questions[0] if gap is Gap.NEED_UNKNOWN else ""
    if about := _SPOKEN.get(gap):
        slots = {"priority": inside(answers.matters), "give": inside(answers.give), "get": inside(answers.get)}
        words = say(practice, *about, client=deal.client, **slots)
    return runs(strong(lead + dot.strip()), f" {rest}" if rest else "", f"“{words}”" if words else "")


def _owed(owed: Sequence[Promise], today: date) -> tuple[Block, ...]:
    """What they are still waiting for."""
    if not owed:
        return ()
    lines = tuple(runs(strong(clip(one.what)), f", {_by(one, today)}") for one in owed[:_OWED])
    more = (quiet(f"And {count(len(owed) - _OWED, 'more promise')}."),) if owed[_OWED:] else ()
    return (Heading("Still promised to them"), Points(lines), *more, Buttons((Button("My promises", "promise.list"),)))


def _by(promise: Promise, today: date) -> str:
    return f"{'was due' if promise.due < today else 'by'} {day(promise.due)}, {distance(promise.due, today)}"


def _answers(prep: Prep) -> tuple[Block, ...]:
    answers = prep.answers
    rows = (
        (f"What matters to them ({CERTAINTIES[answers.certainty].lower()})", answers.matters),
        ("Ideal", answers.ideal),
        ("Realistic", answers.realistic),
        ("Walk-away, private", answers.walk_away),
        ("We could give", answers.give),
        ("In return", answers.get),
    )
    facts = tuple(Fact(label, value) for label, value in rows if value)
    return (Heading("Your answers"), Facts(facts)) if facts else ()


def _opener(deal: Deal, playbook: Playbook) -> tuple[Block, ...]:
    if not deal.notes:
        return ()
    phrase = say(playbook.practice("connection.rapport"), "client", client=deal.client)
    return (Heading("Open on a human note"), prose("You noted: ", strong(deal.notes)), Quote(phrase))


def _checklists(prep: Prep, deal: Deal, playbook: Playbook, *, owes: bool) -> tuple[Block, ...]:
    wanted = _practices(prep, deal, playbook, owes=owes)
    lists = ((phase, [item for item in playbook.items(phase) if _practice_of(item) in wanted]) for phase in PHASES)
    return tuple(_checklist(prep, phase, items) for phase, items in lists if items)


def _practices(prep: Prep, deal: Deal, playbook: Playbook, *, owes: bool) -> frozenset[str]:
    if prep.depth is Depth.FULL:
        return frozenset(practice.id for practice in playbook.practices)
    points = focus(prep.answers, deal.notes, owes=owes)
    return frozenset(CLOSES[gap] for gap in points) or frozenset(_READY)


def _practice_of(item: Item) -> str:
    return item.id.rpartition(".")[0]


def _checklist(prep: Prep, phase: Phase, items: list[Item]) -> Checklist:
    ticks = tuple(Tick(item.id, item.text, item.id in prep.ticked) for item in items)
    return Checklist(f"prep.{prep.id}.{phase}", PHASES[phase], ticks)


def _progress(prep: Prep, playbook: Playbook) -> str:
    every = {item.id for item in playbook.items()}
    return f"{len(every & prep.ticked)} of {count(len(every), 'step')} ticked."


def _next_steps(prep: Prep, deal: Deal) -> Buttons:
    questions = Button("Change my answers", "prep.quick", deal.id)
    first = Button("Answer three questions", "prep.quick", deal.id, "primary")
    depth = ("All twelve", "prep.all") if prep.depth is Depth.QUICK else ("Just the essentials", "prep.brief")
    draft = (Button("Draft the playback", "prep.playback", prep.id),) if prep.answers.matters else ()
    share = Button("Share without numbers", "prep.share", prep.id)
    plan = Button("Plan trades", "plan.open", deal.id)
    return Buttons((questions if prep.answered else first, plan, Button(*depth, prep.id), *draft, share))
