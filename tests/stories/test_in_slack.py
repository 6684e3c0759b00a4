"""The stories through the Slack door: real HTTP, real signatures, a real store."""

import pytest

from tests.stories.slack_rep import SlackRep
from tests.stories.told import Stories


class TestInSlack(Stories):
    """Every story as it goes in Slack."""

    @pytest.fixture
    def rep(self, slack_rep: SlackRep) -> SlackRep:
        return slack_rep
