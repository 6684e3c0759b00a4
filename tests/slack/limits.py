"""What Slack refuses, checked twice: by its own SDK's models, and here for what those let pass."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]


def of_message(message: Json) -> Iterator[str]:
    """Say what is wrong with a message."""
    blocks = message["blocks"]
    yield from _over("blocks of a message", len(blocks), 50)
    yield from _over("text of a message", len(message["text"]), 40_000)
    yield from _over("tables of a message", sum(block["type"] == "table" for block in blocks), 1)
    yield from _over("charts of a message", sum(block["type"] == "data_visualization" for block in blocks), 2)
    rest = [block for block in blocks if block["type"] != "table"]
    yield from _over("size of a message", len(json.dumps(rest, ensure_ascii=False).encode()), 13_170)
    yield from _of_blocks(blocks)


def of_view(view: Json) -> Iterator[str]:
    """Say what is wrong with a modal or an App Home."""
    try:
        View(**view).validate_json()
    except SlackObjectFormationError as error:
        yield str(error)
    yield from _over("blocks of a view", len(view["blocks"]), 100)
    for part in ("title", "submit", "close"):
        yield from _over(part, len(view.get(part, {}).get("text", "")), 24)
    yield from _of_blocks(view["blocks"])


def _of_blocks(blocks: list[Json]) -> Iterator[str]:
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block id twice: {written}" for written, times in ids.items() if times > 1)
    yield from (problem for block in blocks for problem in _of_block(block))


def _of_block(block: Json) -> Iterator[str]:
    if block["type"] == "data_visualization":
        yield from _of_chart(block)
        return
    try:
        parsed = Block.parse(block)
        assert parsed is not None, f"unknown to the SDK: {block['type']}"
        parsed.to_dict()
    except SlackObjectFormationError as error:
        yield str(error)
    for part in every(block):
        yield from _of_part(part)
    match block["type"]:
        case "header":
            yield from _over("header", _units(block["text"]), 150)
        case "context":
            yield from _over("context", len(block["elements"]), 10)
        case "table":
            yield from _of_table(block["rows"])
        case "actions":
            yield from _of_actions(block["elements"])
        case "image":
            yield from _over("alt text", len(block["alt_text"].encode("utf-16-le")) // 2, 2000)
            yield from _unknown(block["slack_file"], {"id"})
        case "input":
            yield from _over("label", _units(block["label"]), 2000)
            yield from _over("hint", _units(block.get("hint", {})), 2000)
        case other:
            assert other == "rich_text", other


def _of_part(part: Json) -> Iterator[str]:
    """Check what stands anywhere: a text, an option, an element."""
    if isinstance(part.get("text"), str):
        # Between two others, a stretch of rich text may be a space.
        visible = part["text"] if part["type"] == "text" else part["text"].strip()
        yield from () if visible else ["blank text"]
        yield from ["control character"] if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", part["text"]) else []
        yield from _over("text", _units(part), 3000)
        if part["type"] == "plain_text" and part.get("emoji") is not False:
            yield "emoji codes would be read"
    yield from ["markup would be read"] if part.get("type") == "mrkdwn" else []
    yield from _over("action id", len(part.get("action_id", "")), 255)
    yield from _over("block id", len(part.get("block_id", "")), 255)
    if isinstance(part.get("value"), str):
        yield from _over("value", len(part["value"]), 150)
    options = part.get("options")
    if options is not None:
        few = part["type"] in ("checkboxes", "radio_buttons") if "type" in part else False
        yield from _over("options", len(options), 10 if few else 100)
        yield from () if options else ["no options"]
        yield from (problem for entry in options for problem in _over("option", _units(entry["text"]), 75))
        chosen = [*part.get("initial_options", ()), *([part["initial_option"]] if "initial_option" in part else [])]
        yield from ("chosen but not offered" for entry in chosen if entry not in options)
    yield from _over("placeholder", _units(part.get("placeholder", {})), 150)
    yield from _over("initial value", len(part.get("initial_value", "").encode("utf-16-le")) // 2, 3000)
    yield from _over("max_length", part.get("max_length", 0), 3000)
    if "initial_options" in part and not part["initial_options"]:
        yield "empty initial options"
    if "confirm" in part and "deny" in part:
        limits = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
        yield from (problem for key, most in limits.items() for problem in _over(key, _units(part[key]), most))
    if part.get("type") in ("rich_text_section", "rich_text_quote", "rich_text_list"):
        yield from () if "".join(each.get("text", "") for each in every(part)).strip() else ["nothing in it"]


def _of_actions(elements: list[Json]) -> Iterator[str]:
    yield from () if elements else ["no elements"]
    yield from _over("actions", len(elements), 25)
    ids = Counter(element["action_id"] for element in elements)
    yield from (f"action id twice: {written}" for written, times in ids.items() if times > 1)
    for element in elements:
        if element["type"] == "button":
            yield from _over("button", _units(element["text"]), 75)


def _of_table(rows: list[list[Json]]) -> Iterator[str]:
    yield from _over("rows", len(rows), 100)
    yield from _over("columns", max(map(len, rows)), 20)
    yield from ["ragged table"] if len({len(row) for row in rows}) > 1 else []
    yield from _over("text of a table", sum(_units(cell) for row in rows for cell in row), 10_000)


def _of_chart(block: Json) -> Iterator[str]:
    """Check a chart, which the SDK knows nothing of, against Slack's documentation."""
    chart = block["chart"]
    yield from _text_of_chart("title of a chart", block["title"], 50)
    yield from _unknown(block, {"type", "title", "chart"})
    if chart["type"] == "pie":
        yield from _unknown(chart, {"type", "segments"})
        yield from _few("segments", chart["segments"], 6)
        yield from (problem for part in chart["segments"] for problem in _of_point(part))
        yield from ("a part of nothing" for part in chart["segments"] if part["value"] <= 0)
        return
    assert chart["type"] in ("bar", "line"), chart["type"]
    categories = chart["axis_config"]["categories"]
    yield from _unknown(chart, {"type", "series", "axis_config"})
    yield from _unknown(chart["axis_config"], {"categories", "x_label", "y_label"})
    yield from _few("categories", categories, 20)
    yield from ["category twice"] if len(set(categories)) < len(categories) else []
    yield from _few("series", chart["series"], 6)
    names = [one["name"] for one in chart["series"]]
    yield from ["name of a series twice"] if len(set(names)) < len(names) else []
    for one in chart["series"]:
        yield from _text_of_chart("name of a series", one["name"], 20)
        yield from ["not one point a category"] if [point["label"] for point in one["data"]] != categories else []
        yield from (problem for point in one["data"] for problem in _of_point(point))


def _of_point(point: Json) -> Iterator[str]:
    yield from _unknown(point, {"label", "value"})
    yield from _text_of_chart("label of a chart", point["label"], 20)
    yield from () if isinstance(point["value"], int | float) else ["no number"]


def _text_of_chart(what: str, text: str, most: int) -> Iterator[str]:
    yield from () if text.strip() else [f"blank {what}"]
    yield from _over(what, len(text.encode("utf-16-le")) // 2, most)


def _few(what: str, items: list[Any], most: int) -> Iterator[str]:
    yield from () if items else [f"no {what}"]
    yield from _over(what, len(items), most)


def _unknown(part: Json, known: set[str]) -> Iterator[str]:
    yield from (f"unknown: {extra}" for extra in part.keys() - known)


def every(part: Any) -> Iterator[Json]:  # noqa: ANN401 - JSON
    """Yield every object in a JSON value, outer ones first."""
    if isinstance(part, dict):
        yield part
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    for child in children:
        yield from every(child)


def _units(text: Json) -> int:
    return len(str(text.get("text", "")).encode("utf-16-le")) // 2


def _over(what: str, found: int, most: int) -> Iterator[str]:
    if found > most:
        yield f"{what}: {found} is over {most}"
