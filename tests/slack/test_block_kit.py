import html
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from bot.chat.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Checklist,
    Fact,
    Facts,
    Form,
    Menu,
    Option,
    Points,
    Prose,
    Run,
    Table,
    TextField,
    Tick,
    prose,
    runs,
    strong,
)
from bot.chat.charts import Chart, Series, number
from bot.chat.scatter import Scatter
from bot.slack.block_kit import parse_action_id, parse_checklist_id, render, render_home, shown_ticks
from bot.slack.block_kit_forms import read_form_state, render_form
from tests.cards.nasty import LONG
from tests.cards.suite import CARDS, FORMS, RendererSuite, missing
from tests.cards.words import of_card
from tests.slack import limits


def text_of(rendered: Any) -> str:  # noqa: ANN401 - JSON
    """Read everything that shows in blocks, in order, and after it what stands in the inputs."""
    parts = list(limits.every(rendered))
    shown = [part["text"] for part in parts if isinstance(part.get("text"), str) and part.get("type") is not None]
    charts = [text for part in parts if part.get("type") == "data_visualization" for text in text_of_chart(part)]
    return "".join([*shown, *charts, *(part.get("initial_value", "") for part in parts)])


def text_of_chart(block: dict[str, Any]) -> Iterator[str]:
    """Read what Slack would write into a chart."""
    yield block["title"]
    for part in limits.every(block["chart"]):
        yield part.get("name", "")
        yield from (part["label"], number(part["value"])) if "value" in part else ()


def pictures_of(card: Card) -> dict[Scatter, str]:
    """Name a file for each picture of a card."""
    return {block: f"F0{n}" for n, block in enumerate(card.blocks) if isinstance(block, Scatter) and block.points}


class TestBlockKit(RendererSuite):
    folder = "block_kit"

    def render(self, card: Card) -> str:
        return (
            json.dumps([asdict(message) for message in render(card, pictures_of(card))], indent=1, ensure_ascii=False)
            + "\n"
        )

    def render_form(self, form: Form) -> str:
        return json.dumps(render_form(form, form.subject), indent=1, ensure_ascii=False) + "\n"

    def seen(self, rendered: str) -> str:
        parsed = json.loads(rendered)
        fallbacks = [html.unescape(message["text"]) for message in parsed] if isinstance(parsed, list) else []
        return "".join([*fallbacks, text_of(parsed)])

    def presses(self, rendered: str) -> set[tuple[str, str]]:
        found = set[tuple[str, str]]()
        for element in limits.every(json.loads(rendered)):
            action, subject = parse_action_id(element.get("action_id", ""))
            if element.get("type") == "button":
                found.add((action, subject))
            elif element.get("type") == "static_select":
                found |= {(action, entry["value"]) for entry in element["options"]}
        return found

    def ticks(self, rendered: str) -> set[tuple[str, str, bool]]:
        groups = [part for part in limits.every(json.loads(rendered)) if part.get("type") == "checkboxes"]
        return {
            (parse_checklist_id(group["action_id"]), entry["value"], entry in group.get("initial_options", ()))
            for group in groups
            for entry in group["options"]
        }

    def problems(self, rendered: str) -> list[str]:
        parsed = json.loads(rendered)
        if isinstance(parsed, dict):
            return list(limits.of_view(parsed))
        return [problem for message in parsed for problem in limits.of_message(message)]


@pytest.mark.parametrize("name", CARDS)
def test_slack_accepts_every_card_as_app_home(name: str) -> None:
    assert list(limits.of_view(render_home(CARDS[name]))) == []


def test_the_app_home_shows_the_rows_of_a_table() -> None:
    assert missing(tuple(of_card(CARDS["deals"]))[1:], text_of(render_home(CARDS["deals"]))) == []


def test_an_app_home_too_long_for_slack_says_where_the_rest_is() -> None:
    blocks = render_home(Card("s", tuple(prose(f"Paragraph {n}") for n in range(101))))["blocks"]
    assert len(blocks) == 100
    assert "more than fits" in text_of(blocks[-1])


def test_a_notification_pings_nobody() -> None:
    (message,) = render(Card("<!channel> & <@U1>", ()))
    assert message.text == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_a_button_comes_back_with_the_action_and_subject_it_left_with() -> None:
    assert parse_action_id("prep.open:acct:17") == ("prep.open", "acct:17")
    assert parse_action_id("tip.next:") == ("tip.next", "")


def test_every_group_of_a_checklist_comes_back_as_that_checklist() -> None:
    ticks = tuple(Tick(f"t{n}", str(n)) for n in range(12))
    (message,) = render(Card("s", (Checklist("prep:17:before", "Before", ticks),)))
    groups = [
        element["action_id"] for block in message.blocks for element in block["elements"] if "action_id" in element
    ]
    assert [parse_checklist_id(group) for group in groups] == ["prep:17:before"] * 2
    assert shown_ticks(message.blocks, groups[1]) == {"t10", "t11"}


@pytest.mark.parametrize("action_id", ["", "tick", "tick:list", "tick:list:x", "prep.open:17", "pick:list:0"])
def test_what_is_no_checklist_is_refused(action_id: str) -> None:
    with pytest.raises(ValueError, match="not a checklist"):
        parse_checklist_id(action_id)


def test_a_tick_set_from_elsewhere_shows_although_the_client_remembers_its_own() -> None:
    def block_id(*, done: bool) -> str:
        (message,) = render(Card("s", (Checklist("list", "L", (Tick("a", "A"), Tick("b", "B", done=done))),)))
        return str(message.blocks[-1]["block_id"])

    assert block_id(done=True) != block_id(done=False)


def test_a_long_tick_is_read_in_full_directly_below_its_group() -> None:
    ticks = (Tick("a", LONG), *(Tick(f"t{n}", "short") for n in range(10)))
    (message,) = render(Card("s", (Checklist("list", "L", ticks),)))
    assert [block["type"] for block in message.blocks] == ["rich_text", "actions", "rich_text", "rich_text", "actions"]


def test_a_wide_table_goes_on_in_a_table_that_repeats_its_first_column() -> None:
    first, second = render(CARDS["25_columns"])
    names = [cell["text"] for cell in second.blocks[0]["rows"][0]]
    assert len(first.blocks[0]["rows"][0]) == 20
    assert names == ["Column 0", *(f"Column {n}" for n in range(20, 25))]


def test_a_tall_table_goes_on_under_the_same_column_names() -> None:
    tables = [block["rows"] for message in render(CARDS["120_rows"]) for block in message.blocks]
    assert [len(rows) for rows in tables] == [100, 22]
    assert tables[0][0] == tables[1][0]


@pytest.mark.parametrize(
    "block",
    [
        Facts(tuple(Fact(f"Label {n}", "\N{SNOWMAN}" * 30) for n in range(200))),
        Points(tuple(runs(str(n), strong("!")) for n in range(400))),
        Prose(tuple(Run("x", strong=n % 2 == 0) for n in range(1000))),
        Buttons(tuple(Button("x" * 75, "do", f"{'s' * 170}{n}", confirm="\N{SNOWMAN}" * 300) for n in range(25))),
        Menu("pick", "Pick", tuple(Option(f"{'o' * 140}{n}", "\N{SNOWMAN}" * 75) for n in range(100))),
    ],
    ids=lambda block: str(block.kind),
)
def test_many_small_things_stay_within_what_slack_counts(block: Block) -> None:
    assert [problem for message in render(Card("s", (block,))) for problem in limits.of_message(asdict(message))] == []


def test_a_table_of_long_cells_stays_within_what_slack_counts_for_all_of_them() -> None:
    table = Table(("A", "B"), tuple((LONG, LONG) for _ in range(30)))
    assert [problem for message in render(Card("s", (table,))) for problem in limits.of_message(asdict(message))] == []


def test_a_button_that_asks_first_says_so_in_its_own_words() -> None:
    (message,) = render(Card("s", (Buttons((Button("Delete", "do", style="danger", confirm="Delete it all?"),)),)))
    assert message.blocks[0]["elements"][0]["confirm"]["text"]["text"] == "Delete it all?"


def test_slack_draws_a_chart_by_its_own_block() -> None:
    lines = (Series("Team", (40.0, 71.5)), Series("Average", (50, 52)))
    block = Chart("lines", "Gives with a get", "It rose.", "Week", ("Week 47", "Week 48"), lines, "%")
    (message,) = render(Card("s", (block,)))
    picture, says = message.blocks
    assert picture == {
        "type": "data_visualization",
        "title": "Gives with a get (%)",
        "chart": {
            "type": "line",
            "series": [
                {"name": "Team", "data": [{"label": "Week 47", "value": 40}, {"label": "Week 48", "value": 71.5}]},
                {"name": "Average", "data": [{"label": "Week 47", "value": 50}, {"label": "Week 48", "value": 52}]},
            ],
            "axis_config": {"categories": ["Week 47", "Week 48"]},
        },
    }
    assert text_of(says) == "It rose."


def test_a_week_that_is_not_known_is_named_beside_slacks_own_chart() -> None:
    (message,) = render(CARDS["columns_with_gaps"])
    picture, _, unknown = message.blocks
    chart = picture["chart"]
    assert chart["type"] == "bar"
    names = ["3 Nov", "4 Nov", "6 Nov", "7 Nov", "8 Nov"]
    assert text_of(unknown) == "No number: 1 Nov, 2 Nov, 5 Nov"
    assert chart["axis_config"]["categories"] == names
    assert [[point["label"] for point in one["data"]] for one in chart["series"]] == [names, names]


def test_columns_that_slack_would_draw_a_false_zero_for_are_said_and_listed() -> None:
    (message,) = render(CARDS["patchy_columns"])
    assert [block["type"] for block in message.blocks] == ["rich_text", "rich_text", "table"]
    assert "–" in text_of(message.blocks)


def test_a_part_of_nothing_is_named_beside_the_pie_that_cannot_show_it() -> None:
    (message,) = render(CARDS["ring_with_nothing_in_a_part"])
    pie, _, nothing = message.blocks
    assert [part["label"] for part in pie["chart"]["segments"]] == ["Label 0", "Label 2"]
    assert text_of(nothing) == "0\N{NO-BREAK SPACE}deals: Label 1, Label 3"


@pytest.mark.parametrize("name", ["40_bars", "same_label_twice", "long_chart_title", "long_chart_labels"])
def test_a_chart_that_slack_would_refuse_is_said_and_listed(name: str) -> None:
    kinds = {block["type"] for message in render(CARDS[name]) for block in message.blocks}
    assert "data_visualization" not in kinds
    assert "table" in kinds


def test_a_third_chart_goes_into_the_next_message() -> None:
    charts = [[block["type"] for block in message.blocks] for message in render(CARDS["three_charts"])]
    assert [kinds.count("data_visualization") for kinds in charts] == [2, 1]


def test_the_app_home_tells_a_chart_in_words() -> None:
    assert missing(tuple(of_card(CARDS["weeks"]))[1:], text_of(render_home(CARDS["weeks"]))) == []


@pytest.mark.parametrize("name", CARDS)
def test_without_its_picture_a_card_says_the_same(name: str) -> None:
    messages = [asdict(message) for message in render(CARDS[name])]
    assert [problem for message in messages for problem in limits.of_message(message)] == []
    assert {block["type"] for message in messages for block in message["blocks"]}.isdisjoint({"image"})
    assert missing(tuple(of_card(CARDS[name]))[1:], text_of(messages)) == []


def test_a_picture_stands_below_its_title_with_its_words_for_who_cannot_see_it() -> None:
    (message,) = render(CARDS["plan"], pictures_of(CARDS["plan"]))
    assert [block["type"] for block in message.blocks][1:5] == ["rich_text", "image", "rich_text", "table"]
    image = message.blocks[2]
    assert image["slack_file"] == {"id": "F01"}
    assert image["alt_text"].startswith("Three packages stand right of your walk-away")


def test_the_app_home_tells_a_plan_in_words() -> None:
    assert missing(tuple(of_card(CARDS["plan"]))[1:], text_of(render_home(CARDS["plan"]))) == []


def state_of(view: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Build what Slack sends back for a form that nobody changed."""

    def one(element: dict[str, Any]) -> dict[str, Any]:
        match element["type"]:
            case "plain_text_input":
                return {"value": element.get("initial_value")}
            case "conversations_select":
                return {"selected_conversation": "C1"}
            case _:
                return {"selected_option": element.get("initial_option")}

    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: {block["element"]["action_id"]: one(block["element"])} for block in inputs}


@pytest.mark.parametrize("name", ["quick", "share", "long_value", "150_choices", "40_fields", "long_choice"])
def test_a_form_that_nobody_changed_comes_back_as_it_was(name: str) -> None:
    form = FORMS[name]
    expected = {field.id: getattr(field, "value", "C1") for field in form.fields}
    assert read_form_state(state_of(render_form(form, ""))) == expected


def test_a_stored_text_longer_than_an_input_survives_an_input_that_trims_its_edges() -> None:
    form = Form("f", "", "T", (TextField("note", "Note", value=LONG * 9),))
    state = state_of(render_form(form, ""))
    for inputs in state.values():
        inputs["answer"]["value"] = inputs["answer"]["value"].strip()
    assert read_form_state(dict(reversed(state.items()))) == {"note": LONG * 9}


def test_an_unanswered_form_comes_back_empty() -> None:
    form = Form("f", "", "T", (TextField("note", "Note"),))
    assert read_form_state(state_of(render_form(form, ""))) == {"note": ""}


def test_a_form_that_no_modal_can_carry_is_refused() -> None:
    many = Form("f", "", "T", tuple(TextField(f"f{n}", "F") for n in range(101)))
    with pytest.raises(ValueError, match="more than a modal can carry"):
        render_form(many, "")
    with pytest.raises(ValueError, match="more than a modal can carry"):
        render_form(FORMS["quick"], "x" * 3001)


def test_a_channel_is_chosen_among_those_the_answer_can_be_posted_to() -> None:
    element = render_form(FORMS["share"], "")["blocks"][0]["element"]
    assert element["response_url_enabled"] is True
    assert element["filter"] == {"include": ["public", "private"], "exclude_bot_users": True}
