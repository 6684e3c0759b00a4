"""`renewal acme`, `expansion acme`, `referral from acme to globex`, `won acme renewal`: what a client brought."""

from datetime import date, datetime, timedelta

from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Change, Say
from bot.coach.deals import Deal, Stage
from bot.coach.payoffs import Brought, Payoff, Referral, Told, lately, referrals, told
from bot.errors import StaleError
from content.library import Playbook
from handlers import client_card, payoff_cards
from handlers.brought import by_client
from handlers.checkins import refreshed, touch
from handlers.desk import Desk
from handlers.finding import mine, named
from handlers.wording import clip
from store.unit import Unit

_GONE = "That is taken back already, so nothing was changed."
_NOTED = "Another one is noted already, so nothing was changed."


def renewal(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `renewal <client>`."""
    return _asked(Payoff.RENEWAL, told(asked.text), Desk(work, now, playbook))


def expansion(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `expansion <client>`."""
    return _asked(Payoff.EXPANSION, told(asked.text), Desk(work, now, playbook))


def referral(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `referral from <client> to <client>`, in whatever order."""
    desk, readings = Desk(work, now, playbook), referrals(asked.text)
    found = [(one, deals) for one in readings if (deals := by_client(one.client, work, stage=None))]
    if found:
        # One that is called exactly so comes before one that begins so.
        return _referred(*max(found, key=lambda each: _is_exact(*each)), desk)
    one = readings[0]
    if not one.client:
        card = payoff_cards.from_whom(one.to) if one.to else payoff_cards.whose(Payoff.REFERRAL, work)
        return (Say(card),)
    return _nobody(one.client, Payoff.REFERRAL, work)


def press(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note it for the deal that was chosen; of a referral the button carries to whom."""
    this, _, to = pressed.subject.partition(".")
    kind, desk, deal = Payoff(pressed.action.partition(".")[2]), Desk(work, now, playbook), mine(this, work)
    if kind is Payoff.REFERRAL:
        return _referred(Referral(deal.client, to), [deal], desk)
    return _note(kind, deal, desk.today, desk)


def press_again(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Note another one within a month, once: the button carries how many there were."""
    kind, this, known = (*pressed.subject.split("."), "", "")[:3]
    if kind not in {Payoff.RENEWAL, Payoff.EXPANSION}:
        raise StaleError
    deal, desk = mine(this, work), Desk(work, now, playbook)
    if str(_known(Payoff(kind), deal, work)) != known:
        raise StaleError(_NOTED)
    return _keep(Payoff(kind), deal, desk.today, desk)


def undo(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Take one back; the card of a deal that was just won stays."""
    gone = work.payoffs.remove(pressed.subject)
    if gone is None:
        raise StaleError(_GONE)
    card = payoff_cards.taken_back(gone)
    return (Say(card),) if work.deals.get(gone.id) else (Change(card),)


def instead_of_closing(words: str, desk: Desk) -> Answer | None:
    """What `won acme renewal` means where no open deal is called so; None: it closes one, or asks which, as ever."""
    said = told(words)
    called_so = desk.work.deals.find(words, stage=None, limit=20)
    if said.kind is None or any(deal.stage is not Stage.WON for deal in called_so):
        return None
    if not said.name:
        return (Say(payoff_cards.whose(said.kind, desk.work)),)
    won, still_open = by_client(said.name, desk.work), desk.work.deals.find(said.name, limit=20)
    if len(won) == 1 and not still_open:
        return _note(said.kind, won[0], _day(said, desk), desk)
    return (Say(payoff_cards.which(said.kind, words, won, still_open)),) if won or still_open else None


def _asked(kind: Payoff, said: Told, desk: Desk) -> Answer:
    if not said.name:
        return (Say(payoff_cards.whose(kind, desk.work)),)
    won = by_client(said.name, desk.work)
    if len(won) == 1:
        return _note(kind, won[0], _day(said, desk), desk)
    return (Say(payoff_cards.choose(kind, said.name, won)),) if won else _nobody(said.name, kind, desk.work)


def _nobody(name: str, kind: Payoff, work: Unit) -> Answer:
    """No deal of that client is won: perhaps one is open, else it can be started by hand."""
    found = named(name, work, f"payoff.{kind}")
    return (Say(payoff_cards.is_it_won(kind, found) if isinstance(found, Deal) else found),)


def _referred(one: Referral, found: list[Deal], desk: Desk) -> Answer:
    if not one.to or one.to.casefold() == one.client.casefold():
        return (Say(payoff_cards.to_whom(found[0].client if len(found) == 1 else one.client)),)
    known = by_client(one.to, desk.work, stage=None)
    to = clip(known[0].client if len(known) == 1 else one.to, payoff_cards.NAME_MAX)
    if len(found) > 1:
        return (Say(payoff_cards.choose(Payoff.REFERRAL, one.client, found, to)),)
    if to.casefold() == found[0].client.casefold():
        return (Say(payoff_cards.to_whom(to)),)
    return _note(Payoff.REFERRAL, found[0], desk.today, desk, to)


def _is_exact(one: Referral, found: list[Deal]) -> bool:
    return found[0].client.casefold() == one.client.casefold()


def _note(kind: Payoff, deal: Deal, on: date, desk: Desk, to: str = "") -> Answer:
    """Note it once."""
    if kind is not Payoff.REFERRAL and deal.stage is not Stage.WON:
        return (Say(payoff_cards.is_it_won(kind, deal)),)
    before = lately(kind, on, desk.work.payoffs.of_client(deal.client), to)
    if before:
        return (Say(payoff_cards.again(before, deal, _known(kind, deal, desk.work))),)
    return _keep(kind, deal, on, desk, to)


def _keep(kind: Payoff, deal: Deal, on: date, desk: Desk, to: str = "") -> Answer:
    """Keep it. Who renews or buys more was spoken to; who refers somebody need not have been."""
    payoffs = desk.work.payoffs
    brought = payoffs.add(Brought(id=payoffs.fresh_id(), deal_id=deal.id, kind=kind, on=on, to=to))
    warm = desk.work.warmth.of(deal.id)
    if warm is None or kind is Payoff.REFERRAL:
        return (Say(payoff_cards.noted(brought, deal, desk)),)
    following = client_card.next_line(touch(warm, on, desk), deal, desk)
    touched = payoff_cards.touched_line(deal, on, following)
    return (Say(payoff_cards.noted(brought, deal, desk, touched)), *refreshed(desk))


def _known(kind: Payoff, deal: Deal, work: Unit) -> int:
    return sum(one.kind is kind for one in work.payoffs.of_client(deal.client))


def _day(said: Told, desk: Desk) -> date:
    return desk.today - timedelta(days=said.days_ago)
