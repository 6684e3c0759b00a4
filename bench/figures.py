"""Figures, each beside its reference: how they are taken, and how they are shown."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import load
from servers import ROOT

ROUNDS = 7
CONNECTIONS = 50


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement of ours beside its reference."""

    ours: float
    reference: float
    ratio: float
    unit: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two servers that do the same, and how many a second both are asked to do when it is busy."""

    ours: load.Target
    reference: load.Target
    rate: int
    commands: int


async def compare(name: str, text: str, pair: Pair) -> dict[str, Figure]:
    """Measure one command on both servers, round by round in turn: CPU calm and busy, and the tail of a crowd."""
    found: dict[str, list[tuple[float, float]]] = {"one by one": [], f"at {pair.rate}/s": [], "p99": []}
    both = (pair.ours, pair.reference)
    for one in both:
        await load.at_once(one, text, pair.commands, CONNECTIONS)
    for _ in range(ROUNDS):
        calm = [await load.at_once(one, text, pair.commands // 4, 1) for one in both]
        busy = [await load.steadily(one, text, pair.commands, pair.rate) for one in both]
        crowd = [await load.at_once(one, text, pair.commands, CONNECTIONS) for one in both]
        found["one by one"].append((calm[0].cpu * 1000, calm[1].cpu * 1000))
        found[f"at {pair.rate}/s"].append((busy[0].cpu * 1000, busy[1].cpu * 1000))
        found["p99"].append((crowd[0].p99 * 1000, crowd[1].p99 * 1000))
    return {
        f"{name}: server CPU, one by one": figure(found["one by one"], "ms"),
        f"{name}: server CPU at {pair.rate}/s": figure(found[f"at {pair.rate}/s"], "ms"),
        f"{name}: p99 of {CONNECTIONS} at once": figure(found["p99"], "ms"),
    }


def figure(pairs: Sequence[tuple[float, float]], unit: str) -> Figure:
    """Take medians, and the median of the ratios pair by pair."""
    ours, reference = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    return Figure(round(ours, 3), round(reference, 3), round(ratio, 2), unit)


def show(figures: Mapping[str, Figure]) -> None:
    """Print the table and keep it for machines."""
    width = max(map(len, figures))
    print(f"{'':{width}} {'ours':>10} {'reference':>10} {'ratio':>7}")  # noqa: T201
    for name, one in figures.items():
        print(f"{name:{width}} {one.ours:>7.2f} {one.unit:<3}{one.reference:>7.2f} {one.unit:<3}{one.ratio:>6.2f}")  # noqa: T201
    (ROOT / "var").mkdir(exist_ok=True)
    kept = {name: asdict(one) for name, one in figures.items()}
    (ROOT / "var" / "bench.json").write_text(json.dumps(kept, indent=2))
