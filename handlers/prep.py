"""Flow 1: preparing a meeting, from `prep acme` to a card that is there tomorrow."""

from dataclasses import replace
from datetime import datetime

from bot.chat.cards import Card, prose, quiet
from bot.chat.events import Asked, Happening, Pressed, Submitted, Ticked
from bot.chat.replies import Answer, Ask, Change, Refresh, Refuse, Say, Share, plain
from bot.coach.deals import Deal
from bot.coach.preparation import Answers, Certainty, Depth, Prep
from bot.errors import StaleError
from content.library import Playbook
from handlers import prep_cards
from handlers.finding import begun, mine, named
from handlers.person import me, today
from store.unit import Unit

AWAITS_CLIENT = "prep.client"


def prep(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `prep [deal]`: the card that is there already, the start of one, or the question which."""
    if not asked.text:
        return _ask_whose(asked, work, now)
    found = named(asked.text, work, "prep.open")
    return _open(found, work, playbook, now) if isinstance(found, Deal) else (Say(found),)


def ask(pressed: Pressed, work: Unit, _playbook: Playbook, now: datetime) -> Answer:
    """Ask which deal, from a button."""
    return _ask_whose(pressed, work, now)


def name_client(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Take a sentence as the client's name, after `prep` asked for one."""
    work.conversations.end()
    return prep(asked, work, playbook, now)


def open_(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Open the deal that was chosen."""
    return _open(mine(pressed.subject, work), work, playbook, now)


def other(_pressed: Pressed, _work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for a client by name."""
    return (Ask(prep_cards.client_form()),)


def new(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Start by hand with the name that was typed."""
    return _open(begun(pressed.subject, work), work, playbook, now)


def client(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Start with the client named in the form, or with the deal of that name."""
    typed = submitted.answers.get("client", "").strip()
    if not typed:
        return (Refuse({"client": "Type a client's name, for example Northwind."}),)
    found = named(typed, work, "prep.open")
    if isinstance(found, Deal):
        return _open(found, work, playbook, now)
    return (Say(found),) if work.deals.find(typed) else _open(begun(typed, work), work, playbook, now)


def ask_quick(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Open the three questions, with the answers given before."""
    deal = mine(pressed.subject, work)
    before = work.preps.of(deal.id)
    return (Ask(prep_cards.quick_form(deal, before.answers if before else Answers())),)


def answer(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep the three answers and show the card."""
    deal = mine(submitted.subject, work)
    answers = _answers(submitted)
    if answers.certainty is Certainty.SAID and not answers.matters:
        return (Refuse({"matters": "Note what they said, in their words, or choose “Don't know yet”."}),)
    before = work.preps.start(deal.id, now)
    work.preps.answer(before.id, answers, now)
    return _show(replace(before, answers=answers, answered=True), deal, work, playbook, now)


def ask_full(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Start with the checklist of all twelve practices."""
    deal = mine(pressed.subject, work)
    before = work.preps.start(deal.id, now)
    work.preps.depth(before.id, Depth.FULL, now)
    return _show(replace(before, depth=Depth.FULL), deal, work, playbook, now)


def all_twelve(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Unfold the card to all twelve practices."""
    return _deepen(pressed, Depth.FULL, work, playbook, now)


def brief(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Fold the card to the focus points."""
    return _deepen(pressed, Depth.QUICK, work, playbook, now)


def tick(ticked: Ticked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep what is ticked; the card changes in place, and so do its copies."""
    _, _, rest = ticked.checklist.partition(".")
    prep_id = rest.partition(".")[0]
    before, deal = _mine(prep_id, work)
    known = frozenset(item.id for item in playbook.items())
    work.preps.tick(before.id, ticked.shown & known, ticked.chosen & known, ticked.at)
    return _changed(before.id, deal, work, playbook, now)


def playback(pressed: Pressed, work: Unit, playbook: Playbook, _now: datetime) -> Answer:
    """Draft the playback of what matters to the client."""
    before, deal = _mine(pressed.subject, work)
    return (Say(prep_cards.playback(before, deal, playbook)),)


def confirmed(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Turn a guess into something they said."""
    before, _ = _mine(pressed.subject, work)
    return _heard(before.id, before.answers.matters, work, playbook, now)


def ask_corrected(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Ask for the client's own words."""
    before, _ = _mine(pressed.subject, work)
    return (Ask(prep_cards.corrected_form(before)),)


def corrected(submitted: Submitted, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Keep the client's correction."""
    words = submitted.answers.get("matters", "").strip()
    if not words:
        return (Refuse({"matters": "Note what they said instead, in their words."}),)
    return _heard(submitted.subject, words, work, playbook, now)


def ask_share(pressed: Pressed, work: Unit, _playbook: Playbook, _now: datetime) -> tuple[Ask]:
    """Show exactly what others would read, and ask where."""
    return (Ask(prep_cards.share_form(*_mine(pressed.subject, work))),)


def share(submitted: Submitted, work: Unit, _playbook: Playbook, _now: datetime) -> Answer:
    """Post the view without numbers."""
    before, deal = _mine(submitted.subject, work)
    place = submitted.answers.get("place", "")
    if not place:
        return (Refuse({"place": "Choose where to share it."}),)
    author = me(submitted, work).name or "a colleague"
    done = "Shared. They see the client and what matters to them, nothing else."
    return (Share(prep_cards.shared(before, deal, author), place), Say(plain(done)))


def _ask_whose(event: Happening, work: Unit, now: datetime) -> Answer:
    deals = work.deals.next()
    if event.direct:
        work.conversations.put(AWAITS_CLIENT, 1, {}, now)
    return (Say(prep_cards.whose(deals)),)


def _open(deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    before = work.preps.of(deal.id)
    return _show(before, deal, work, playbook, now) if before else (Say(prep_cards.start(deal, today(work, now))),)


def _show(before: Prep, deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    card = _card(before, deal, work, playbook, now)
    return (Say(card, lasting=True, subject=_subject(before.id)), Refresh(card, _subject(before.id)))


def _deepen(pressed: Pressed, depth: Depth, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    before, deal = _mine(pressed.subject, work)
    work.preps.depth(before.id, depth, now)
    return _changed(before.id, deal, work, playbook, now)


def _changed(prep_id: str, deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    after, _ = _mine(prep_id, work)
    card = _card(after, deal, work, playbook, now)
    return (Change(card), Refresh(card, _subject(prep_id)))


def _heard(prep_id: str, words: str, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    before, deal = _mine(prep_id, work)
    answers = replace(before.answers, matters=words, certainty=Certainty.SAID)
    work.preps.answer(before.id, answers, now)
    card = _card(replace(before, answers=answers, answered=True), deal, work, playbook, now)
    done = Card("Noted, in their words", (prose("Noted as something they said."), quiet("Your prep shows it now.")))
    return (Change(done), Refresh(card, _subject(before.id)))


def _card(prep_: Prep, deal: Deal, work: Unit, playbook: Playbook, now: datetime) -> Card:
    owed = [promise for promise, of in work.promises.open() if _same_client(of, deal)]
    return prep_cards.card(prep_, deal, playbook, today(work, now), owed)


def _same_client(one: Deal, other: Deal) -> bool:
    """A promise is owed to a client, from whichever deal it comes."""
    return one.id == other.id or (bool(one.client) and one.client.casefold() == other.client.casefold())


def _mine(prep_id: str, work: Unit) -> tuple[Prep, Deal]:
    found = work.preps.get(prep_id)
    if found is None:
        raise StaleError("That prep is gone, or it isn't yours. Nothing was changed; prep starts a fresh one.")
    return found, mine(found.deal_id, work)


def _answers(submitted: Submitted) -> Answers:
    """Read the form; words without a source are a guess, because that is the careful reading."""
    typed = {key: value.strip() for key, value in submitted.answers.items()}
    chosen = typed.get("certainty", "")
    certainty = Certainty(chosen) if chosen in set(Certainty) else Certainty.GUESS
    texts = {key: typed.get(key, "") for key in ("matters", "ideal", "realistic", "walk_away", "give", "get")}
    return Answers(certainty=certainty if texts["matters"] or chosen else Certainty.UNKNOWN, **texts)


def _subject(prep_id: str) -> str:
    return f"prep:{prep_id}"
