"""The words reps write dates with, and one plain way to write each of them."""

import re

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_COUNTS = {word: number for number, word in enumerate(_NUMBERS)} | {
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

# Only slips that leave one word to be meant: "sonday" is Sunday or Monday, and stays unread.
_SLIPS = {
    "monday": "mondy mondya monady",
    "tuesday": "teusday tuseday tuesady tuesay",
    "wednesday": "wendesday wednsday wensday wedensday wedesday wednesay wednesdy",
    "thursday": "thursay thusday thurday thrusday thurdsay thursdya thurssday",
    "friday": "firday fridya fridy",
    "saturday": "saterday satruday saturdy",
    "tomorrow": "tomorow tommorow tommorrow tomorrw tomrrow tmrw tmr tmw tmrrw",
    "january": "janurary januray janaury",
    "february": "febuary feburary febraury",
    "august": "agust augst",
    "september": "setpember septmber septemer",
    "october": "ocotber octobr",
    "november": "novemeber novmber",
    "december": "decmber decemeber",
}
_SHORT = {
    "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds", "thursday": "thu thur thurs", "friday": "fri",
    "saturday": "sat", "sunday": "sun",
    "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
    "august": "aug", "september": "sep sept", "october": "oct", "november": "nov", "december": "dec",
    "quarter": "qtr",
}  # fmt: skip
_PLAIN = {
    **{other: word for table in (_SHORT, _SLIPS) for word, others in table.items() for other in others.split()},
}
_WORD = re.compile(r"[a-z']+")
# A number in words counts something; "may one" is no day of May.
_COUNT = re.compile(
    rf"\b(?:{'|'.join(_COUNTS)})(?= (?:business|biz|work|day|wk|week|fortnight|month|year|hour|{'|'.join(DAYS)}))"
)
_NAMES = "|".join((*DAYS, *MONTHS))
_FIRST = "|".join(_ORDINALS)
_MONTH_ENDS = "|".join(sorted({f"{month[-3:]} " for month in MONTHS}))
_ORDINAL = re.compile(rf"\b(?:{_FIRST})(?= (?:of|day|quarter|{_NAMES})\b)|(?<={_MONTH_ENDS})(?:{_FIRST})\b")

LONGEST = 80  # characters; nobody needs more for a date
DAY = "(?:" + "|".join(DAYS) + ")"
MONTH = "(?:" + "|".join(MONTHS) + ")"
NTH = r"(?:[12]?1st|2?2nd|2?3rd|[12]?[0-9]th|30th|31st)"
YEAR = r"(?:[12][0-9]{3}|next year|this year)"
WORKDAY = r"(?:(?:business|biz|work|working) ?days?|workdays?|weekdays?)"
# When people go home, the last moment of a day, and any moment in it.
_OF_DAY = r"(?:the )?end of (?:the )?"
CLOSE = rf"(?:cob|eob|eobd|(?:the )?(?:close|end) of (?:business|play)|{_OF_DAY}(?:business|work(?:ing)?) day)"
DAY_END = rf"(?:eod|{_OF_DAY}day|{CLOSE})"
_CLOCK = (
    r"(?:at )?(?:noon|midday|(?!12(?::[0-9]{2})? ?am)(?:1[0-2]|0?[1-9])(?::[0-5][0-9])? ?[ap]m"
    r"|(?:0?[1-9]|1[0-9]|2[0-3]):[0-5][0-9])(?: (?:[ecmp][sd]?t|gmt|utc|bst|cest|cet))?"
    r"|at (?:1[0-2]|[1-9])|(?:at )?(?:1[0-2]|[1-9]) o'clock"
)
_PART = r"(?:(?:early |late |in the )?(?:morning|afternoon|evening|night|lunchtime|lunch)|mid ?(?:morning|afternoon))"
MOMENT = rf"(?:{DAY_END}|{_CLOCK}|{_PART}|first thing)"

_TIME = re.compile(
    rf"{DAY}s?|{MONTH}|{NTH}|[0-9][0-9./:-]*(?:am|pm)?|am|pm|q[1-4]|h[12]|eo[bdwmqy]|cob|today|tomorrow|tonight|noon"
    r"|asap|soon|shortly|later|early|late|mid|beginning|start|end|morning|afternoon|evening|night|lunch|hours?|days?"
    r"|weeks?|weekend|fortnights?|months?|quarters?|years?|summer|spring|autumn|winter|christmas|easter|possible"
    r"|yesterday"
)
_BETWEEN = frozenset({
    "a", "an", "the", "by", "on", "in", "at", "of", "until", "till", "before", "after", "within", "next", "this",
    "last", "as", "few", "couple", "or", "and", "due", "about", "around", "from", "now", "business", "working", "no",
    "not", "than", "coming",
})  # fmt: skip
_POLITE = re.compile(r"^(?:please )?(?P<rest>.+?)(?:,? (?:please|pls|thanks|thx|(?:at )?(?:the )?latest))*$")
# "Before Friday" leaves Thursday or Friday to be meant; "before the end of March" doesn't.
_LEAD = re.compile(
    r"^(?:due )?(?:(?:by (?:the )?latest|latest(?: by)?|by|until|untill|till|'?til|(?:no|not) later than)(?: on)?"
    r" |on (?:or before )?|at (?=(?:the )?(?:end|month|quarter|year)\b)"
    r"|before (?=(?:the )?(?:end|eo[bdwmqy]|cob|close|(?:month|quarter|year)(?:'s)? end)\b))?"
)
_ARTICLE = re.compile(rf"^the (?!{DAY}\b)")


def plain(phrase: str) -> str:
    """Write a phrase in small letters with full names and digits, one space apart; "" if it is too long.

    "Thurs., 3 p.m." becomes "thursday 3 pm". Words it doesn't know stay as they are.
    """
    phrase = phrase.strip()
    if len(phrase) > LONGEST:
        return ""
    text = re.sub(r"[\s,]+", " ", phrase.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    text = re.sub(r"(?<=[a-z])\.", "", text).strip(" ;!")
    if text.count(".") == 1:  # "15.3." needs its last one
        text = text.rstrip(".")
    text = re.sub(r"(?<=[a-z])-|-(?=[a-z])", " ", text)
    text = re.sub(r"\bnew year'?s\b", "newyears", text)
    text = _WORD.sub(lambda found: _PLAIN.get(found[0], found[0]), text)
    text = _COUNT.sub(lambda found: str(_COUNTS[found[0]]), text)
    return _ORDINAL.sub(lambda found: _nth(_ORDINALS.index(found[0]) + 1), text)


def bare(text: str) -> str:
    """Take from a plain phrase what doesn't move its date: "due by the 15th please" becomes "15th"."""
    if polite := _POLITE.match(text):
        text = polite["rest"]
    return _ARTICLE.sub("", _LEAD.sub("", text))


def speaks_of_time(word: str) -> bool:
    """Whether a word alone tells of a day or an hour: "thu", "15th", "3pm", "week", "soon"."""
    return bool(_TIME.fullmatch(plain(word)))


def sounds_like_time(phrase: str) -> bool:
    """Whether a phrase is about time from end to end, be it a date or not: "soon", "early next week"."""
    words = [word for word in plain(phrase).split() if word not in _BETWEEN]
    return bool(words) and all(_TIME.fullmatch(word) for word in words)


def _nth(number: int) -> str:
    suffixes = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{suffixes.get(number, 'th')}"
