"""How putting things right looks: the question, the form, and the draft with what to reword in it."""

from datetime import date

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Form,
    Heading,
    Points,
    Quote,
    Runs,
    TextField,
    prose,
    quiet,
    runs,
    strong,
)
from bot.coach.deals import Deal
from bot.coach.promises import Promise
from bot.coach.recovery import Fault, Part, Recovery, Step, faults, follow_up_on
from content.library import Playbook
from content.warmth import fill
from handlers.desk import Desk
from handlers.prep_cards import ONLY_YOU
from handlers.wording import clip, day

ADVICE = 3  # nobody remembers a fourth
WORDS_MAX = 1000
_LABELS = {
    Step.HAPPENED: "What happened?",
    Step.MEANS: "What does it mean for them?",
    Step.FIX: "What do we do to put it right?",
    Step.BY: "By when?",
}


def subject(recovery: Recovery) -> str:
    """What a recovery's card is remembered by."""
    return f"recovery:{recovery.id}"


def question(recovery: Recovery, deal: Deal, desk: Desk, lead: str = "", days: tuple[date, ...] = ()) -> Card:
    """Ask for what is still missing."""
    step = recovery.step or Step.BY
    words = desk.playbook.warmth.questions[step]
    number = list(Step).index(step) + 1
    title = f"Putting it right with {clip(deal.client)}, {number} of {len(Step)}"
    choice = tuple(Button(day(one), "recover.by", f"{one.isoformat()}.{recovery.id}") for one in days)
    form = Button("Answer in a form", "recover.form", recovery.id)
    said = (prose(strong(lead)),) if lead else ()
    blocks: tuple[Block, ...] = (
        Heading(title),
        *said,
        prose(words.ask),
        quiet(f"For example: {words.hint}. {ONLY_YOU}"),
        Buttons((*choice, form, Button("Later", "recover.later", recovery.id))),
    )
    return Card(f"{lead} {words.ask}".strip(), blocks)


def form(recovery: Recovery, deal: Deal, playbook: Playbook) -> Form:
    """Ask everything at once."""
    questions = playbook.warmth.questions
    said = {Step.HAPPENED: recovery.happened, Step.MEANS: recovery.means, Step.FIX: recovery.fix}
    fields = tuple(
        TextField(step, _LABELS[step], f"For example: {questions[step].hint}", value, long=True, max_length=WORDS_MAX)
        for step, value in said.items()
    )
    by = TextField(
        Step.BY,
        _LABELS[Step.BY],
        f"For example: {questions[Step.BY].hint}",
        recovery.by.isoformat() if recovery.by else "",
        required=True,
        max_length=80,
    )
    return Form("recover.form", recovery.id, "Put it right", (*fields, by), intro=f"{clip(deal.name)}. {ONLY_YOU}")


def draft(recovery: Recovery, deal: Deal, desk: Desk) -> str:
    """The message: acknowledge, what it means for them, own it, fix it by a date, follow up."""
    if recovery.by is None:
        return ""
    slots = {
        "client": clip(deal.client),
        "happened": _inside(recovery.happened),
        "means": _inside(recovery.means),
        "fix": _inside(recovery.fix),
        "date": day(recovery.by),
        "follow_up": day(follow_up_on(recovery.by, desk.calendar)),
    }
    return " ".join(fill(desk.playbook.warmth.draft[part], **slots) for part in Part)


def card(recovery: Recovery, deal: Deal, promise: Promise | None, desk: Desk) -> Card:
    """The draft, what to reword in it, and what follows from it."""
    title = f"Putting it right with {clip(deal.client)}"
    words = draft(recovery, deal, desk)
    blocks: tuple[Block, ...] = (
        Heading(title),
        prose("A draft in your words. Change what doesn't sound like you, and say it yourself if you can."),
        Quote(words),
        *_reword(faults(words, desk.today), desk.playbook),
        *_follows(recovery, promise, desk),
        Buttons(
            (
                Button("Sent", "recover.sent", recovery.id, "primary"),
                Button("Change my words", "recover.form", recovery.id),
                *((Button("The promise", "promise.open", promise.id),) if promise else ()),
            )
        ),
        quiet(ONLY_YOU),
    )
    return Card(title, blocks)


def _reword(found: tuple[Fault, ...], playbook: Playbook) -> tuple[Block, ...]:
    """What may be heard otherwise than it is meant: at most three things, gravest first."""
    if not found:
        return ()
    return (Heading("Before you send it"), Points(tuple(_remark(fault, playbook) for fault in found[:ADVICE])))


def _remark(fault: Fault, playbook: Playbook) -> Runs:
    remark = playbook.warmth.faults[fault.kind]
    return runs(*((strong(f"“{clip(fault.words)}” "),) if fault.words else ()), f"{remark.means} {remark.better}")


def _follows(recovery: Recovery, promise: Promise | None, desk: Desk) -> tuple[Block, ...]:
    if recovery.by is None:
        return ()
    on = follow_up_on(recovery.by, desk.calendar)
    by, back, held = day(recovery.by), day(on), desk.held(on)
    noted = f"Noted as a promise, by {by}. " if promise else ""
    return (prose(strong("What follows: "), f"{noted}On {back} I'll remind you to ask whether it holds.{held}"),)


def _inside(words: str) -> str:
    """Fit the rep's words into the draft, whole: one line, without the full stop that ours brings."""
    return " ".join(words.split()).rstrip(".!")
