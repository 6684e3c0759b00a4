"""The stories through the Slack door: real HTTP, real signatures, a real store."""

from tests.stories.told import Stories


class TestInSlack(Stories):
    """Every story as it goes in Slack."""
