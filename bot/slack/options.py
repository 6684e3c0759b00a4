"""What the Slack door has to be told, and its messenger made from that."""

from dataclasses import dataclass, field

from bot.chat.ports import Now
from bot.slack.api import SLACK_API_URL, Api, new_session
from bot.slack.send import SlackMessenger
from bot.slack.tokens import ManyWorkspaces, OneWorkspace, Tokens
from store.installations import Installations


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOptions:
    """The Slack settings. A secret never shows in a representation."""

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API_URL

    @property
    def client(self) -> tuple[str, str]:
        """The app's id and secret, for OAuth."""
        return self.client_id, self.client_secret

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install the coach themselves; a bot token means there is one only."""
        return bool(self.client_id and self.client_secret and not self.bot_token)


def new_messenger(options: SlackOptions, installations: Installations, now: Now) -> SlackMessenger:
    """Make the messenger for these settings; needs a running loop. The door's `stop` closes its connections."""
    api = Api(options.api_url, new_session())
    tokens: Tokens = (
        OneWorkspace(options.bot_token, api)
        if options.bot_token
        else ManyWorkspaces(installations, api, options.client, now)
    )
    return SlackMessenger(tokens, api)
