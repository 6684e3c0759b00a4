"""Cards and forms as the coach says them on an ordinary day."""

from itertools import compress, product
from operator import ge

from bot.chat.cards import (
    Button,
    Buttons,
    Card,
    Checklist,
    ChoiceField,
    Fact,
    Facts,
    Form,
    Heading,
    Menu,
    Option,
    PlaceField,
    Points,
    Quote,
    Table,
    TextField,
    Tick,
    prose,
    quiet,
    runs,
    strong,
)
from bot.chat.charts import Chart, Series
from bot.chat.contact import Chat
from bot.chat.scatter import Mark, Point, Scatter

PREP = Card(
    "Your prep for Acme renewal: 2 of 4 ready.",
    (
        Heading("Acme renewal"),
        prose(strong("€48,000"), ", closes on Tuesday, 30 November."),
        Points(
            (
                runs("What matters to them is still a guess. Ask: ", strong("what would make this year easier?")),
                runs("Your longer payment term has ", strong("nothing in return"), " yet."),
                runs("No opener noted. Their new warehouse went live in May."),
            )
        ),
        Facts((Fact("Ideal", "€52,000 over two years"), Fact("Walk-away", "€44,000")), empty="No numbers yet."),
        Checklist(
            "prep:17:before",
            "Before the meeting",
            (
                Tick("clarity.perspective.success", "Pictured success from their side", done=True),
                Tick("balance.plan.gives", "Listed what could be given", done=True),
                Tick("balance.plan.gets", "Listed what to ask for in return"),
                Tick("connection.rapport.opener", "Chose a sincere opener"),
            ),
        ),
        Buttons(
            (
                Button("Answer three questions", "prep.quick", "17", style="primary", dialog=True),
                Button("All twelve", "prep.full", "17"),
                Button("Share without numbers", "prep.share", "17", dialog=True),
            )
        ),
        quiet("Only you can see this."),
    ),
)

DEALS = Card(
    "You have 3 deals.",
    (
        Heading("Your deals"),
        Table(
            ("Deal", "Client", "Value", "Closes"),
            (
                ("Acme renewal", "Acme", "€48,000", "30 Nov"),
                ("Pilot", "Bolt & Sons", "$5,200", ""),
                ("Framework", "Çelik A.Ş.", "TRY 1,200,000", "15 Jan 2027"),
            ),
        ),
        Menu("prep.open", "Prepare a deal", (Option("d1", "Acme renewal"), Option("d2", "Pilot"))),
        Menu("deal.edit", "Change a deal", (Option("d1", "Acme renewal"), Option("d2", "Pilot")), dialog=True),
        Buttons((Button("Add a deal", "deal.add", dialog=True),)),
    ),
)

TIP = Card(
    "Answer a demand with an exchange.",
    (
        Heading("Trade, don't discount"),
        prose("A demand is a chance to learn what the other side would give for it."),
        Quote("If we moved the start to May, would you sign for two years?"),
        Points((runs(strong("Try it: "), "take the last demand you heard and write two ifs."),)),
        Buttons((Button("Another one", "tip.next"), Button("Why it works", "tip.why", "balance.trade"))),
    ),
)

HELP = Card(
    "What I can do here.",
    (
        Heading("What I can do here"),
        prose("Type ", strong("prep acme"), " before a meeting, or press a button."),
        Buttons(
            (
                Button("Prepare a deal", "prep.pick", style="primary"),
                Button("A tip for today", "tip.next"),
                Button("My deals", "deals.list"),
                Button("Forget me", "privacy.forget", style="danger", confirm="Delete everything I keep about you?"),
            )
        ),
        quiet("I keep your deals, your preps and your settings. Only you see them."),
    ),
)

WEEK = Card(
    "Your team's week, in three pictures.",
    (
        Heading("Your team's week"),
        Chart(
            "bars",
            "Gives by what was asked in return",
            "Seven of nine gives had a get.",
            "In return",
            ("With a get", "With a promise", "For nothing"),
            (Series("Gives", (6, 1, 2)),),
        ),
        Chart(
            "donut",
            "Promises",
            "Twelve of sixteen promises were kept, one is late.",
            "Promise",
            ("Kept", "Due", "Late"),
            (Series("Promises", (12, 3, 1)),),
        ),
        quiet("Counts only. No names, no scores."),
    ),
)

WEEKS = Card(
    "Gives with a get, week by week.",
    (
        Chart(
            "lines",
            "Gives with a get",
            "Gives with a get rose from 40% to 78% in six weeks, above the quarter's average since week 46.",
            "Week",
            ("Week 43", "Week 44", "Week 45", "Week 46", "Week 47", "Week 48"),
            (Series("Your team", (40, 38, 55, 62, 71.5, 78)), Series("Quarter's average", (50, 51, 52, 52, 54, 55))),
            unit="%",
        ),
    ),
)

# What three gives and three gets are worth to us and to them, at 10, 30 and 60 points for low, medium and high.
_TRADABLES = ((-30, 60), (-10, 30), (-30, 30), (60, -30), (30, -10), (60, -60))


def _agreements() -> tuple[Point, ...]:
    """Add up every choice of them."""
    deals = (compress(_TRADABLES, taken) for taken in product((0, 1), repeat=len(_TRADABLES)))
    return tuple(sorted({(sum(us for us, _ in deal), sum(them for _, them in deal)) for deal in map(tuple, deals)}))


def _undominated(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(one for one in points if not any(all(map(ge, other, one)) and other != one for other in points))


PLAN = Card(
    "Your plan for Acme renewal: three packages to choose from.",
    (
        Heading("Acme renewal: what both sides could agree on"),
        Scatter(
            "Every deal there could be",
            "Three packages stand right of your walk-away, about equal to you and worth 30 to 60 to them; "
            "today's offer leaves 0 to both.",
            "Worth to us",
            "Worth to them",
            _agreements(),
            _undominated(_agreements()),
            (
                Mark("A", "8 % off, two years, a reference call", 50, 50),
                Mark("B", "8 % off, onboarding, two years", 40, 60),
                Mark("C", "Onboarding, annual payment upfront", 50, 30),
            ),
            here=(0, 0),
            walk_away=20,
            their_limit=0,
        ),
        Buttons((Button("Word package A", "plan.word", "17:A", style="primary"), Button("Change it", "plan.edit"))),
        quiet("Only you can see this. Their side is your estimate."),
    ),
)

HELPED = Card(
    "Tom will help you with Acme.",
    (
        prose(strong("Tom Becker"), " will help you with what you asked: who knows their new CFO?"),
        Chat("Write to Tom", "U2", "tom@example.com"),
        Buttons((Button("Not needed any more", "line.take_back", "7"),)),
    ),
)

_WEEKS = ("28 Sep", "5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov", "16 Nov")
DIGEST = Card(
    "West: the digest for 16–22 Nov 2026",
    (
        Heading("West, 16–22 Nov 2026"),
        Heading("What went well"),
        Points((runs(strong("Ines: "), "Norden named the date themselves. We moved the start, they took two years."),)),
        Heading("Where help is wanted"),
        prose(strong("Maya: "), "Does anybody know procurement at Globex?"),
        Buttons((Button("I'll help", "digest.help", "t1.l3"),)),
        Facts(
            (Fact("Promises", "12 kept · 1 late · 5 still due"), Fact("Gives with a get", "5 of 11; last week 2 of 4"))
        ),
        Chart(
            "columns",
            "Gives and gets by week",
            "The last eight weeks; in the latest one counted, from 16 Nov: gives 11 and gets 9.",
            "Week from",
            _WEEKS,
            (
                Series("Gives", (None, None, None, 9, 6, None, 4, 11)),
                Series("Gets", (None, None, None, 11, 10, None, 0, 9)),
            ),
        ),
        Chart(
            "columns",
            "Promises kept, check-ins done",
            "The last eight weeks; in the latest one counted, from 16 Nov: promises kept 12 and check-ins done 21.",
            "Week from",
            _WEEKS,
            (
                Series("Promises kept", (None, None, None, None, 6, 7, 8, 12)),
                Series("Check-ins done", (None, None, None, 25, 23, 21, 25, 21)),
            ),
        ),
        quiet("A dash in a picture is a week without a number."),
        Buttons((Button("What's not here?", "digest.not_here", "t1"),)),
    ),
)

ERROR = Card(
    "I couldn't save that just now.",
    (
        prose("I couldn't save that just now. What you typed is still here; please send it again in a minute."),
        Quote("promise two extra training days by Friday"),
        quiet("Reference 7f3a"),
    ),
)

QUICK = Form(
    "prep.quick",
    "17",
    "Three questions",
    (
        TextField(
            "matters",
            "What matters to them besides price?",
            hint="For example: a date, a person, a risk",
            long=True,
            required=True,
        ),
        ChoiceField(
            "certainty",
            "How do you know?",
            (Option("said", "They said so"), Option("guess", "My guess"), Option("unknown", "I don't know yet")),
            value="guess",
        ),
        TextField("walk_away", "Your walk-away", hint="It never leaves your private view", value="€44,000"),
    ),
    intro="Acme renewal. Only you can see your answers.",
)

SHARE = Form(
    "prep.share",
    "17",
    "Share without numbers",
    (PlaceField("place", "Where to?", options=(Option("C1", "#sales"), Option("C2", "#deal-desk"))),),
    submit="Share",
)

CARDS = {
    "prep": PREP,
    "deals": DEALS,
    "tip": TIP,
    "help": HELP,
    "week": WEEK,
    "weeks": WEEKS,
    "plan": PLAN,
    "digest": DIGEST,
    "helped": HELPED,
    "error": ERROR,
}
FORMS = {"quick": QUICK, "share": SHARE}
