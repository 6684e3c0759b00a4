"""The coach's own page: what it can do, my deals, my open preps and plans."""

from datetime import datetime

from bot.chat.cards import Block, Button, Buttons, Card, Heading, Points, prose, quiet, runs, strong
from bot.chat.events import Opened
from bot.chat.replies import Answer, Home
from bot.coach.deals import Stage
from bot.coach.plans import Plan
from content.library import Playbook
from handlers import day as day_
from handlers import digest_papers, promise_cards
from handlers.desk import Desk
from handlers.finding import menu
from handlers.gate import inside
from handlers.help import COMMANDS
from handlers.wording import clip, count, day, deal_line
from store.unit import Unit

_DEALS = 5
_PLANS = 3
_OPEN = {True: "Open the plan for", False: "Go on with"}
_PROMISES = 3
_TEAMS = 5


def show(_opened: Opened, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show the page anew each time it is opened."""
    blocks: tuple[Block, ...] = (
        Heading("Ready for your next meeting?"),
        prose("Three questions, a few minutes, and you walk in knowing what to ask, what to give and what to get."),
        Buttons(
            (
                Button("Prepare a meeting", "prep.ask", style="primary"),
                Button("Plan trades", "plan.ask"),
                Button("A tip for today", "tip.show"),
            )
        ),
        *_preps(work, playbook),
        *_plans(work),
        *_keeping(Desk(work, now, playbook)),
        *_teams(work, now),
        *_deals(work),
        Heading("What you can ask"),
        Points(tuple(runs(strong(command), f": {what}") for command, what in COMMANDS)),
        Buttons((Button("Settings", "settings.show"), Button("What I store", "help.stores"))),
    )
    return (Home(Card("Negotiation Coach", blocks)),)


def _preps(work: Unit, playbook: Playbook) -> tuple[Block, ...]:
    recent = work.preps.recent()
    if not recent:
        return (Heading("Your preps"), prose("None yet. The first takes three questions."))
    steps = count(len(list(playbook.items())), "step")
    lines = tuple(runs(strong(clip(deal.name)), f": {len(prep.ticked)} of {steps} ticked") for prep, deal in recent)
    buttons = tuple(Button(f"Open {clip(deal.name, 40)}", "prep.open", deal.id) for _, deal in recent)
    return (Heading("Your preps"), Points(lines), Buttons(buttons))


def _plans(work: Unit) -> tuple[Block, ...]:
    recent = work.plans.recent(_PLANS)
    if not recent:
        return (
            Heading("Your plans"),
            prose("None yet. Plan trades turns what they ask into what you could trade for it."),
        )
    lines = tuple(runs(strong(clip(deal.name)), f": {_stand(plan)}") for plan, deal in recent)
    buttons = tuple(
        Button(f"{_OPEN[plan.step is None]} {clip(deal.name, 40)}", "plan.open", deal.id) for plan, deal in recent
    )
    return (Heading("Your plans"), Points(lines), Buttons(buttons))


def _stand(plan: Plan) -> str:
    """Say how far a plan is, and nothing of what is in it: this page may stand open on a desk."""
    sides = f"{count(len(plan.gives), 'give')}, {count(len(plan.gets), 'get')}"
    return f"{sides}, ready" if plan.step is None else f"{sides}, under way"


def _keeping(desk: Desk) -> tuple[Block, ...]:
    """What is due, next and paused, and what is promised; nothing until there is something."""
    kept = (*_promises(desk), *_check_ins(desk))
    return kept or (prose("Promise something to a client, or win a deal: here stands what to keep in mind then."),)


def _promises(desk: Desk) -> tuple[Block, ...]:
    open_ = desk.work.promises.open()
    if not open_:
        return ()
    lines = Points(tuple(promise_cards.line(promise, deal, desk.today) for promise, deal in open_[:_PROMISES]))
    more = (quiet(f"And {len(open_) - _PROMISES:,} more."),) if open_[_PROMISES:] else ()
    return (Heading("Your promises"), lines, *more, Buttons((Button("My promises", "promise.list"),)))


def _check_ins(desk: Desk) -> tuple[Block, ...]:
    lines = day_.overview(desk)
    buttons = Buttons((Button("My check-ins", "checkins.show"),))
    return (Heading("Staying in touch"), Points(tuple(runs(line) for line in lines)), buttons) if lines else ()


def _teams(work: Unit, now: datetime) -> tuple[Block, ...]:
    """Whose digests I'm in, and when the next ones come."""
    mine = inside(work)
    if not mine:
        return ()
    title = "Your team" if len(mine) == 1 else "Your teams"
    lines = tuple(
        runs(strong(clip(team.name)), f": next digest on {day(digest_papers.on(team, now))}") for team in mine[:_TEAMS]
    )
    return (Heading(title), Points(lines), Buttons((Button("My lines", "digest.show"),)))


def _deals(work: Unit) -> tuple[Block, ...]:
    deals = work.deals.next(limit=_DEALS)
    if not deals:
        return (
            Heading("Your deals"),
            prose("None yet. Add one, or prepare with just a client's name."),
            Buttons((Button("Add a deal", "deal.add"),)),
        )
    more = work.deals.count(stage=Stage.OPEN) - len(deals)
    rest = (quiet(f"And {count(more, 'more deal')}."),) if more > 0 else ()
    lines = Points(tuple(runs(deal_line(deal)) for deal in deals))
    choice = menu(deals, "prep.open", "Prepare one")
    return (Heading("Your deals"), lines, *rest, choice, Buttons((Button("All my deals", "deals.show"),)))
