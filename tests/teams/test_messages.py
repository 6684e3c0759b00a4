import json

from bot.chat.cards import Button, Buttons, Card, prose
from bot.teams.adaptive_card import render
from bot.teams.messages import CARD_TYPE, messages


def many_buttons(count: int) -> Card:
    return Card("Choose.", (Buttons(tuple(Button(f"Number {n}", "deal.won", str(n)) for n in range(count))),))


def test_a_card_is_one_message_that_a_notification_can_read() -> None:
    card = Card("{{DATE(2026-03-02)}} Acme", (prose("Acme"),))
    (message,) = messages(card)
    assert message["type"] == "message"
    assert message["summary"] == render(card)[0]["fallbackText"] != card.summary
    assert message["attachments"] == [{"contentType": CARD_TYPE, "content": render(card)[0]}]
    assert "attachmentLayout" not in message


def test_several_cards_stand_side_by_side_since_teams_would_take_a_list_apart() -> None:
    (message,) = messages(many_buttons(20))
    assert len(message["attachments"]) == 4
    assert message["attachmentLayout"] == "carousel"


def test_a_carousel_holds_no_more_cards_than_teams_shows() -> None:
    written = messages(many_buttons(72))
    assert [len(one["attachments"]) for one in written] == [10, 2]
    assert sum(len(json.dumps(one)) for one in written) < 39_000


def test_a_message_of_any_script_stays_under_what_teams_takes_and_nothing_is_left_out() -> None:
    for text in ("x", "\N{LATIN SMALL LETTER U WITH DIAERESIS}", "\N{ROCKET}", "\N{CJK UNIFIED IDEOGRAPH-4E00}"):
        written = messages(Card(text * 900, tuple(prose(text * 1900) for _ in range(40))))
        sizes = [len(json.dumps(one, ensure_ascii=False).encode("utf-16-le")) for one in written]
        assert len(written) > 1
        assert max(sizes) <= 80_000
        assert sum(json.dumps(one, ensure_ascii=False).count(text * 1900) for one in written) == 40
