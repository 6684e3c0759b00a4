import json
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest

from bot.chat.cards import Button, Buttons, Card, Checklist, Form, Menu, Option, PlaceField, Tick
from bot.chat.charts import Chart, Series, number
from bot.chat.scatter import Scatter
from bot.drawing import columns_png, png
from bot.teams.adaptive_card import read_press, render
from bot.teams.adaptive_card_forms import read_form, render_form
from bot.teams.adaptive_card_ticks import read_ticks
from tests.cards.suite import CARDS, FORMS, RendererSuite
from tests.teams import shape


def text_of(rendered: Any) -> str:  # noqa: ANN401 - JSON
    """Read everything that shows in cards, in order; what is markdown, as it would come out."""
    # What an old client shows comes first, for it stands between the halves of a split text.
    found = [part["fallbackText"] for part in shape.every(rendered) if "fallbackText" in part]
    found += [part["altText"] for part in shape.every(rendered) if "altText" in part]
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
            case "Action.Execute" | "Action.Submit" | "Action.OpenUrl" | "Action.ToggleVisibility":
                found.append(part["title"])
            case str(kind) if kind.startswith("Chart."):
                found += text_of_chart(part)
            case _:
                pass
    return "".join(found)


def text_of_chart(chart: dict[str, Any]) -> Iterator[str]:
    """Read what Teams would write into a chart."""
    for part in shape.every(chart["data"]):
        yield from (part[key] for key in ("legend", "x") if key in part)
        yield from (number(part[key]) for key in ("value", "y") if key in part)


def out_of_markdown(text: str) -> str:
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)


def actions_of(rendered: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Find what can be pressed and comes back; a fallback stands for its action, not beside it."""
    found = [part for part in shape.every(rendered) if part.get("type") in ("Action.Execute", "Action.Submit")]
    return [part for part in found if all(part is not other.get("fallback") for other in found)]


class TestAdaptiveCard(RendererSuite):
    folder = "adaptive_card"

    def render(self, card: Card) -> str:
        return json.dumps(render(card), indent=1, ensure_ascii=False) + "\n"

    def kept(self, rendered: str) -> str:
        # The compression inside a PNG differs from one machine's library to another's.
        return re.sub(r'(?<="data:image/png;base64,)[^"]+', "...", rendered)

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
                found |= {read_press(data) for data in sent if data["action"] != "tick"}
        return found

    def ticks(self, rendered: str) -> set[tuple[str, str, bool]]:
        found = set[tuple[str, str, bool]]()
        for card in json.loads(rendered):
            toggles = [part for part in shape.every(card) if part.get("type") == "Input.Toggle"]
            touched = {part["id"]: "false" if part["value"] == "true" else "true" for part in toggles}
            for action in (action for action in actions_of(card) if action["data"]["action"] == "tick"):
                for checklist, shown, chosen in read_ticks(action["data"] | touched):
                    found |= {(checklist, tick, tick not in chosen) for tick in shown}
        return found

    def problems(self, rendered: str) -> list[str]:
        parsed = json.loads(rendered)
        # A form can't be split, and a dialog isn't a message: its limit lies far beyond.
        return (
            list(shape.of_card(parsed, most_bytes=100_000))
            if isinstance(parsed, dict)
            else [problem for card in parsed for problem in shape.of_card(card)]
        )


def executed(rendered: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return [part for part in actions_of(rendered) if part["type"] == "Action.Execute"]


@pytest.mark.parametrize("name", CARDS)
def test_an_old_client_brings_back_the_same(name: str) -> None:
    for action in executed(render(CARDS[name])):
        assert action["fallback"] == {"type": "Action.Submit"} | {
            key: value for key, value in action.items() if key not in ("type", "verb", "fallback")
        }
        assert action["verb"] == action["data"]["action"]


def test_a_button_does_not_wait_for_the_inputs_beside_it() -> None:
    (card,) = render(CARDS["prep"])
    kinds = {action["data"]["action"]: action["associatedInputs"] for action in actions_of(card)}
    assert kinds == {"tick": "auto", "prep.quick": "none", "prep.full": "none", "prep.share": "none"}


def test_a_button_that_opens_a_form_asks_teams_for_a_dialog() -> None:
    (card,) = render(Card("s", (Buttons((Button("Add", "deal.add", "17", "primary", dialog=True),)),)))
    (action,) = actions_of(card)
    assert action == {
        "type": "Action.Submit",
        "title": "Add",
        "data": {"msteams": {"type": "task/fetch"}, "action": "deal.add", "subject": "17"},
        "associatedInputs": "none",
        "style": "positive",
    }
    assert read_press(action["data"]) == ("deal.add", "17")


def test_a_menu_that_opens_a_form_asks_teams_for_a_dialog_about_what_was_chosen() -> None:
    (card,) = render(Card("s", (Menu("deal.edit", "Change", (Option("d1", "Acme"),), dialog=True),)))
    (action,) = actions_of(card)
    assert action["type"] == "Action.Submit"
    assert action["data"]["msteams"] == {"type": "task/fetch"}
    assert action["associatedInputs"] == "auto"
    assert read_press(action["data"] | {action["data"]["choice"]: "d1"}) == ("deal.edit", "d1")


def test_a_button_that_asks_first_does_nothing_until_the_question_is_answered() -> None:
    (card,) = render(Card("s", (Buttons((Button("Delete", "do", style="danger", confirm="Delete it all?"),)),)))
    row, question = card["body"]
    (first,) = row["actions"]
    assert (first["type"], first["title"]) == ("Action.ToggleVisibility", "Delete")
    assert first["targetElements"] == [question["id"]]
    assert question["isVisible"] is False
    assert "Delete it all?" in text_of(question)
    yes, no = question["items"][-1]["actions"]
    assert (yes["verb"], yes["title"]) == ("do", "Delete")
    assert (no["type"], no["targetElements"]) == ("Action.ToggleVisibility", [question["id"]])


def test_a_question_stays_on_the_card_of_its_button() -> None:
    buttons = tuple(Button(f"B{n}", "do", str(n), confirm="Sure?") for n in range(3))
    for card in render(Card("s", (Buttons(buttons),))):
        ids = {part["id"] for part in shape.every(card) if part.get("type") == "Container"}
        asked = [part["targetElements"] for part in shape.every(card) if "targetElements" in part]
        assert {target for targets in asked for target in targets} == ids


@pytest.mark.parametrize(
    ("picture", "kind"), [("bars", "Chart.HorizontalBar"), ("lines", "Chart.Line"), ("donut", "Chart.Donut")]
)
def test_a_chart_is_drawn_by_teams_and_has_its_values_as_a_table_elsewhere(picture: Any, kind: str) -> None:  # noqa: ANN401
    block = Chart(picture, "Promises", "Two of three are kept.", "State", ("Kept", "Due"), (Series("n", (2.0, 1)),))
    (card,) = render(Card("s", (block,)))
    (chart,) = [part for part in card["body"] if part["type"].startswith("Chart.")]
    assert chart["type"] == kind
    assert chart["fallback"]["type"] == "Table"
    assert "StatenKept2Due1" in text_of(chart["fallback"])
    assert "Two of three are kept." in text_of(card["body"][-1])
    assert '"value": 2.0' not in json.dumps(card)
    assert '"y": 2.0' not in json.dumps(card)


@pytest.mark.parametrize("name", ["columns_with_gaps", "patchy_columns", "12_columns"])
def test_columns_are_painted_with_their_values_and_their_gaps(name: str) -> None:
    (card,) = render(CARDS[name])
    (block,) = [block for block in CARDS[name].blocks if isinstance(block, Chart)]
    (image,) = [part for part in card["body"] if part["type"] == "Image"]
    assert b64decode(image["url"].partition(",")[2], validate=True) == columns_png(block)
    assert image["altText"] == block.told
    assert not any(part["type"].startswith("Chart.") for part in card["body"])


def test_columns_with_more_words_than_a_picture_can_tell_are_listed() -> None:
    kinds = {part["type"] for card in render(CARDS["long_columns"]) for part in card["body"]}
    assert "Table" in kinds
    assert "Image" not in kinds


@pytest.mark.parametrize(
    "name", ["bars_below_zero", "60_points", "same_label_twice", "long_chart_labels", "hostile_mentions"]
)
def test_what_teams_would_draw_wrongly_is_said_and_listed(name: str) -> None:
    bars = [part for card in render(CARDS[name]) for part in card["body"] if part["type"] == "Chart.HorizontalBar"]
    assert bars == []


def test_a_picture_stands_in_the_card_itself_and_can_be_opened_large() -> None:
    (card,) = render(CARDS["plan"])
    (image,) = [part for part in card["body"] if part["type"] == "Image"]
    head, _, content = image["url"].partition(",")
    assert head == "data:image/png;base64"
    assert b64decode(content, validate=True) == png(scatter_of("plan"))
    assert image["altText"] == scatter_of("plan").says
    assert image["msteams"] == {"allowExpand": True}


@pytest.mark.parametrize("name", ["plan", "2000_deals", "one_deal_six_packages", "hostile_mentions"])
def test_a_picture_leaves_room_for_its_words_on_the_same_card(name: str) -> None:
    card = next(card for card in render(CARDS[name]) if any(part["type"] == "Image" for part in card["body"]))
    kinds = [part["type"] for part in card["body"]]
    assert "Table" in kinds[kinds.index("Image") :]


def scatter_of(name: str) -> Scatter:
    return next(block for block in CARDS[name].blocks if isinstance(block, Scatter))


def test_saving_ticks_says_which_were_touched_and_which_of_them_are_ticked() -> None:
    data = {
        "action": "tick",
        "subject": "prep:17",
        "tick:7:prep:17:a": "true",
        "ticked:7:prep:17:b:c": "false",
        "answer:x": "true",
    }
    assert read_ticks(data) == [("prep:17", frozenset({"a", "b:c"}), frozenset({"a"}))]


def test_what_was_left_as_it_stood_is_not_said() -> None:
    data = {"action": "tick", "subject": "one", "tick:3:one:a": "false", "ticked:3:two:b": "true"}
    assert read_ticks(data) == [("one", frozenset(), frozenset())]


def test_saving_one_list_brings_what_was_ticked_in_the_others_of_its_card() -> None:
    data = {"action": "tick", "subject": "one", "ticked:3:one:a": "false", "tick:3:two:a": "true"}
    assert read_ticks(data) == [
        ("two", frozenset({"a"}), frozenset({"a"})),
        ("one", frozenset({"a"}), frozenset()),
    ]


def test_a_menu_without_a_choice_comes_back_without_a_subject() -> None:
    (card,) = render(Card("s", (Menu("pick", "Pick", (Option("a", "A"),)),)))
    (action,) = actions_of(card)
    assert read_press(action["data"]) == ("pick", "")
    assert read_press(action["data"] | {"choice:0:0": "a"}) == ("pick", "a")


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
    sent = read_form(data)
    assert (sent.form, sent.subject) == ("prep.quick", "17")
    assert sent.answers == {"matters": "", "certainty": "guess", "walk_away": "€44,000"}


def test_a_stored_text_is_never_cut_by_its_input() -> None:
    (field,) = [part for part in render_form(FORMS["long_value"])["body"] if part.get("id") == "answer:note"]
    assert field["maxLength"] == len(field["value"]) == 10_000


def test_a_form_without_a_place_to_offer_says_so() -> None:
    card = render_form(Form("f", "", "T", (PlaceField("place", "Where to?"),)))
    assert "Add me to one" in text_of(card)


_SUBMIT: dict[str, Any] = {"type": "Action.Submit", "title": "Go", "data": {}, "associatedInputs": "none"}
_INPUT = {"type": "Input.Toggle", "id": "a", "title": "A", "value": "true"}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ([{"type": "Container", "items": [], "style": "emphasis"}], "nothing in items"),
        ([{"type": "Container", "items": [_INPUT], "style": "loud"}], "Container: ('style',)"),
        ([{"type": "Container", "items": [_INPUT], "id": "q", "isVisible": False}], "hidden for good: q"),
        ([_INPUT], "inputs that nothing brings back"),
        ([_INPUT, _INPUT], "id twice: a"),
        ([{"type": "ActionSet", "actions": [_SUBMIT | {"associatedInputs": "auto"}]}], "brings back nothing"),
        ([{"type": "ActionSet", "actions": [_SUBMIT | {"data": {"choice": "b"}}]}], "a choice that isn't there: b"),
        ([{"type": "ActionSet", "actions": [_SUBMIT] * 7}], "7 actions"),
        ([{"type": "ActionSet", "actions": [_SUBMIT | {"verb": "go"}]}], "Action.Submit has no verb"),
        (
            [{"type": "ActionSet", "actions": [_SUBMIT | {"type": "Action.Execute", "fallback": {}}]}],
            "an old client would not bring back the same",
        ),
        (
            [{"type": "ActionSet", "actions": [{"type": "Action.ToggleVisibility", "targetElements": ["q"]}]}],
            "shows or hides what isn't there: q",
        ),
        ([{"type": "Chart.Donut", "data": [{"legend": "A", "worth": 1}]}], "unknown to Chart.Donut: worth"),
        ([{"type": "Chart.Line", "data": [{"legend": "A", "values": [{"x": "", "y": 1}]}]}], "empty x"),
    ],
)
def test_the_check_of_a_card_would_notice(body: list[dict[str, Any]], problem: str) -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
    assert any(problem in found for found in shape.of_card(card))
