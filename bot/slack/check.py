"""What `doctor` asks Slack: does the token work, and does it reach as far as the manifest says."""

from bot.errors import CoachError
from bot.slack.api import Api, new_session, plainly
from bot.slack.manifest import SCOPES
from bot.slack.options import SlackOptions


async def team_of(options: SlackOptions) -> str:
    """The workspace that `SLACK_BOT_TOKEN` belongs to. Raises `PlatformError` where Slack doesn't say."""
    team, _ = await _identify(options)
    return team


async def check(options: SlackOptions) -> tuple[bool, str]:
    """Say in one line whether Slack answers and what is wrong."""
    if not options.bot_token:
        return True, "many workspaces: each installs the coach at /slack/install"
    try:
        team, granted = await _identify(options)
    except CoachError:
        return False, "Slack refuses SLACK_BOT_TOKEN or can't be reached: check the token and SLACK_API_URL"
    missing = sorted(set(SCOPES) - granted) if granted else []
    if missing:
        return False, f"workspace {team}; missing scopes: {', '.join(missing)}; install the app again"
    if options.app_token and not await _opens_socket(options):
        return False, f"workspace {team} answers, but SLACK_APP_TOKEN is refused: it needs the scope connections:write"
    return True, f"workspace {team} answers"


async def _identify(options: SlackOptions) -> tuple[str, set[str]]:
    api = Api(options.api_url, new_session())
    try:
        with plainly():
            answer = await api.reading(options.bot_token).auth_test()
    finally:
        await api.close()
    scopes = str(answer.headers.get("x-oauth-scopes") or "")
    return str(answer["team_id"]), {scope.strip() for scope in scopes.split(",") if scope.strip()}


async def _opens_socket(options: SlackOptions) -> bool:
    api = Api(options.api_url, new_session())
    try:
        with plainly():
            await api.posting(None).apps_connections_open(app_token=options.app_token)
    except CoachError:
        return False
    finally:
        await api.close()
    return True
