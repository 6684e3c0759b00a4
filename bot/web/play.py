"""What happens when someone does something on the try page: a form in, the next scene or a way to it out."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.chat.cards import Form
from bot.chat.events import Event
from bot.chat.ports import Dispatch
from bot.errors import CoachError, InvalidInputError, NotFoundError, StoreUnavailableError
from bot.web import receive
from bot.web.acts import Acts
from bot.web.cast import COACH_NAME, PEOPLE, is_direct
from bot.web.guard import RefusedError, WrongHostError
from bot.web.lines import Words, words_of
from bot.web.page import DIRECT, HOME, Scene, Sheet
from bot.web.receive import Moment, Posted
from bot.web.talk import Talk
from bot.web.tryclock import TryClock

_REMEMBERED = 1000
_STATUS: Mapping[type[CoachError], int] = {
    StoreUnavailableError: 503,
    RefusedError: 403,
    WrongHostError: 421,
    NotFoundError: 404,
}
_UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Go:
    """Look at another address next, so that a reload repeats nothing."""

    url: str


Next = Scene | Go


class Play:
    """Brings what was done to the coach, or to the clock. Does the same thing on the same page once."""

    def __init__(
        self, dispatch: Dispatch, acts: Acts, talk: Talk, clock: TryClock, afresh: Callable[[], Awaitable[None]]
    ) -> None:
        """Stand between the coach and its conversations; `afresh` puts the sample data back."""
        self._dispatch = dispatch
        self._acts = acts
        self._talk = talk
        self._clock = clock
        self._afresh = afresh
        self._done: OrderedDict[str, None] = OrderedDict()

    async def do(self, what: str, scene: Scene, posted: Posted) -> Next:
        """Do `say`, `act`, `form`, `coach`, `clock` or `afresh`. Raises `CoachError` where it can't."""
        match what:
            case "say":
                return await self._say(scene, posted)
            case "act":
                return await self._handle(receive.touched(_moment(scene, posted), posted), scene)
            case "form":
                return await self._submit(scene, posted)
            case "coach":
                return await self._point(scene, posted)
            case "clock":
                return await self._move(scene, receive.one(posted, "move"))
            case "afresh":
                return await self._start_over(scene)
            case _:
                raise InvalidInputError

    async def home(self, scene: Scene) -> Scene:
        """Fill the coach's own page."""
        event = receive.opened(Moment(scene.me.direct, scene.now, f"home.{scene.now.isoformat()}"))
        outcome = await self._acts.carry_out(event, await self._dispatch(event))
        return replace(scene, home=outcome.home)

    async def _say(self, scene: Scene, posted: Posted) -> Next:
        moment, text = _moment(scene, posted), receive.one(posted, "text").strip()
        if not text or self._repeated(moment.receipt("words", text)):
            return Go(scene.url)
        everyone = not is_direct(moment.address) and not receive.is_command(text)
        line = await self._talk.post(moment.address, scene.me.id, Words(text), moment.at, everyone=everyone)
        event = receive.heard(moment, text)
        return await self._handle(event, scene, line=line) if event else _at(scene, line)

    async def _submit(self, scene: Scene, posted: Posted) -> Next:
        form = receive.form_of(posted)
        event = receive.submitted(_moment(scene, posted), form, posted)
        problems = receive.problems(form, event.answers) or await self._acts.unread(event)
        return _refused(scene, form, event, problems) if problems else await self._handle(event, scene, form=form)

    async def _handle(self, event: Event, scene: Scene, *, line: str = "", form: Form | None = None) -> Next:
        """Bring an event to the coach, carry out what it answers, and show where that leads."""
        if self._repeated(event.receipt):
            return Go(scene.url)
        outcome = await self._acts.carry_out(event, await self._dispatch(event))
        if outcome.form:
            return replace(scene, sheet=Sheet(form=outcome.form, typed={}, problems={}, message=event.message))
        if outcome.problems:
            return _refused(scene, form, event, outcome.problems)
        room = DIRECT if outcome.line and scene.room == HOME else scene.room
        return _at(replace(scene, room=room), line or outcome.line)

    async def _point(self, scene: Scene, posted: Posted) -> Next:
        """Bring a line of the conversation to the coach, if this person can read it."""
        message = receive.message_of(posted)
        entries = await self._talk.history(scene.address)
        entry = next((one for one in entries if one.id == message), None)
        if entry is None:
            raise NotFoundError(
                "That message is no longer in the conversation. Nothing was changed; choose another one."
            )
        author = PEOPLE[entry.author].name if entry.author in PEOPLE else COACH_NAME
        return await self._handle(
            receive.pointed(_moment(scene, posted), entry.id, words_of(entry.line), author), scene
        )

    async def _move(self, scene: Scene, move: str) -> Next:
        match move:
            case "morning":
                self._clock.next_morning(scene.me.zone)
            case "week":
                self._clock.next_week(scene.me.zone)
            case "now":
                self._clock.reset(await self._talk.newest())
            case _:
                raise InvalidInputError
        return Go(scene.url)

    async def _start_over(self, scene: Scene) -> Next:
        await self._talk.start_over(self._clock())
        self._clock.reset()
        await self._afresh()
        return Go(scene.url)

    def _repeated(self, receipt: str) -> bool:
        """Say whether this was done before; remember it for next time."""
        if receipt in self._done:
            return True
        self._done[receipt] = None
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        return False


def kept(scene: Scene, posted: Posted, error: CoachError) -> Scene:
    """Show the page again with what went wrong, and everything that was typed."""
    try:
        form = receive.form_of(posted)
        sheet = Sheet(form=form, typed=receive.typed(form, posted), problems={"": error.sentence})
    except InvalidInputError:
        sheet = None
    problem = "" if sheet else error.sentence
    return replace(scene, problem=problem, draft=receive.one(posted, "text"), sheet=sheet, status=status_of(error))


def status_of(error: CoachError) -> int:
    """Give the HTTP status that fits an error."""
    return _STATUS.get(type(error), _UNPROCESSABLE)


def _refused(scene: Scene, form: Form | None, event: Event, problems: Mapping[str, str]) -> Scene:
    """Keep the form open with a sentence at each wrong field."""
    if form is None:
        return replace(scene, problem=" ".join(problems.values()), status=_UNPROCESSABLE)
    typed: Mapping[str, str] = getattr(event, "answers", {})
    sheet = Sheet(form=form, typed=typed, problems=problems, message=event.message)
    return replace(scene, sheet=sheet, status=_UNPROCESSABLE)


def _moment(scene: Scene, posted: Posted) -> Moment:
    return Moment(scene.address, scene.now, receive.one(posted, "once")[:80])


def _at(scene: Scene, line: str) -> Go:
    return Go(f"{scene.url}#m{line}" if line else scene.url)
