import json
import re
from typing import Any

import pytest

from bot.chat.cards import Button, Buttons, Card, Checklist, Form, Menu, Option, PlaceField, Tick
from bot.teams.adaptive_card import read_press, read_ticks, render
from bot.teams.adaptive_card_forms import read_form, render_form
from tests.cards.suite import CARDS, FORMS, RendererSuite
from tests.teams import shape


def text_of(rendered: Any) -> str:  # noqa: ANN401 - JSON
    """Read everything that shows in cards, in order; what is markdown, as it would come out."""
    # What an old client shows comes first, for it stands between the halves of a split text.
    found = [part["fallbackText"] for part in shape.every(rendered) if "fallbackText" in part]
    for part in shape.every(rendered):
        found += [part[key] for key in ("label", "text") if key in part]
        match part.get("type"):
            case "Input.Toggle":
                found.append(out_of_markdown(part["title"]))
            case "Input.ChoiceSet":
                read = out_of_markdown if part["style"] == "expanded" else str
                found += [read(entry["title"]) for entry in part["choices"]]
            case "Input.Text":
                found.append(part["value"])
            case "Action.Execute" | "Action.Submit":
                found.append(part["title"])
            case _:
                pass
    return "".join(found)


def out_of_markdown(text: str) -> str:
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def actions_of(rendered: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return [part for part in shape.every(rendered) if part.get("type") == "Action.Execute"]


class TestAdaptiveCard(RendererSuite):
    folder = "adaptive_card"

    def render(self, card: Card) -> str:
        return json.dumps(render(card), indent=1, ensure_ascii=False) + "\n"

    def render_form(self, form: Form) -> str:
        return json.dumps(render_form(form), indent=1, ensure_ascii=False) + "\n"

    def seen(self, rendered: str) -> str:
        return text_of(json.loads(rendered))

    def presses(self, rendered: str) -> set[tuple[str, str]]:
        found = set[tuple[str, str]]()
        for card in json.loads(rendered):
            menus = {part["id"]: part["choices"] for part in shape.every(card) if part.get("type") == "Input.ChoiceSet"}
            for action in actions_of(card):
                chosen = menus.get(action["data"].get("choice"), [{"value": ""}])
                sent = ({**action["data"], action["data"].get("choice", "-"): entry["value"]} for entry in chosen)
                found |= {read_press(data) for data in sent if action["verb"] != "tick"}
        return found

    def ticks(self, rendered: str) -> set[tuple[str, str, bool]]:
        found = set[tuple[str, str, bool]]()
        for card in json.loads(rendered):
            inputs = {part["id"]: part["value"] for part in shape.every(card) if part.get("type") == "Input.Toggle"}
            for action in (action for action in actions_of(card) if action["verb"] == "tick"):
                checklist, shown, chosen = read_ticks(action["data"] | inputs)
                found |= {(checklist, tick, tick in chosen) for tick in shown}
        return found

    def problems(self, rendered: str) -> list[str]:
        parsed = json.loads(rendered)
        # A form can't be split, and a dialog isn't a message: its limit lies far beyond.
        return (
            list(shape.of_card(parsed, most_bytes=100_000))
            if isinstance(parsed, dict)
            else [problem for card in parsed for problem in shape.of_card(card)]
        )


@pytest.mark.parametrize("name", CARDS)
def test_an_old_client_brings_back_the_same(name: str) -> None:
    for action in actions_of(render(CARDS[name])):
        assert action["fallback"] == {"type": "Action.Submit"} | {
            key: value for key, value in action.items() if key not in ("type", "verb", "fallback")
        }
        assert action["verb"] == action["data"]["action"]


def test_a_button_does_not_wait_for_the_inputs_beside_it() -> None:
    (card,) = render(CARDS["prep"])
    kinds = {action["verb"]: action["associatedInputs"] for action in actions_of(card)}
    assert kinds == {"tick": "auto", "prep.quick": "none", "prep.full": "none", "prep.share": "none"}


def test_a_question_to_answer_yes_to_stands_above_its_button() -> None:
    (card,) = render(Card("s", (Buttons((Button("Delete", "do", confirm="Delete it all?"),)),)))
    assert [part["type"] for part in card["body"]] == ["RichTextBlock", "ActionSet"]
    assert "Delete: Delete it all?" in text_of(card["body"][0])


def test_saving_ticks_says_which_were_shown_and_which_are_ticked() -> None:
    data = {
        "action": "tick",
        "subject": "prep:17",
        "tick:prep:17:a": "true",
        "tick:prep:17:b": "false",
        "tick:x:a": "true",
    }
    assert read_ticks(data) == ("prep:17", frozenset({"a", "b"}), frozenset({"a"}))


def test_a_menu_without_a_choice_comes_back_without_a_subject() -> None:
    (card,) = render(Card("s", (Menu("pick", "Pick", (Option("a", "A"),)),)))
    (action,) = actions_of(card)
    assert read_press(action["data"]) == ("pick", "")
    assert read_press(action["data"] | {"choice:pick:0": "a"}) == ("pick", "a")


def test_too_many_buttons_go_on_in_the_next_card() -> None:
    assert [len(actions_of(card)) for card in render(CARDS["30_buttons"])] == [6] * 5


def test_a_checklist_too_long_for_a_card_is_saved_card_by_card() -> None:
    ticks = tuple(Tick(f"t{n}", "word " * 100) for n in range(60))
    cards = render(Card("s", (Checklist("list", "L", ticks),)))
    assert len(cards) > 1
    assert all(len(actions_of(card)) >= 1 for card in cards)


def test_text_that_is_no_markup_is_left_alone() -> None:
    typed = "Asked - twice. 2 (two) #1 + more!"
    (card,) = render(Card("s", (Checklist("list", "L", (Tick("a", typed),)),)))
    assert card["body"][1]["title"] == typed


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("*two* _three_ `four`", "\\*two\\* \\_three\\_ \\`four\\`"),
        ("[x](http://y)", "\\[x\\](http://y)"),
        ("# title\n- point\n1. one", "\\# title\n\\- point\n1\\. one"),
        ("{{DATE(x)}}", "{\u2060{DATE(x)}}"),
    ],
)
def test_markup_in_a_tick_shows_as_typed(typed: str, sent: str) -> None:
    (card,) = render(Card("s", (Checklist("list", "L", (Tick("a", typed),)),)))
    assert card["body"][1]["title"] == sent


def test_a_form_comes_back_with_what_was_typed() -> None:
    card = render_form(FORMS["quick"])
    typed = {
        part["id"]: part.get("value", "") for part in shape.every(card) if str(part.get("type")).startswith("Input.")
    }
    data = card["actions"][0]["data"] | typed
    assert read_form(data) == ("prep.quick", "17", {"matters": "", "certainty": "guess", "walk_away": "€44,000"})


def test_a_stored_text_is_never_cut_by_its_input() -> None:
    (field,) = [part for part in render_form(FORMS["long_value"])["body"] if part.get("id") == "answer:note"]
    assert field["maxLength"] == len(field["value"]) == 10_000


def test_a_form_without_a_place_to_offer_says_so() -> None:
    card = render_form(Form("f", "", "T", (PlaceField("place", "Where to?"),)))
    assert "Add me to one" in text_of(card)
