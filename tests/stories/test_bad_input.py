"""What nobody should send: garbled, repeated, foreign, outdated, too long, too late."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.crm import read_export
from handlers.samples import DEALS
from store import Store
from tests.slack.platform import signed
from tests.stories.coach import NOW, PLAYBOOK
from tests.stories.scene import Scene
from tests.stories.slack_scene import SlackScene, filled
from tests.stories.teams_scene import TeamsScene

FORM = "application/x-www-form-urlencoded"
LONG = " ".join(f"reason{number}" for number in range(1000))[:4999] + "!"
FITS = f"{LONG[:2999]}!"
ITEM = next(item.id for item in PLAYBOOK.items())
UNSAVED = "I couldn't save that just now. What you typed is still here"


@pytest.fixture(params=["slack_scene", "teams_scene"])
def scene(request: pytest.FixtureRequest) -> Scene[Any]:
    """Ines and Tom before each door."""
    scene: Scene[Any] = request.getfixturevalue(request.param)
    return scene


class TestWhatSlackDidNotSend:
    """Neither the store nor Slack hears of it."""

    COMMAND = urlencode({"command": "/negotiate", "text": "deal add Evil", "team_id": "T1", "user_id": "U1"})

    @pytest.mark.parametrize(
        ("body", "headers", "status"),
        [
            (COMMAND, {}, 401),
            (COMMAND, signed(COMMAND, NOW, "another secret"), 401),
            (COMMAND, signed(COMMAND + "&text=other", NOW), 401),
            (COMMAND, signed(COMMAND, NOW - timedelta(minutes=6)), 401),
            (COMMAND, signed(COMMAND, NOW + timedelta(minutes=6)), 401),
            (COMMAND, signed(COMMAND, NOW) | {"X-Slack-Request-Timestamp": "soon"}, 400),
            (COMMAND, signed(COMMAND, NOW), 400),
            ("payload={", signed("payload={", NOW), 400),
            ("payload=[]", signed("payload=[]", NOW), 400),
            ("", signed("", NOW), 400),
        ],
        ids=[
            "unsigned", "another app's", "changed on the way", "stale", "from the future", "no moment",
            "half a command", "half a payload", "a list", "nothing",
        ],
    )  # fmt: skip
    async def test_it_is_refused_and_changes_nothing(
        self, slack_scene: SlackScene, body: str, headers: dict[str, str], status: int
    ) -> None:
        before, calls = slack_scene.everything(), len(slack_scene.slack.calls)
        answer = await slack_scene.ines.sends_raw(body.encode(), {"Content-Type": FORM} | headers)
        assert answer.status == status
        assert "Evil" not in answer.text
        assert slack_scene.everything() == before
        assert len(slack_scene.slack.calls) == calls


class TestAButtonOfSomethingThatIsNotMine:
    """Gone, somebody else's, another company's: one plain sentence for all three."""

    @pytest.fixture
    async def foreign(self, scene: Scene[Any]) -> dict[str, list[str]]:
        """Ids that Ines should get nowhere with: of nothing, of Tom, of another company."""
        other = Store.open(f"sqlite+aiosqlite:///{scene.coach.database}")
        await other.import_deals("T2", read_export(DEALS.read_bytes(), NOW.date()).deals, NOW)
        await other.close()
        [(theirs,)] = scene.asks("SELECT id FROM deals WHERE tenant = 'T2' AND name = 'Acme renewal'")
        toms = scene.deal("Umbrella framework contract")
        return {
            "deal": ["no-such-deal", toms, theirs, "", "' OR 1=1 --"],
            "prep": ["no-such-prep", await scene.prep(scene.tom, "Umbrella framework contract"), "", "%"],
            "plan": ["no-such-plan", await scene.plan(scene.tom, "Umbrella framework contract"), "", "%.1"],
        }

    @pytest.mark.parametrize(
        ("action", "of"),
        [
            *((f"prep.{name}", "deal") for name in ("open", "quick", "full")),
            *((f"deal.{name}", "deal") for name in ("edit", "won", "lost", "reopen")),
            *((f"{name}", "deal") for name in ("plan.open", "coach.plan", "log.show", "moved.show")),
            *(
                (f"plan.{name}", "plan")
                for name in ("skip", "suggest", "agree", "floor", "later", "over", "line", "drop")
            ),
            *((f"prep.{name}", "prep") for name in ("all", "brief", "playback", "confirmed", "corrected", "share")),
        ],
    )
    async def test_a_press_is_told_the_same_and_changes_nothing(
        self, scene: Scene[Any], foreign: dict[str, list[str]], action: str, of: str
    ) -> None:
        before = scene.everything()
        said = {await scene.presses(scene.ines, f"{action}:{one}") for one in foreign[of]}
        assert len(said) == 1
        assert "Nothing was changed" in said.pop()
        assert scene.everything() == before
        assert not scene.forms()

    async def test_a_tick_is_told_so_and_changes_nothing(
        self, scene: Scene[Any], foreign: dict[str, list[str]]
    ) -> None:
        before = scene.everything()
        for one in foreign["prep"]:
            assert "Nothing was changed" in await scene.ticks(scene.ines, f"prep.{one}.before", ITEM)
        for one in foreign["plan"]:
            assert "Nothing was changed" in await scene.ticks(scene.ines, f"moved.{one}.give", "1")
        assert scene.everything() == before

    @pytest.mark.parametrize(
        ("action", "form", "name"), [("prep.quick", "prep.quick", "matters"), ("deal.edit", "deal.edit", "name")]
    )
    async def test_a_form_stays_open_and_changes_nothing(
        self, scene: Scene[Any], foreign: dict[str, list[str]], action: str, form: str, name: str
    ) -> None:
        opened = await scene.form(scene.ines, f"{action}:{scene.deal('Acme renewal')}")
        before = scene.everything()
        for one in foreign["deal"]:
            refused = await scene.submits(scene.ines, opened, to=form, about=one, **{name: "Mine now"})
            assert "Nothing was changed" in refused
        assert scene.everything() == before

    async def test_what_i_was_forgotten_with_is_gone_behind_its_buttons(self, scene: Scene[Any]) -> None:
        deal, prep = scene.deal("Globex rollout"), await scene.prep(scene.ines, "Globex rollout")
        await scene.presses(scene.ines, "privacy.gone")
        for action in (f"prep.all:{prep}", f"prep.corrected:{prep}", f"deal.won:{deal}", f"deal.edit:{deal}"):
            assert "Nothing was changed" in await scene.presses(scene.ines, action)
        assert "Nothing was changed" in await scene.ticks(scene.ines, f"prep.{prep}.before", ITEM)
        assert not scene.asks("SELECT * FROM preps")


class TestACardFromAnotherVersion:
    """What the coach no longer knows is said in a sentence."""

    async def test_an_unknown_button_is_told_so(self, scene: Scene[Any]) -> None:
        for action in ("prep.dance:1", "prep", "PREP.OPEN", "verb.dance", "", ":", "💥"):
            said = await scene.presses(scene.ines, action)
            assert said.startswith("That button belongs to something that has moved on."), action

    async def test_an_unknown_form_keeps_what_was_typed(self, scene: Scene[Any]) -> None:
        opened = await scene.form(scene.ines, "deal.add")
        refused = await scene.submits(scene.ines, opened, to="deal.former", name="Wayne renewal")
        assert "Nothing was changed" in refused

    @pytest.mark.parametrize("checklist", ["prep", "prep.", "plan.1.before", "", "prep..", "."])
    async def test_an_unknown_checklist_is_told_so(self, scene: Scene[Any], checklist: str) -> None:
        assert "Nothing was changed" in await scene.ticks(scene.ines, checklist, ITEM)

    async def test_made_up_lines_of_a_checklist_are_not_kept(self, scene: Scene[Any]) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        await scene.ticks(scene.ines, f"prep.{prep}.before", ITEM, "made.up", "<!channel>")
        assert scene.asks("SELECT item, done FROM prep_ticks") == [(ITEM, 1)]


class TestWhatIsTyped:
    """A plain sentence back, and nothing changed by accident."""

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (LONG, ""),
            (f"prep {'Long' * 1250}", "I can't find"),
            ("🎉" * 40, ""),
            ("won", "Which"),
            ("won nosuchclient", "I can't find"),
            ("won umbrella", "I can't find"),
            ("won northwind", "Which one do you mean"),
            ("won globex and dance with acme", "I can't find"),
        ],
        ids=["long", "a long name", "emoji", "no name", "a wrong name", "somebody else's", "two fit", "half a request"],
    )
    async def test_it_gets_a_plain_sentence_and_changes_nothing(self, scene: Scene[Any], words: str, said: str) -> None:
        stages = "SELECT name, stage FROM deals ORDER BY name"
        before = scene.asks(stages)
        told = await scene.says(scene.ines, words)
        assert told
        assert told.startswith(said)
        assert scene.asks(stages) == before


class TestALongText:
    """Kept whole, shown whole; or said to be too long, and still there."""

    async def test_all_that_a_field_takes_is_kept_and_comes_back(self, scene: Scene[Any]) -> None:
        deal = scene.deal("Globex rollout")
        opened = await scene.form(scene.ines, f"prep.quick:{deal}")
        await scene.submits(scene.ines, opened, matters=FITS, certainty="said", walk_away="Below 40k")
        assert scene.asks("SELECT matters FROM preps") == [(FITS,)]
        await scene.coach.settle()
        assert all(f"reason{number}" in scene.posted() for number in (0, 150, 300))
        assert scene.filled(await scene.form(scene.ines, f"prep.quick:{deal}"))["matters"] == FITS

    async def test_more_is_kept_where_it_came_in_parts_and_survives_being_saved_again(
        self, slack_scene: SlackScene
    ) -> None:
        deal = slack_scene.deal("Globex rollout")
        opened = await slack_scene.form(slack_scene.ines, f"prep.quick:{deal}")
        await slack_scene.submits(slack_scene.ines, opened, matters=LONG, certainty="said")
        await slack_scene.coach.settle()
        assert all(f"reason{number}" in slack_scene.posted() for number in (0, 250, 500))
        opened = await slack_scene.form(slack_scene.ines, f"prep.quick:{deal}")
        assert slack_scene.filled(opened)["matters"] == LONG
        await slack_scene.submits(slack_scene.ines, opened, certainty="said", give="Training")
        assert slack_scene.asks("SELECT matters, give FROM preps") == [(LONG, "Training")]

    async def test_more_stays_in_a_dialog_with_a_sentence(self, teams_scene: TeamsScene) -> None:
        opened = await teams_scene.form(teams_scene.ines, f"prep.quick:{teams_scene.deal('Globex rollout')}")
        refused = await teams_scene.submits(teams_scene.ines, opened, matters=LONG, certainty="said")
        assert "At most 3,000 characters fit here; this has 5,000." in refused
        assert teams_scene.asks("SELECT * FROM preps") == []


class TestAStoreThatCannotBeWritten:
    """Nothing is lost, and the next try succeeds."""

    @pytest.fixture
    def lock(self, database: Path) -> Iterator[sqlite3.Connection]:
        """Another program, which will keep the database to itself from its first statement on."""
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            yield connection

    async def test_a_form_stays_open_with_a_sentence_until_it_can_be_kept(
        self, scene: Scene[Any], lock: sqlite3.Connection
    ) -> None:
        opened = await scene.form(scene.ines, f"prep.quick:{scene.deal('Globex rollout')}")
        typed = {"matters": "One person to call", "certainty": "said", "walk_away": "Below 15k"}
        lock.execute("BEGIN EXCLUSIVE")
        assert UNSAVED in await scene.submits(scene.ines, opened, **typed)
        lock.execute("ROLLBACK")
        assert scene.asks("SELECT * FROM preps") == []
        assert await scene.submits(scene.ines, opened, **typed) == ""
        assert scene.asks("SELECT matters, walk_away FROM preps") == [("One person to call", "Below 15k")]

    async def test_a_form_that_had_to_be_acknowledged_first_comes_back_as_it_was_typed(
        self, slack_scene: SlackScene, lock: sqlite3.Connection
    ) -> None:
        slack_scene.coach.patience = 2300  # longer than Slack is kept waiting
        slack_scene.ines.door = await slack_scene.coach.start()
        view = await slack_scene.form(slack_scene.ines, f"prep.quick:{slack_scene.deal('Globex rollout')}")
        lock.execute("BEGIN EXCLUSIVE")
        answer = await slack_scene.ines.submits(view, {"matters": "One person to call", "walk_away": "Below 15k"})
        assert answer.json["response_action"] == "update"
        assert "nothing is lost" in answer.text
        [shown] = await slack_scene.slack.until("views.update")
        assert UNSAVED in json.dumps(shown["view"]["blocks"][0])
        assert filled(shown["view"])["matters"] == "One person to call"
        assert filled(shown["view"])["walk_away"] == "Below 15k"

    async def test_a_press_a_sentence_and_a_tick_are_told_so_and_work_again(
        self, scene: Scene[Any], lock: sqlite3.Connection
    ) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        before = scene.everything()
        lock.execute("BEGIN EXCLUSIVE")
        for told in (
            await scene.says(scene.ines, "deal add Wayne renewal"),
            await scene.presses(scene.ines, f"deal.won:{scene.deal('Northwind training')}"),
            await scene.ticks(scene.ines, f"prep.{prep}.before", ITEM),
        ):
            assert told.startswith(UNSAVED)
        assert "Your open deals" in await scene.says(scene.ines, "deals")
        lock.execute("ROLLBACK")
        assert scene.everything() == before
        await scene.ticks(scene.ines, f"prep.{prep}.before", ITEM)
        assert scene.asks("SELECT item FROM prep_ticks WHERE done") == [(ITEM,)]

    async def test_a_command_is_told_so(self, slack_scene: SlackScene, lock: sqlite3.Connection) -> None:
        lock.execute("BEGIN EXCLUSIVE")
        assert UNSAVED in (await slack_scene.ines.types("deal add Wayne renewal")).text
        assert "Your open deals" in (await slack_scene.ines.types("deals")).text
