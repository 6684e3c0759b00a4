"""One practice at a time: why it works, a phrase for today, a two-minute exercise."""

from datetime import datetime
from difflib import get_close_matches

from bot.chat.cards import Button, Buttons, Card, Heading, Prose, Quote, prose, quiet, strong
from bot.chat.events import Asked, Pressed
from bot.chat.replies import Answer, Say
from bot.coach.practices import Pillar, Practice
from bot.errors import StaleError
from content.library import Playbook, fill
from handlers.wording import clip
from store.unit import Unit


def tip(asked: Asked, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Answer `tip [pillar or practice]`; without one, the practice this rep has seen least."""
    choices = (_meant(asked.text, playbook) or _fitting(asked.text, playbook)) if asked.text else playbook.practices
    if not choices:
        return (Say(_unknown(asked.text, playbook)),)
    return (Say(_next(choices, work, playbook, now)),)


def press(pressed: Pressed, work: Unit, playbook: Playbook, now: datetime) -> Answer:
    """Show the tip a button names: a practice, a pillar, or nothing for the least seen."""
    choices = _by_id(pressed.subject, playbook) if pressed.subject else playbook.practices
    if not choices:
        raise StaleError("That tip has left the playbook. Nothing was changed; tip shows another.")
    return (Say(_next(choices, work, playbook, now)),)


def _next(choices: tuple[Practice, ...], work: Unit, playbook: Playbook, now: datetime) -> Card:
    seen = work.tips.seen()
    practice = min(choices, key=lambda one: seen.get(one.id, 0))
    work.tips.saw(practice.id, now)
    return _card(practice, seen.get(practice.id, 0), playbook)


def _card(practice: Practice, times: int, playbook: Playbook) -> Card:
    """Show another phrase each time round."""
    pillar = next(one for one in playbook.pillars if one.id == practice.pillar)
    phrase = fill(practice.phrases[times % len(practice.phrases)])
    blocks = (
        Heading(practice.title),
        quiet(pillar.title),
        prose(practice.why),
        Quote(phrase),
        _exercise(practice),
        Buttons((Button("Another tip", "tip.show"), Button("Prepare a meeting", "prep.ask"))),
    )
    return Card(f"Tip: {practice.title}", blocks)


def _exercise(practice: Practice) -> Prose:
    return prose(strong("Two minutes: "), practice.exercise)


def _unknown(words: str, playbook: Playbook) -> Card:
    said = f"I have no tip called “{clip(words)}”. These are the four pillars:"
    buttons = tuple(Button(pillar.title, "tip.show", pillar.id) for pillar in playbook.pillars)
    return Card(said, (prose(said), Buttons((*buttons, Button("Any tip", "tip.show")))))


def _by_id(wanted: str, playbook: Playbook) -> tuple[Practice, ...]:
    return tuple(one for one in playbook.practices if wanted in (one.id, one.pillar))


def _meant(words: str, playbook: Playbook) -> tuple[Practice, ...]:
    """What loose words name: an id, a pillar, or words of a practice's own name and title."""
    folded = " ".join(words.casefold().replace("_", " ").replace(".", " ").split())
    names = {name: found for pillar in playbook.pillars for name, found in _names(pillar)}
    if folded in names:
        return names[folded]
    holding = [found for name, found in names.items() if set(folded.split()) <= set(name.split())]
    close = get_close_matches(folded, names, n=1, cutoff=0.75)
    return holding[0] if holding else names[close[0]] if close else ()


def _fitting(words: str, playbook: Playbook) -> tuple[Practice, ...]:
    """The practice that meets a situation: "tips for handling a tough buyer"."""
    return tuple(playbook.practice(this) for this in playbook.advisor.advise(words).practices[:1])


def _names(pillar: Pillar) -> list[tuple[str, tuple[Practice, ...]]]:
    whole = [(pillar.id, pillar.practices), (pillar.title.casefold(), pillar.practices)]
    for practice in pillar.practices:
        name = practice.id.partition(".")[2].replace("_", " ")
        whole += [(name, (practice,)), (f"{pillar.id} {name}", (practice,)), (practice.title.casefold(), (practice,))]
    return whole
