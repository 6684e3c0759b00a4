"""What `doctor` asks Microsoft: does it know the bot, and can its signing keys be had."""

from bot.teams.credentials import Credentials, RefusedError, SignInError
from bot.teams.keys import KeysUnreachableError, SigningKeys
from bot.teams.options import TeamsOptions


async def check(options: TeamsOptions, credentials: Credentials) -> tuple[bool, str]:
    """Say in one line whether Microsoft answers and what is wrong."""
    if options.unauthenticated:
        return True, "the emulator's mode: any program on this machine can play Teams"
    keys = SigningKeys(options.openid_url)
    try:
        await keys.get("")
        await credentials.token()
    except KeysUnreachableError:
        return False, "Microsoft's signing keys can't be reached: allow https to login.botframework.com"
    except RefusedError:
        return False, f"Microsoft refuses {_proof(options)}"
    except SignInError:
        return False, "Microsoft can't be reached: allow https to login.microsoftonline.com, and check TEAMS_TENANT_ID"
    finally:
        await keys.stop()
    return True, f"Microsoft knows the bot {options.app_id}, for {options.tenant_id or 'any tenant'}"


def _proof(options: TeamsOptions) -> str:
    if options.managed_identity:
        return "this machine's identity: check TEAMS_APP_ID, and that the identity is assigned to this machine"
    return "the password: check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID"
