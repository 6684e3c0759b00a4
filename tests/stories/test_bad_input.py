"""What nobody should send: garbled, repeated, foreign, outdated, too long, too late."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from handlers.crm import read_export
from handlers.samples import DEALS
from store import Store
from tests.slack.platform import signed
from tests.stories.conftest import NOW, PLAYBOOK
from tests.stories.scene import Scene, filled, presses, ticks

FORM = "application/x-www-form-urlencoded"
LONG = " ".join(f"reason{number}" for number in range(1000))[:4999] + "!"
ITEM, OTHER_ITEM = [item.id for item in PLAYBOOK.items()][:2]
UNSAVED = "I couldn't save that just now. What you typed is still here"


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
        self, scene: Scene, body: str, headers: dict[str, str], status: int
    ) -> None:
        before, calls = scene.everything(), len(scene.slack.calls)
        answer = await scene.ines.sends_raw(body.encode(), {"Content-Type": FORM} | headers)
        assert answer.status == status
        assert "Evil" not in answer.text
        assert scene.everything() == before
        assert len(scene.slack.calls) == calls


class TestAButtonOfSomethingThatIsNotMine:
    """Gone, somebody else's, another company's: one plain sentence for all three."""

    @pytest.fixture
    async def foreign(self, scene: Scene) -> dict[str, list[str]]:
        """Ids that Ines should get nowhere with: of nothing, of Tom, of another company."""
        other = Store.open(f"sqlite+aiosqlite:///{scene.database}")
        await other.import_deals("T2", read_export(DEALS.read_bytes(), NOW.date()).deals, NOW)
        await other.close()
        [(theirs,)] = scene.asks("SELECT id FROM deals WHERE tenant = 'T2' AND name = 'Acme renewal'")
        toms = scene.deal("Umbrella framework contract")
        return {
            "deal": ["no-such-deal", toms, theirs, "", "' OR 1=1 --"],
            "prep": ["no-such-prep", await scene.prep(scene.tom, "Umbrella framework contract"), "", "%"],
        }

    @pytest.mark.parametrize(
        ("action", "of"),
        [
            *((f"prep.{name}", "deal") for name in ("open", "quick", "full")),
            *((f"deal.{name}", "deal") for name in ("edit", "won", "lost", "reopen")),
            *((f"prep.{name}", "prep") for name in ("all", "brief", "playback", "confirmed", "corrected", "share")),
        ],
    )
    async def test_a_press_is_told_the_same_and_changes_nothing(
        self, scene: Scene, foreign: dict[str, list[str]], action: str, of: str
    ) -> None:
        before = scene.everything()
        said = {await scene.told(scene.ines, presses(scene.ines, f"{action}:{one}")) for one in foreign[of]}
        assert len(said) == 1
        assert "Nothing was changed" in said.pop()
        assert scene.everything() == before
        assert not scene.slack.of("views.open")

    async def test_a_tick_is_told_so_and_changes_nothing(self, scene: Scene, foreign: dict[str, list[str]]) -> None:
        before = scene.everything()
        for one in foreign["prep"]:
            said = await scene.told(scene.ines, ticks(scene.ines, f"prep.{one}.before", ITEM))
            assert "Nothing was changed" in said
        assert scene.everything() == before

    @pytest.mark.parametrize(
        ("action", "form", "name"), [("prep.quick", "prep.quick", "matters"), ("deal.edit", "deal.edit", "name")]
    )
    async def test_a_form_stays_open_and_changes_nothing(
        self, scene: Scene, foreign: dict[str, list[str]], action: str, form: str, name: str
    ) -> None:
        view = await scene.form(scene.ines, f"{action}:{scene.deal('Acme renewal')}")
        before = scene.everything()
        for one in foreign["deal"]:
            note = json.dumps(json.loads(view["private_metadata"]) | {"about": one})
            answer = await scene.ines.submits(
                view | {"private_metadata": note, "callback_id": form}, {name: "Mine now"}
            )
            assert answer.json["response_action"] == "errors"
            assert "Nothing was changed" in answer.json["errors"][name]
        assert scene.everything() == before


class TestACardFromAnotherVersion:
    """What the coach no longer knows is said in a sentence."""

    async def test_an_unknown_button_is_told_so(self, scene: Scene) -> None:
        for action in ("prep.dance:1", "prep", "PREP.OPEN", "verb.dance", "", ":", "💥"):
            said = await scene.told(scene.ines, presses(scene.ines, action))
            assert said.startswith("That button belongs to something that has moved on."), action

    async def test_an_unknown_form_keeps_what_was_typed(self, scene: Scene) -> None:
        view = await scene.form(scene.ines, "deal.add")
        answer = await scene.ines.submits(view | {"callback_id": "deal.former"}, {"name": "Wayne renewal"})
        assert answer.json["response_action"] == "errors"
        assert "Nothing was changed" in answer.json["errors"]["name"]

    @pytest.mark.parametrize("checklist", ["prep", "prep.", "plan.1.before", "", "prep..", "."])
    async def test_an_unknown_checklist_is_told_so(self, scene: Scene, checklist: str) -> None:
        said = await scene.told(scene.ines, ticks(scene.ines, checklist, ITEM))
        assert "Nothing was changed" in said

    async def test_made_up_lines_of_a_checklist_are_not_kept(self, scene: Scene) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        await ticks(scene.ines, f"prep.{prep}.before", ITEM, "made.up", "<!channel>")
        assert scene.asks("SELECT item, done FROM prep_ticks") == [(ITEM, 1)]


class TestALongText:
    """Kept whole, shown whole."""

    async def test_five_thousand_characters_are_kept_and_come_back(self, scene: Scene) -> None:
        deal = scene.deal("Globex rollout")
        view = await scene.form(scene.ines, f"prep.quick:{deal}")
        await scene.ines.submits(view, {"matters": LONG, "certainty": "said", "walk_away": "Below 40k"})
        assert scene.asks("SELECT matters FROM preps") == [(LONG,)]
        posted = json.dumps(await scene.slack.until("chat.postMessage"))
        assert all(f"reason{number}" in posted for number in (0, 250, 500))
        again = filled(await scene.form(scene.ines, f"prep.quick:{deal}"))
        assert again["matters"] + again["matters~2"] == LONG

    async def test_they_survive_being_saved_again_as_they_are(self, scene: Scene) -> None:
        deal = scene.deal("Globex rollout")
        view = await scene.form(scene.ines, f"prep.quick:{deal}")
        await scene.ines.submits(view, {"matters": LONG, "certainty": "said"})
        view = await scene.form(scene.ines, f"prep.quick:{deal}")
        await scene.ines.submits(view | {"hash": "another"}, filled(view) | {"certainty": "said", "give": "Training"})
        assert scene.asks("SELECT matters, give FROM preps") == [(LONG, "Training")]


class TestAStoreThatCannotBeWritten:
    """Nothing is lost, and the next try succeeds."""

    @pytest.fixture
    def lock(self, scene: Scene) -> Iterator[sqlite3.Connection]:
        """Another program, which will keep the database to itself from its first statement on."""
        with closing(sqlite3.connect(scene.database, isolation_level=None)) as connection:
            yield connection

    async def test_a_form_stays_open_with_a_sentence_until_it_can_be_kept(
        self, scene: Scene, lock: sqlite3.Connection
    ) -> None:
        view = await scene.form(scene.ines, f"prep.quick:{scene.deal('Globex rollout')}")
        typed = {"matters": "One person to call", "certainty": "said", "walk_away": "Below 15k"}
        lock.execute("BEGIN EXCLUSIVE")
        refused = await scene.ines.submits(view, typed)
        assert refused.json["response_action"] == "errors"
        assert UNSAVED in refused.json["errors"]["matters"]
        lock.execute("ROLLBACK")
        assert scene.asks("SELECT * FROM preps") == []
        kept = await scene.ines.submits(view, typed)
        assert kept.json == {"response_action": "clear"}
        assert scene.asks("SELECT matters, walk_away FROM preps") == [("One person to call", "Below 15k")]

    async def test_a_form_that_had_to_be_acknowledged_first_comes_back_as_it_was_typed(
        self, scene: Scene, lock: sqlite3.Connection
    ) -> None:
        scene.coach.patience = 2300  # longer than Slack is kept waiting
        scene.ines.door = await scene.coach.start()
        view = await scene.form(scene.ines, f"prep.quick:{scene.deal('Globex rollout')}")
        lock.execute("BEGIN EXCLUSIVE")
        answer = await scene.ines.submits(view, {"matters": "One person to call", "walk_away": "Below 15k"})
        assert answer.json["response_action"] == "update"
        assert "nothing is lost" in answer.text
        [shown] = await scene.slack.until("views.update")
        assert UNSAVED in json.dumps(shown["view"]["blocks"][0])
        assert filled(shown["view"])["matters"] == "One person to call"
        assert filled(shown["view"])["walk_away"] == "Below 15k"

    async def test_a_press_a_command_and_a_tick_are_told_so_and_work_again(
        self, scene: Scene, lock: sqlite3.Connection
    ) -> None:
        prep = await scene.prep(scene.ines, "Globex rollout")
        before = scene.everything()
        lock.execute("BEGIN EXCLUSIVE")
        assert UNSAVED in (await scene.ines.types("deal add Wayne renewal")).text
        for gesture in (
            presses(scene.ines, f"deal.won:{scene.deal('Northwind training')}"),
            ticks(scene.ines, f"prep.{prep}.before", ITEM),
        ):
            assert (await scene.told(scene.ines, gesture)).startswith(UNSAVED)
        assert "Your open deals" in (await scene.ines.types("deals")).text
        lock.execute("ROLLBACK")
        assert scene.everything() == before
        await ticks(scene.ines, f"prep.{prep}.before", ITEM)
        assert scene.asks("SELECT item FROM prep_ticks WHERE done") == [(ITEM,)]
