"""The one visible table: what is asked, pressed, sent or ticked -> who answers it, and whether that may write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.chat.replies import Answer, Ask
from bot.coach.access import Rule
from content.library import Playbook
from handlers import (
    agenda,
    checkins,
    coaching,
    concessions,
    counter,
    deals,
    debrief,
    digest,
    digest_due,
    digest_posted,
    digest_shares,
    handover,
    helping,
    home,
    ownerless,
    payoffs,
    plan,
    plan_listening,
    plan_presses,
    plan_talk,
    prep,
    privacy,
    promise_presses,
    promises,
    recovery,
    rhythms,
    settings,
    teams,
    tips,
    touches,
    whose_presses,
    won,
)
from handlers import help as help_
from store.unit import Unit

Handler: TypeAlias = Callable[[Any, Unit, Playbook, datetime], Answer]
Listener: TypeAlias = Callable[[Any, Unit, Playbook, datetime], Answer | None]
Asker: TypeAlias = Callable[[Any, Unit, Playbook, datetime], tuple[Ask]]


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, and whether that may change anything: only then is the store locked for writing.

    One that `asks` answers with a form, and nothing else: what leads to it is marked on every card. `rule` says who
    may come here at all, before anybody answers (`handlers.gate`); one whose rule is audited writes or asks.
    """

    handler: Handler
    writes: bool = True
    asks: bool = False
    rule: Rule = Rule.OWN

    @property
    def name(self) -> str:
        """What measurements call it: `prep.answer`."""
        return f"{self.handler.__module__.rpartition('.')[2]}.{self.handler.__name__}"


def _reads(handler: Handler, rule: Rule = Rule.OWN) -> Route:
    return Route(handler, writes=False, rule=rule)


def _asks(handler: Asker, rule: Rule = Rule.OWN) -> Route:
    return Route(handler, writes=False, asks=True, rule=rule)


VERBS: Mapping[str, Route] = {
    "help": _reads(help_.show),
    "tip": Route(tips.tip),
    "prep": Route(prep.prep),
    "plan": Route(plan.plan),
    "counter": Route(counter.counter),
    "gave": Route(concessions.gave),
    "got": Route(concessions.got),
    "deals": _reads(deals.show),
    "deal add": Route(deals.add),
    "won": Route(deals.won),
    "lost": Route(deals.lost),
    "promise": Route(promises.promise),
    "checkins": Route(rhythms.checkins),
    "pause": Route(rhythms.pause_all),
    "resume": Route(rhythms.go_on),
    "touched": Route(touches.touched),
    "recover": Route(recovery.recover),
    "renewal": Route(payoffs.renewal),
    "expansion": Route(payoffs.expansion),
    "referral": Route(payoffs.referral),
    "digest": Route(digest.digest),
    "settings": Route(settings.show),
    "export": _reads(privacy.export),
    "forget me": _reads(privacy.ask_forget),
    "thanks": _reads(help_.thanks),
}
PRESSES: Mapping[str, Route] = {
    "help.show": _reads(help_.show),
    "help.stores": _reads(help_.stores),
    "help.access": _reads(help_.access),
    "tip.show": Route(tips.press),
    "prep.ask": Route(prep.ask),
    "prep.open": _reads(prep.open_),
    "prep.other": _asks(prep.other),
    "prep.new": Route(prep.new),
    "prep.quick": _asks(prep.ask_quick),
    "prep.full": Route(prep.ask_full),
    "prep.all": Route(prep.all_twelve),
    "prep.brief": Route(prep.brief),
    "prep.playback": _reads(prep.playback),
    "prep.confirmed": Route(prep.confirmed),
    "prep.corrected": _asks(prep.ask_corrected),
    "prep.share": _asks(prep.ask_share),
    "plan.ask": _reads(plan.ask),
    "plan.open": Route(plan.open_),
    "plan.other": _asks(plan.other),
    "plan.new": Route(plan.new),
    "plan.skip": Route(plan_presses.skip),
    "plan.behind": Route(plan_presses.behind),
    "plan.suggest": Route(plan_presses.suggest),
    "plan.add": Route(plan_presses.add),
    "plan.agree": Route(plan_presses.agree),
    "plan.floor": Route(plan_presses.floor),
    "plan.back": Route(plan_presses.back),
    "plan.later": Route(plan_presses.later),
    "plan.over": Route(plan_presses.over),
    "plan.again": Route(plan_presses.again),
    "plan.line": _asks(plan_presses.ask_line),
    "plan.drop": Route(plan_presses.drop),
    "coach.plan": Route(plan_presses.from_coaching),
    "coach.whose": _reads(plan_presses.whose_demand),
    "counter.ask": Route(counter.ask),
    "whose.deal": Route(whose_presses.deal),
    "whose.new": Route(whose_presses.new),
    "whose.other": _asks(whose_presses.other),
    "log.undo": Route(concessions.undo),
    "log.show": _reads(concessions.show),
    "moved.show": _reads(debrief.show),
    "deals.show": _reads(deals.again),
    "deals.page": _reads(deals.page),
    "deal.add": _asks(deals.ask_add),
    "deal.edit": _asks(deals.ask_edit),
    "deal.won": Route(deals.press_won),
    "deal.lost": Route(deals.press_lost),
    "deal.reopen": Route(deals.reopen),
    "promise.list": _reads(promises.list_),
    "promise.open": _reads(promise_presses.open_),
    "promise.deal": Route(promises.for_deal),
    "promise.new": Route(promises.new),
    "promise.other": _asks(promises.other),
    "promise.on": Route(promises.on),
    "promise.when": _asks(promises.ask_when),
    "promise.give": _asks(promise_presses.ask_give),
    "promise.kept": Route(promise_presses.kept),
    "promise.late": _reads(promise_presses.late),
    "promise.move": _asks(promise_presses.ask_move),
    "promise.drop": Route(promise_presses.drop),
    "checkins.show": _reads(checkins.show),
    "checkins.start": Route(won.start_some),
    "checkins.leave": Route(won.leave),
    "checkins.pause": _asks(rhythms.ask_pause),
    "checkins.resume": Route(rhythms.resume),
    "checkin.open": _reads(checkins.open_),
    "checkin.done": Route(checkins.done),
    "checkin.fine": _reads(checkins.fine),
    "checkin.skip": Route(checkins.skip),
    "checkin.snooze": Route(checkins.snooze),
    "checkin.date": _asks(checkins.ask_date),
    "checkin.start": Route(checkins.start),
    "checkin.stop": Route(checkins.stop),
    "checkin.kept": Route(checkins.kept),
    "checkin.rhythm": _asks(rhythms.ask_rhythm),
    "checkin.lighter": Route(rhythms.lighter),
    "checkin.right": Route(rhythms.right),
    "handover.ask": _asks(handover.ask),
    "handover.accept": Route(handover.accept, rule=Rule.DEAL_OFFERED),
    "handover.decline": Route(handover.decline, rule=Rule.DEAL_OFFERED),
    "handover.withdraw": Route(handover.withdraw),
    "touch.deal": Route(touches.press),
    "recover.open": Route(recovery.open_),
    "recover.new": Route(recovery.new),
    "recover.other": _asks(recovery.other),
    "recover.by": Route(recovery.by),
    "recover.form": _asks(recovery.ask_form),
    "recover.later": Route(recovery.later),
    "recover.sent": Route(recovery.sent),
    "payoff.renewal": Route(payoffs.press),
    "payoff.expansion": Route(payoffs.press),
    "payoff.referral": Route(payoffs.press),
    "payoff.again": Route(payoffs.press_again),
    "payoff.undo": Route(payoffs.undo),
    "digest.show": _reads(digest.show),
    "digest.mine": _reads(digest.mine, Rule.TEAM_READ),
    "digest.preview": Route(digest.preview, rule=Rule.DIGEST_PREVIEW),
    "digest.now": Route(digest.now_, rule=Rule.DIGEST_NOW),
    "digest.manage": Route(digest.manage, rule=Rule.LINE_READ),
    "digest.not_here": _reads(digest.not_here),
    "digest.tip": Route(digest.tip, rule=Rule.TIP_POST),
    "digest.share": _asks(digest_shares.ask, Rule.LINE_SHARE),
    "digest.out": Route(digest_shares.take_out, rule=Rule.LINE_TAKE_BACK),
    "digest.in": Route(digest_shares.put_back, rule=Rule.LINES_MINE),
    "digest.help": Route(helping.offer, rule=Rule.HELP_OFFER),
    "digest.assign": _asks(ownerless.ask_assign, Rule.CLIENT_ASSIGN),
    "digest.schedule": _asks(teams.ask_schedule, Rule.DIGEST_CHANGE),
    "digest.team": _reads(teams.show, Rule.TEAM_READ),
    "team.setup": _asks(teams.ask_setup, Rule.TEAM_CREATE),
    "team.join": Route(teams.join, rule=Rule.TEAM_JOIN),
    "team.decline": Route(teams.decline, rule=Rule.TEAM_LEAVE),
    "team.leave": Route(teams.leave, rule=Rule.TEAM_LEAVE),
    "team.over": Route(teams.take_over, rule=Rule.TEAM_TAKE_OVER),
    "team.channel": _asks(teams.ask_channel, Rule.DIGEST_CHANGE),
    "team.invite": _asks(teams.ask_invite, Rule.DIGEST_CHANGE),
    "team.manager": Route(teams.make_manager, rule=Rule.DIGEST_CHANGE),
    "team.remove": Route(teams.remove, rule=Rule.DIGEST_CHANGE),
    "team.release": Route(ownerless.release, rule=Rule.CLIENT_RELEASE),
    "settings.show": _reads(settings.press),
    "settings.ask": _asks(settings.ask),
    "privacy.export": _reads(privacy.export),
    "privacy.json": _reads(privacy.export_json),
    "privacy.forget": _reads(privacy.ask_forget),
    "privacy.gone": Route(privacy.forget),
}
ASKING = frozenset(action for action, route in PRESSES.items() if route.asks)
FORMS: Mapping[str, Route] = {
    "prep.client": Route(prep.client),
    "prep.quick": Route(prep.answer),
    "prep.corrected": Route(prep.corrected),
    "prep.share": Route(prep.share),
    "plan.client": Route(plan.client),
    "plan.line": Route(plan_presses.line),
    "whose.client": Route(whose_presses.client),
    "deal.add": Route(deals.submit_add),
    "deal.edit": Route(deals.submit_edit),
    "promise.client": Route(promises.client),
    "promise.when": Route(promises.when),
    "promise.give": Route(promise_presses.give),
    "promise.move": Route(promise_presses.move),
    "checkins.pause": Route(rhythms.pause),
    "checkin.snooze": Route(checkins.snooze_to),
    "checkin.rhythm": Route(rhythms.rhythm),
    "handover.offer": Route(handover.offer),
    "recover.client": Route(recovery.client),
    "recover.form": Route(recovery.submit),
    "digest.share": Route(digest_shares.share, rule=Rule.LINE_SHARE),
    "digest.assign": Route(ownerless.assign, rule=Rule.CLIENT_ASSIGN),
    "digest.schedule": Route(teams.schedule, rule=Rule.DIGEST_CHANGE),
    "team.setup": Route(teams.set_up, rule=Rule.TEAM_CREATE),
    "team.channel": Route(teams.channel, rule=Rule.DIGEST_CHANGE),
    "team.invite": Route(teams.invite, rule=Rule.DIGEST_CHANGE),
    "settings.save": Route(settings.save),
}
CHECKLISTS: Mapping[str, Route] = {"prep": Route(prep.tick), "moved": Route(debrief.tick)}
# A half-finished dialogue of this kind takes the next plain sentence; it gives None for one that isn't meant for it.
DIALOGUES: Mapping[str, Listener] = {
    prep.AWAITS_CLIENT: prep.name_client,
    plan_talk.TALK: plan_listening.hear,
    counter.AWAITS_DEMAND: counter.demand,
    concessions.AWAITS_LINE: concessions.line,
    promises.AWAITS: promises.hear,
    recovery.AWAITS: recovery.hear,
}
# What the clock finds: kind of thing -> who says it.
DUE: Mapping[str, Route] = {agenda.KIND: Route(agenda.due), digest_posted.KIND: Route(digest_due.due)}
# What happens without a name of its own.
OPENED = _reads(home.show)
JOINED = Route(help_.welcome)
QUOTED = Route(coaching.quoted)
