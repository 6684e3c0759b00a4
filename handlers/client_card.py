"""One client's check-in with everything that can be done, how it was, and the forms of rhythm and hand-over."""

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Fact,
    Facts,
    Form,
    Heading,
    Option,
    TextField,
    prose,
    quiet,
)
from bot.coach.deals import Deal
from bot.coach.keep_warm import KeepWarm, Rhythm, due_on
from bot.coach.teams import Team
from bot.coach.workdays import local_date
from handlers import brought
from handlers.checkin_words import cadence_line, rhythm_name
from handlers.day import gather
from handlers.day_card import reason_blocks, snooze_menu
from handlers.desk import Days, Desk
from handlers.gate import inside
from handlers.prep_cards import ONLY_YOU
from handlers.wording import clip, day, distance

DAYS_MAX = 365
_TEAMS = 3
_NAME = 40


def card(warm: KeepWarm, deal: Deal, desk: Desk) -> Card:
    """Everything about staying in touch with one client."""
    title = f"Staying in touch with {clip(deal.client)}"
    due = due_on(warm, desk.calendar)
    is_due = due is not None and due <= desk.today
    blocks: tuple[Block, ...] = (
        Heading(title),
        Facts(_facts(warm, deal, desk)),
        *reason_blocks(warm, deal, gather(desk), desk),
        *_offered(deal, desk),
        _buttons(warm, deal, is_due=is_due),
        *((snooze_menu(deal.id),) if is_due else ()),
        *_to_a_team(deal, desk),
        quiet(f"Counted from your last touch, whoever began it. {ONLY_YOU}"),
    )
    return Card(title, blocks)


def how_was_it(deal: Deal) -> Card:
    """Ask after a touch how it was."""
    asked = f"How was it with {clip(deal.client)}?"
    buttons = (
        Button("All fine", "checkin.fine", deal.id, "primary"),
        Button("An issue came up", "recover.open", deal.id),
    )
    return Card(asked, (prose(asked), Buttons(buttons)))


def ask_rhythm(warm: KeepWarm, deal: Deal) -> Card:
    """Ask at the third snooze in a row whether the rhythm is right."""
    asked = f"You have put {clip(deal.client)} off three times in a row. Is the rhythm right?"
    now = f"Now: {cadence_line(warm.cadence)}."
    lighter = (
        () if warm.cadence.rhythm is Rhythm.LIGHTER else (Button("Lighter", "checkin.lighter", deal.id, "primary"),)
    )
    buttons = (
        *lighter,
        Button("Another rhythm", "checkin.rhythm", deal.id),
        Button("It is right", "checkin.right", deal.id),
        Button("Stop", "checkin.stop", deal.id),
    )
    return Card(asked, (prose(asked), quiet(now), Buttons(buttons)))


def next_line(warm: KeepWarm, deal: Deal, desk: Days) -> str:
    """Say when it is time for that client again."""
    due = due_on(warm, desk.calendar)
    if due is None:
        return f"I won't remind you of {clip(deal.client)}."
    if due <= desk.today:
        return f"{clip(deal.client)} is due now."
    return f"Next for {clip(deal.client)}: {day(due)}, {distance(due, desk.today)}.{desk.held(due)}"


def rhythm_form(warm: KeepWarm, deal: Deal) -> Form:
    """Choose how often."""
    options = tuple(Option(rhythm, rhythm_name(rhythm)) for rhythm in Rhythm)
    days = str(warm.cadence.days) if warm.cadence.days else ""
    fields = (
        ChoiceField("rhythm", "How often", options, warm.cadence.rhythm, required=True),
        TextField("days", "Days, for a rhythm of your own", "For example: 45", days, max_length=4),
    )
    return Form("checkin.rhythm", deal.id, "Rhythm", fields, intro=f"{clip(deal.name)}. Counted from the last touch.")


def _facts(warm: KeepWarm, deal: Deal, desk: Desk) -> tuple[Fact, ...]:
    due = due_on(warm, desk.calendar)
    is_due = due is not None and due <= desk.today
    soon = "now" if is_due else f"{day(due)}, {distance(due, desk.today)}" if due else "never"
    last = (
        f"{day(warm.touched_on)}, {distance(warm.touched_on, desk.today)}"
        if warm.touched_on
        else "not since it was won"
    )
    rows = (Fact("Deal", deal.name), Fact("Last touch", last), Fact("Next", soon))
    return (*rows, Fact("Rhythm", cadence_line(warm.cadence)), *_since(deal, desk))


def _since(deal: Deal, desk: Desk) -> tuple[Fact, ...]:
    """Count what came of the client since; of what brought it nobody can be sure, so nothing is said."""
    found = brought.since(deal, desk)
    return (Fact("Since then", found),) if found else ()


def _offered(deal: Deal, desk: Desk) -> tuple[Block, ...]:
    """Say that a colleague is asked to take it over, for as long as they don't answer."""
    offer = desk.work.handovers.of(deal.id)
    if offer is None:
        return ()
    asked = local_date(desk.person, offer.at)
    said = f"You asked a colleague {'today' if asked == desk.today else f'on {day(asked)}'} to take it over."
    back = Buttons((Button("Take it back", "handover.withdraw", offer.id),))
    return (prose(f"{said} Until they accept, it stays yours."), back)


def _to_a_team(deal: Deal, desk: Desk) -> tuple[Block, ...]:
    """Let it be left to a team, whose manager finds it a new owner."""
    mine = inside(desk.work)[:_TEAMS]
    return (Buttons(tuple(_leave_to(team, deal) for team in mine)),) if mine else ()


def _leave_to(team: Team, deal: Deal) -> Button:
    name = clip(team.name, _NAME)
    asked = f"Leave {clip(deal.name)} to {name}, with its promises and check-ins? Its manager finds it a new owner."
    return Button(f"Leave it to {name}", "team.release", f"{team.id}.{deal.id}", confirm=asked)


def _buttons(warm: KeepWarm, deal: Deal, *, is_due: bool) -> Buttons:
    again = Button("Start check-ins", "checkin.start", deal.id)
    asked = f"Stop check-ins for {clip(deal.name)}? The deal stays; you can start them again."
    skip = (
        (Button("Skip once", "checkin.skip", deal.id), Button("Snooze to a date", "checkin.date", deal.id))
        if is_due
        else ()
    )
    return Buttons(
        (
            Button("Done" if is_due else "In touch today", "checkin.done", deal.id, "primary"),
            *skip,
            Button("Rhythm", "checkin.rhythm", deal.id),
            Button("Hand over", "handover.ask", deal.id),
            Button("Stop", "checkin.stop", deal.id, confirm=asked) if warm.cadence.rhythm is not Rhythm.NONE else again,
        )
    )
