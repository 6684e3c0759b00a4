"""Flow 2: the trade planner, from `plan acme` to the first question; the talk itself is in `plan_talk`."""

import re
from dataclasses import replace
from datetime import datetime

from bot.chat.events import Asked, Pressed, Submitted
from bot.chat.replies import Answer, Ask, Refuse, Say
from bot.coach.deals import Deal
from bot.coach.plans import Plan
from bot.coach.reading import read
from bot.coach.tradables import Side
from content.library import Playbook
from handlers import coaching, plan_cards, plan_forms, plan_talk
from handlers.finding import begun, mine, named
from handlers.plan_turn import Turn
from store.unit import Unit

# "plan acme: they want 15% off" names the deal, then answers the first question.
_NAME_ENDS = re.compile(r"[:;,] | (?=(?:they|he|she|who|because)\b)", re.IGNORECASE)


def plan(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `plan [deal]`: the plan that is there, the start of one, or the question which."""
    if not asked.text:
        return _ask_whose(work)
    name, *rest = _NAME_ENDS.split(" ".join(asked.text.split()), maxsplit=1)
    sentence = " ".join(rest)
    found = named(name, work, "coach.plan" if sentence else "plan.open", start="plan")
    if isinstance(found, Deal):
        return start(found, sentence, work, playbook, now)
    if sentence:
        coaching.remember(sentence, work, now)
    return (Say(found),)


def ask(_pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Ask which deal, from a button."""
    return _ask_whose(work)


def open_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Open the plan of the deal that was chosen."""
    return start(mine(pressed.subject, work), "", work, playbook, now)


def other(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a client by name."""
    return (Ask(plan_forms.client_form()),)


def client(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Start with the client named in the form, or with the deal of that name."""
    typed = submitted.answers.get("client", "").strip()
    if not typed:
        return (Refuse({"client": "Type a client's name, for example Northwind."}),)
    found = named(typed, work, "plan.open", start="plan")
    if isinstance(found, Deal):
        return start(found, "", work, playbook, now)
    return (Say(found),) if work.deals.find(typed) else start(begun(typed, work), "", work, playbook, now)


def new(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Start by hand with the name that was typed."""
    return start(begun(pressed.subject, work), "", work, playbook, now)


def start(deal: Deal, sentence: str, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Go on with a deal's plan, or begin one with what its preparation knows; `sentence` answers what is asked."""
    before = work.plans.of(deal.id)
    turn = Turn(work, playbook, now, deal, before or _prepared(work.plans.start(deal.id, now), work, playbook))
    return plan_talk.answer(turn, sentence) if sentence else plan_talk.proceed(turn, turn.plan)


def _prepared(fresh: Plan, work: Unit, playbook: Playbook) -> Plan:
    """Take over what the rep has already thought about for the meeting; a plan asks nobody twice."""
    prep = work.preps.of(fresh.deal_id)
    if prep is None or not prep.answered:
        return fresh
    answers = prep.answers
    found = replace(fresh, walk_away=answers.walk_away)
    for words, side in ((answers.give, Side.GIVE), (answers.get, Side.GET)):
        found, _ = plan_talk.merged(found, read(words, side, playbook.trading.spellings), playbook)
    return found


def _ask_whose(work: Unit) -> Answer:
    return (Say(plan_cards.whose(work.plans.recent(), work.deals.next())),)
