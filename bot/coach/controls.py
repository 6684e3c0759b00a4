"""What a rep types to steer a conversation, rather than to answer: back, later, change the discount."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Steer(StrEnum):
    """Where to steer."""

    BACK = "back"
    OVER = "over"
    LATER = "later"
    NOTHING = "nothing"
    RIGHT = "right"
    UNDO = "undo"
    CHANGE = "change"
    DROP = "drop"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Control:
    """A wish to steer; `about` names the entry it is for and `anew` what it should be, where the words say so."""

    steer: Steer
    about: str = ""
    anew: str = ""


# A whole sentence and nothing else: "later" steers, "they can sign later" answers.
_WHOLE = {
    Steer.BACK: r"(?:go |one )?back|(?:the )?previous(?: one| question)?|wait,? (?:go )?back",
    Steer.OVER: r"(?:let'?s |can we )?(?:start|begin)(?: all)? (?:over|again|afresh)|restart|reset|from scratch",
    Steer.LATER: (
        r"(?:maybe |let'?s do (?:it|this) |do (?:it|this) |i'?ll do (?:it|this) )?later|not now|stop|pause"
        r"|cancel|quit|exit|tomorrow|bye|leave it(?: there)?|(?:gotta|have to) (?:go|run)"
        r"|(?:that'?s )?enough(?: for (?:now|today))?"
    ),
    Steer.NOTHING: (
        r"nothing(?: (?:yet|else|really|so far))?|none|no|nope|nah|skip(?: (?:it|this|that))?|pass|n/?a|-+|no idea"
        r"|not yet"
        r"|(?:i )?(?:do ?n[o']?t|dont) (?:really )?know(?: yet)?|dunno|idk|not sure|no clue|\?+"
        r"|(?:they )?have ?n[o']?t asked(?: (?:yet|for anything))?(?: yet)?|nothing comes to mind"
    ),
    Steer.RIGHT: (
        r"ok(?:ay)?|k|yes|yep|yeah|yup|sure|fine|good|great|perfect|correct|right|exactly|next|done|go on|continue"
        r"|(?:that |this |it |all )?looks? (?:right|good|fine|ok(?:ay)?)|sounds (?:good|right)"
        r"|that'?s (?:right|it|all|fine)"
        r"|all good|👍|✅|👌"
    ),
    Steer.UNDO: r"(?:no,? )?(?:forget|scratch|undo|ignore|delete|remove|strike) (?:that|it|this)|undo|never ?mind|oops",
    Steer.SHOW: r"(?:show|see)(?: me)?(?: the| my)? plan(?: so far)?|where (?:are|were) we",
}
_SAID_WHOLE = {steer: re.compile(rf"(?:{words})(?: please| thanks)?", re.IGNORECASE) for steer, words in _WHOLE.items()}
_ABOUT = r"(?:(?:the|my|our|their) )?(?P<about>[^\W\d_][\w /-]{0,60}?)"
_CHANGE = re.compile(
    rf"(?:please )?(?:change|edit|correct|fix|adjust|set|make) {_ABOUT}(?: (?:to|into|=) ?(?P<anew>.{{1,200}}))?",
    re.IGNORECASE,
)
_DROP = re.compile(
    rf"(?:please )?(?:drop|remove|delete|forget|scratch|strike|take (?:out|off)|leave out|no) (?:about )?{_ABOUT}",
    re.IGNORECASE,
)


def control(sentence: str) -> Control | None:
    """Read a sentence that steers; None for any other."""
    line = " ".join(sentence.split()).replace("’", "'").strip(" .!,;:\"'")
    for steer, words in _SAID_WHOLE.items():
        if words.fullmatch(line):
            return Control(steer)
    if change := _CHANGE.fullmatch(line):
        return Control(Steer.CHANGE, change["about"], change["anew"] or "")
    if drop := _DROP.fullmatch(line):
        return Control(Steer.DROP, drop["about"])
    return None


def leaves(sentence: str) -> bool:
    """Say whether it leaves what is talked about: later, stop, never mind."""
    steered = control(sentence)
    return steered is not None and steered.steer in (Steer.LATER, Steer.UNDO)


def tells_nothing(sentence: str) -> bool:
    """Say whether there is no answer in it yet: I don't know, ???."""
    steered = control(sentence)
    is_unknown = steered is not None and steered.steer is Steer.NOTHING
    return is_unknown or not any(sign.isalnum() for sign in sentence)
