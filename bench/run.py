"""Measures the coach beside the plainest bots there are, and its mathematics beside a bare loop; prints ratios.

What a tick of its clock and a team's digest cost is measured among many people and, as the reference, among few; what
a rep waits for while a thousand digests go out, beside the same on a calm day.
`python bench/run.py` writes `var/bench.json` as `{name: {ours, reference, ratio, unit}}`. Rounds
alternate between the two servers, so that a slow moment of the machine falls on both.
"""

import asyncio

import agenda
import bargaining
import digest
import monday
import outbox
import slack
import teams
import teams_proactive
from figures import show


async def main() -> None:
    """Measure each platform in turn."""
    figures = await slack.measure() | await teams.measure() | await teams_proactive.measure()
    figures |= await outbox.measure() | await agenda.measure() | await digest.measure()
    figures |= await monday.measure()
    show(figures | bargaining.measure())


if __name__ == "__main__":
    asyncio.run(main())
