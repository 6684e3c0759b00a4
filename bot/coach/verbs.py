"""Who gives and who asks: the verbs, the people and the little words by which a sentence takes sides."""

from enum import Enum, auto

from bot.coach.tokens import Phrases


class Party(Enum):
    """Whose verb it is."""

    US = auto()
    THEM = auto()


class Act(Enum):
    """What a verb does with the thing after it.

    OFFER: its subject gives. ASK: its subject is to get. GET: the same, without a demand. ACCEPT: whoever
    gives that thing as a rule. SAY: names a number, theirs a demand and ours an offer. YIELD: only said of
    us ("waive"). BIND: only said of them ("sign").
    """

    OFFER = auto()
    ASK = auto()
    GET = auto()
    ACCEPT = auto()
    SAY = auto()
    YIELD = auto()
    BIND = auto()


def _forms(act: Act, forms: str) -> dict[str, Act]:
    return dict.fromkeys(forms.split(), act)


VERBS: dict[str, Act] = {
    **_forms(
        Act.OFFER,
        "give gives gave given giving offer offers offered offering do doing did done provide provides provided "
        "providing grant grants granted granting extend extends extended extending add adds added adding concede "
        "concedes conceded conceding promise promised promising guarantee guaranteed go going went budge stretch "
        "stretching let lets put move moved moving send supply cover covers covering covered bring contribute "
        "walk walked walks left moves share lend meet propose proposed proposing suggest suggested suggesting allow "
        "allowing allowed make made "
        "making grow growing up lift lifts raise raises raised hand handed handing",
    ),
    **_forms(
        Act.YIELD,
        "throw throwing threw thrown waive waiving waived waives include included knock knocking knocked shave "
        "shaving shaved drop dropping dropped cut cutting reduce reducing reduced lower lowering lowered slash "
        "slashing bundle bundling bundled sweeten forgo sacrifice discount match matching matched absorb "
        "shift chuck chip freeze lock fix hold migrate",
    ),
    **_forms(
        Act.BIND,
        "sign signs signed signing commit commits committed committing pay pays paid paying prepay prepays "
        "prepaying buy buys bought buying purchase purchases purchasing renew renews renewed renewing upgrade "
        "upgrading order ordering orders become becoming introduce introduces introducing refer prepaid increase "
        "increasing expand expanding host hosting publish publishing close closing take takes taking took be "
        "being act bump write writing speak record film",
    ),
    **_forms(
        Act.ASK,
        "want wants wanted wanting need needs needed needing ask asks asked asking demand demands demanded "
        "demanding insist insists insisted insisting request requests requested requesting require requires "
        "required requiring expect expects expected expecting push pushes pushed pushing press presses pressed "
        "pressing look looks looking looked hope hopes hoping hoped like love likes prefer prefers negotiate "
        "negotiating seek seeking chase chasing after beg begging begged fight fighting fish fishing angle "
        "angling plead pleading holds holding wish wishes target targeting claim gunning gun",
    ),
    **_forms(
        Act.GET,
        "get gets got getting receive receives received receiving have secure secured win enjoy keep gotten",
    ),
    **_forms(
        Act.OFFER,
        "thinking deliver delivers delivered delivering ship",
    ),
    **_forms(
        Act.BIND,
        "hit hits reach reaches reached reaching",
    ),
    **_forms(
        Act.SAY,
        "say says said saying counter counters countered countering came come comes coming",
    ),
    **_forms(
        Act.ACCEPT,
        "accept accepts accepted accepting agree agrees agreed agreeing settle settles settled settling trade "
        "trades trading traded swap swapping swapped live open ok okay fine comfortable consider "
        "considering",
    ),
}  # fmt: skip
# Verbs of several words, each with what it does, whatever its first word does alone.
_PHRASAL = {
    Act.GET: (
        "walk out with", "walked out with", "walk away with", "walked away with", "walks away with", "came away with",
        "come away with", "came out with", "left with",
    ),
    Act.OFFER: (
        "gave in on", "give in on", "gives in on", "let go of", "came down by", "come down by", "handed over",
        "moves to",
    ),
    Act.ACCEPT: ("say yes to", "said yes to", "says yes to", "say ok to", "said ok to", "says ok to"),
    Act.SAY: ("came in at", "comes in at", "came back with", "comes back with", "came back at", "came down to"),
}  # fmt: skip
PHRASAL = Phrases((phrase, act.name) for act, phrases in _PHRASAL.items() for phrase in phrases)
# These are verbs of trading in such a phrase alone.
ONLY_PHRASAL = frozenset({"walk", "walked", "walks", "left", "moves"})
# These mean so many things that only what comes right after them counts: "do 8%", "go up to 12%".
LOOSE = frozenset({
    "say", "says", "said", "saying", "counter", "counters", "countered", "countering", "came", "come", "comes",
    "coming", "thinking", "deliver", "delivers", "delivered", "delivering", "ship", "hit", "hits", "reach", "reaches",
    "reached", "do", "doing", "did", "done", "go", "going", "went", "put", "move", "moved", "moving", "make", "made",
    "making", "be", "being", "keep", "live", "let", "lets", "like", "love", "likes", "have", "look", "looks",
    "looking", "looked", "close", "closing", "meet", "open", "ok", "okay", "fine", "comfortable", "holds", "holding",
    "after", "suggest", "suggested", "shift", "send", "grow", "growing", "win", "stretch", "stretching", "share",
    "write", "writing", "speak", "record", "film", "hand", "handed", "handing",
    "increase", "increasing", "match", "matching", "matched", "act",
})  # fmt: skip
# And these ask only with "for": "pushing for net 60".
WITH_FOR = frozenset({
    "push", "pushes", "pushed", "pushing", "press", "presses", "pressed", "pressing", "look", "looks", "looking",
    "looked", "hope", "hopes", "hoping", "hoped", "fight", "fighting", "fish", "fishing", "angle", "angling", "plead",
    "pleading", "holds", "holding", "wish", "wishes", "beg", "begging", "begged", "negotiate", "negotiating",
    "gunning", "gun",
})  # fmt: skip
# "Let them pay net 60" is ours to give, whatever they do then.
LETTING = frozenset({"let", "lets", "letting", "allow", "allows", "allowing", "allowed"})
# To want to do these is to ask: "they want to pay net 60".
DEMANDING = frozenset({
    "pay", "paying", "push", "extend", "get", "have", "see", "cut", "reduce", "lower", "drop", "receive", "negotiate",
    "shave", "knock", "waive", "include", "move", "go", "stretch", "keep", "secure", "ask", "demand", "request",
    "bring",
})  # fmt: skip
PARTICIPLES = frozenset({"asked", "offered", "given", "promised", "granted", "pressed", "pushed"})
PASSIVE = frozenset({"was", "were", "been", "being", "got", "get", "am", "are", "is", "be"})
US = frozenset({"we", "i", "us", "me", "ourselves", "myself"})
THEM = frozenset({
    "they", "he", "she", "them", "him", "her", "client", "customer", "buyer", "prospect", "procurement", "you",
    "clients", "customers", "purchasing", "counterpart", "account",
})  # fmt: skip
NOMINATIVE_US = frozenset({"we", "i"})
NOMINATIVE_THEM = THEM - {"them", "him", "her"}
OURS = frozenset({"my", "our"})
# What may stand between a subject and its verb.
AUXILIARIES = frozenset({
    "could", "would", "d", "will", "ll", "to", "have", "is", "are", "am", "been", "be", "being", "really", "also",
    "even", "just", "now", "probably", "maybe", "again", "might", "can", "should", "must", "did", "do", "does", "has",
    "had", "was", "were", "still", "always", "currently", "then", "only", "all", "both", "never", "already",
    "usually", "keep", "keeps", "kept", "got", "gotta", "gonna", "going", "happily", "simply", "definitely",
    "certainly", "often", "absolutely", "may", "perhaps", "first", "actually", "basically", "likely", "apparently",
    "suddenly", "typically", "either", "instead", "able", "willing", "ready", "happy", "prepared", "supposed",
    "looking", "open", "trying", "in", "turn", "easily", "shall", "ought", "want", "wants", "plan", "ok", "okay",
    "fine", "wanna", "literally", "desperately", "clearly", "try", "cud", "wud", "shud", "culd", "woud", "coud",
    "wil", "recently", "finally", "later", "too", "firmly", "so", "generously", "kindly", "verbally", "almost",
    "nearly",
})  # fmt: skip
NEGATIONS = frozenset({
    "wont", "cant", "cannot", "dont", "doesnt", "didnt", "isnt", "wouldnt", "couldnt", "shouldnt", "havent", "hasnt",
    "never", "not", "no", "neither", "nor", "refuse", "refuses", "refused", "refusing", "reject", "rejects",
    "rejected", "decline", "declines", "declined", "nothing", "arent", "hadnt", "wasnt", "werent", "mustnt", "hardly",
    "aint", "avoid", "avoiding", "stop", "against",
})  # fmt: skip
# Words that lead away from trading: what follows is talked about, not put on the table.
AWAY = frozenset({
    "about", "regarding", "how", "why", "what", "whether", "because", "since", "example", "examples", "tip", "tips",
    "phrase", "phrases", "script", "email", "wording", "help", "advice", "idea", "ideas", "question", "questions",
    "template", "draft", "concerning", "re", "thoughts", "feedback", "ago", "where", "during", "update", "updates",
    "way", "ways", "confidence", "explain", "explained", "mail", "answer", "reply", "sentence", "line", "argument",
    "arguments", "time", "understand", "think", "impression", "feeling", "sense", "story", "through",
})  # fmt: skip
# Words that say nothing of their own, and so break no list and no thread.
PLAIN = frozenset({
    "a", "an", "the", "of", "for", "to", "on", "with", "at", "by", "in", "as", "and", "or", "our", "their", "my",
    "his", "her", "its", "some", "any", "another", "more", "extra", "additional", "further", "free", "new", "up",
    "that", "this", "these", "those", "it", "them", "us", "me", "him", "you", "maybe", "perhaps", "also", "even",
    "just", "only", "say", "like", "something", "about", "around", "roughly", "approximately", "well", "so", "ok",
    "okay", "then", "too", "both", "either", "least", "minimum", "possibly", "probably", "please", "again", "now",
    "better", "bigger", "higher", "longer", "small", "little", "big", "good", "nice", "public", "written", "short",
    "long", "two", "one", "full", "out", "off", "down", "over", "price", "pricing", "site", "website", "if", "signed",
    "contract", "deal", "yes", "yeah", "hmm", "hm", "from", "side", "today", "altogether", "flat", "per", "into",
    "be", "is", "plus", "annual", "whole", "first", "customer", "joint", "real", "hey", "hi", "thing", "things",
    "total", "fee", "fees", "worth", "max", "bit", "all", "same", "standard", "additionally", "and/or", "w", "etc",
    "onto", "here", "there", "next", "year", "tier", "level", "signature", "else", "instead", "between", "forward",
    "back", "usual", "list", "quick", "own", "offer", "give", "let", "sign", "permission", "rights", "use", "using",
    "discounted", "quoted", "commitment", "term", "terms", "onsite", "remote", "package", "what", "how", "can",
    "could", "would", "will", "should", "do", "we", "i",
})  # fmt: skip
# Little words and phrases that turn a sentence, and what each means.
_CUES = {
    "return": (
        "in return for", "in exchange for", "in return", "in exchange", "in turn for", "as a thank you for",
        "in trade for", "against", "if in return", "in return of", "in exchange of", "as compensation for",
        "in consideration for", "<->", "<>", "\u2194", "\u21c4",
    ),
    "if": (
        "if", "provided that", "provided they", "as long as", "so long as", "on condition that",
        "on the condition that", "assuming", "only if", "when", "once", "whenever", "given that", "providing",
        "but only if", "condition is that", "provided", "subject to", "conditional on", "contingent on",
        "on condition of", "depends on", "in case", "the moment", "as soon as",
    ),
    "unless": (
        "unless", "without", "until",
    ),
    "not": (
        "instead of", "rather than", "apart from", "except for", "in place of", "other than", "said no to",
        "turned down", "no to", "as opposed to", "versus", "than a", "than any",
    ),
    "maybe": (
        "what about", "how about", "what if we say", "thinking about", "thinking of",
    ),
    "then": (
        "then", "= >", "- >", "→", "⇒", "=", "in that case",
    ),
    "least": (
        "not less than", "no less than", "nothing less than", "not under", "not below", "nothing below",
        "no fewer than", "not fewer than", "nothing under",
    ),
    "from us": (
        "from us", "from me", "from our side", "from ours", "on our side", "our side", "from my side", "on my side",
        "from our end",
    ),
    "from them": (
        "from them", "from him", "from her", "from their side", "from theirs", "on their side", "their side",
        "from the client",
        "from the customer", "from the buyer", "from his side", "from her side", "from their end",
    ),
    "threat": (
        "or we walk", "or we leave", "or we go",
        "or they", "or else", "or he", "or she", "or no deal", "or were out", "or its over",
        "otherwise they", "else they", "or lose", "or we lose",
    ),
    "wanted": (
        "my ask", "for us :", "for me :", "our ask", "our asks", "our request", "our wish list", "our demand",
        "our gets",
    ),
    "offered": (
        "our offer", "our concession", "our concessions", "our gives", "my offer",
        "for them :", "for him :", "for her :", "for the client :", "for the customer :", "only cost", "just cost",
        "cost only", "cost me", "cost us", "costs me", "costs us",
        *(
            f"{whose} {what} {being}"
            for whose in ("my", "our", "the")
            for what in ("idea", "proposal", "suggestion", "answer", "counter")
            for being in ("is", "would be", ":")
        ),
    ),
    "demand": (
        "the ask is", "the ask was", "the request is", "the demand is",
        "their ask", "their asks", "their demand", "their demands", "their request", "their requests",
        "their wish list", "client ask", "customer ask", "they re after", "they are after", "he is after",
        "she is after", "wont sign without", "they after", "he after", "she after",
    ),
}  # fmt: skip
CUES = Phrases((phrase, meaning) for meaning, phrases in _CUES.items() for phrase in phrases)
EXCHANGE = frozenset({
    "signing", "paying", "committing", "taking", "prepaying", "giving", "letting", "being", "becoming", "agreeing",
    "introducing", "renewing", "doing", "hosting", "buying", "getting", "going",
})  # fmt: skip
