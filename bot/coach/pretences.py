"""The words of deceit: what people do who invent, pretend, stage or hide something."""

import re

from bot.coach.wishes import one_of

COST = one_of(
    r"\w*fees?", r"\w*charges?", r"costs?", "mark-?up", r"auto-?renew\w*", "levy", "levies",
    r"(?:price|rate|cost|yearly|annual) (?:\w+ )?(?:increase|rise|hike|jump)s?", r"(?:9|\d+ ?)% (?:rise|increase)",
)  # fmt: skip
BOSS = one_of(
    "boss", "manager", "management", "legal", "lawyers?", "board", "head ?office", "headquarters", "hq", "finance",
    "director", "cfo", "ceo", "cto", "coo", "committee", "compliance", "system", "auditors?", "insurers?",
    "accountants?", "supervisor", r"polic(?:y|ies)", "bank",
)  # fmt: skip
RIVAL = one_of(
    "another", "other", "second", "rival", "competing", r"(?:two|three|several|many) others?", "someone else",
    "somebody else",
)  # fmt: skip
_THEM = one_of("them", "him", "her", "people", "everyone", "procurement", r"(?:the|our|my|this) \w+")
_FEW = r"(?:[\w'-]+ ){0,4}"
_FALSE = one_of(
    "fake", "false", "artificial", "bogus", "phone?y", "fictitious", "fictional", "imaginary", "made-up",
    r"(?<=\ba )made up", "(?<=some )made up", "(?<=an )invented", "(?<=with )invented", "forged", "doctored",
    "falsified", "fabricated", "non[- ]?existent", "sham",
)  # fmt: skip
_UNWELCOME = one_of(
    COST, "margin", "clauses?", "print", r"penalt\w+", "bugs?", "outages?", "defects?", "problems?", "issues?",
    "risks?", "delays?", "faults?", "truth", "facts?", "increase", "condition", "audit", "recall", "damage", "cracks?",
    "leaks?", "complaints?", "incident", "breach", "subcontract\\w*", "outsourc\\w*", "extras?",
)  # fmt: skip

_INVENT = one_of(
    r"invent(?:ing)?", r"fabricat(?:e|ing)", r"ma(?:ke|king) (?:\w+ )?up", r"dream(?:ing)? up", r"forg(?:e|ing)",
    r"falsify(?:ing)?", r"back-?dat(?:e|ing)", r"cook(?:ing)? up", r"concoct(?:ing)?",
    r"photo-?shop(?:ping)?", r"tamper(?:ing)? with", r"pos(?:e|ing) as",
)  # fmt: skip
_HIDE = one_of(
    r"hid(?:e|ing)", r"conceal(?:ing)?", r"bury(?:ing)?", r"disguis(?:e|ing)", r"(?:sneak|slip|tuck)(?:ing)?(?: in)?",
    r"smuggl(?:e|ing)", r"obscur(?:e|ing)", r"cover(?:ing)? up", r"keep(?:ing)? quiet about", r"gloss(?:ing)? over",
    r"(?:not|without|avoid) mention(?:ing)?", r"without telling (?:them|him|her) about", r"mask(?:ing)?",
    r"bak(?:e|ing)", r"sweep(?:ing)?", r"camouflag(?:e|ing)", r"withhold(?:ing)?",
)  # fmt: skip
_STRETCH = one_of(
    r"exagg?erat(?:e|ing)", r"inflat(?:e|ing)", r"overstat(?:e|ing)", r"fudg(?:e|ing)", r"doctor(?:ing)?",
    r"massag(?:e|ing)", r"cook(?:ing)?", r"embellish(?:ing)?", r"pad(?:ding)?", r"understat(?:e|ing)",
    r"falsify(?:ing)?", r"twist(?:ing)?", r"manipulat(?:e|ing)", r"skew(?:ing)?", r"distort(?:ing)?", r"rig(?:ging)?",
    r"airbrush(?:ing)?",
)  # fmt: skip
_AWAY = one_of(
    "them",
    "him",
    "her",
    "procurement",
    "the (?:client|customer|buyer)",
    r"the (?:\w+ )?(?:contract|terms|footnotes?|annex|appendix|t&cs|total|invoice|print)",
    "there",
    "the end",
)
_BELIEVED = one_of("(?:we|there|our|this|someone|somebody|another|the|half|i|all|everyone|nobody)\\b", "it(?! over)\\b")
_PRAISE = one_of("reviews?", "testimonials?", "endorsements?", "recommendations?", "ratings")
_MAKE = one_of("write", "draft", "generate", "create", "come up with", "compose", "produce", "make")

# What a rep may well want to be heard as.
_SINCERE = r"(?:i|we)(?:'re|'m| are| am)? (?:in|on|both|care|get|understand|listen\w*|want|hear|value|respect)\b"

_SEEM = one_of("look", "sound", "seem", "appear", "read")
_LIKE = one_of("like", "as if", "as though")

_INVENTING = one_of(
    rf"{_INVENT}\b(?! (?:for|my mind|the difference|time|ground|lost|a way|a solution|with|after|and"
    r"|our minds?|your mind)\b)",
    rf"{_STRETCH} (?:the|our|my|how|a|some|what|it|this|things|on)\b",
    r"fake (?:a|an|the|some|our|interest|it|this|two|three|screenshots|that)\b",
    rf"{_FALSE} (?!to\b|or\b|and\b|if\b|when\b|but\b|news\b|it\b|by\b)\w+",
    rf"{_MAKE} (?:me )?(?:an? |some |two |three |four |five |\d+ )?(?:\w+ )?{_PRAISE}\b(?! (?:request|form|page))",
    rf"{_MAKE} (?:me )?{_FEW}(?:quote|review|statement|praise|story) (?:as if )?(?:from|by) an? (?:very )?"
    r"(?:happy|pleased|satisfied|delighted|thrilled)\b",
    r"come up with (?:[\w']+ ){0,3}(?:references?|names?|testimonials?|stories|customers?|figures?)\b",
    r"\w+ (?:that|who|which) (?:do|did|does)(?:n't| not) (?:really )?exist\b",
)
_PRETENDING = one_of(
    r"pret[ea]?nd(?:ing)?\b(?! you)",
    r"bluff(?:ing)?\b",
    r"(?:need|want|give me|write me|draft|plan) (?:an? |some |the )?(?:\w+ )?(?:bluff|lie)s?\b",
    r"(?:lie|lying)\b(?! (?:behind|in|with|awake|down))",
    r"(?:mislead(?:ing)?|deceiv(?:e|ing))\b",
    rf"(?:trick|fool|dupe|con|hoodwink|scam) {_THEM}\b",
    rf"{one_of('let', 'make', 'have', 'get')} {_THEM} (?:to )?(?:keep )?(?:think|believ|assum)(?:e|ing)?"
    rf" (?:that )?{_BELIEVED}",
    r"(?:say|saying|answer) yes without (?:\w+ )?saying (?:yes|it|so)",
    r"excuse for (?:no|not|missing|being|the|our|my)\b",
    r"so(?: that)? (?:it|this) (?:keeps|still) (?:look|sound|seem)",
    r"want (?:\w+ ){1,3}to (?:think|believe|feel) .{0,30}\b"
    r"(?:gone|booked|sold|last|another|others?|someone|only|rival)\b",
    r"alibi\b|keep(?:ing)? up (?:the|that|my|our) (?:story|pretence|act|lie|illusion|fa[cç]ade)\b",
    rf"(?:make .{{1,40}}|(?:want|need|like|try) to) {_SEEM} (?:\w+er|(?:more|less) \w+) than"
    r" (?:it|we|they|he|she|i)\b(?! feel)",
    r"(?:sneaky|cunning|devious|crafty|underhand) (?:way|trick|wording|line|move)\b",
    r"pass(?:ing)? (?:[\w']+ ){0,3}off\b(?! to\b)",
    r"(?:as (?:our|an?) (?:rival|competitor|(?:happy|satisfied) \w+)|in the (?:voice|name) of)\b",
    r"good (?:cop|liar)\b|(?:confident|convincing) (?:yes|denial)\b",
    r"us(?:e|ing) (?:\w+ ){1,4}as an? (?:excuse|scapegoat|pretext|cover|shield)\b",
    r"(?:puts?|shifts?|push(?:es)?|pins?) the blame on(?:to)?\b",
    r"deny(?:ing)? (?:that (?:we|i|it|there|our|the)|we|having|knowing)\b",
    r"tell(?:ing)? \w+ what (?:they|he|she) (?:wants?|would like|likes?) to hear\b",
    r"(?:is|be|as|play|make \w+) the (?:bad guy|bad cop|villain)\b",
    r"hid(?:e|ing) behind\b",
    r"(?:number|figure|amount|percentage|name|reason|excuse|statistic|story|value|date)s?(?: \w+)?"
    r" sounds? (?:more )?(?:believable|plausible|credible|convincing|impressive|realistic)",
    r"(?:convincing|credible) (?:lie|story|pretext|excuse|cover)\b",
    r"(?:believable|plausible) (?:\w+ )?(?:rival|price|offer|bid|number|figure|excuse|reason|story|name"
    r"|lie|pretext|cover)",
    r"(?:dodge|sidestep) the (?:\w+ )?(?:question|truth|issue)",
    r"half (?:the (?:story|truth)|truths?|a truth)",
    r"smoke ?screen|white lie|cover story|pretext",
    r"make (?:that|it|this) (?:more )?(?:credible|believable|plausible|convincing)\b",
    rf"(?:put|pin|push) (?:it|this|that) on (?:my |our |the )?{BOSS}\b",
    r"keep (?:them|him|her) (?:believing|thinking|in the dark)\b",
    r"blam(?:e|ing) (?:the|my|our) [\w ]{2,20} for\b",
    rf"blam(?:e|ing) (?:it |this |that )?(?:on )?(?:my |our |the )?{BOSS}\b",
    r"so(?: that)? (?:they|he|she) (?:will |would )?(?:still )?(?:thinks?|believes?|assumes?)"
    r"\b(?! (?:about|it over|twice|of|me|us|in|again|before|it's fair|(?:that )?(?:we're|we are|i'm|i am|we care))\b)",
)
_STAGING = one_of(
    r"(?:word|phrase|write|say|put|act|play|make|sound|behave|formulate|draft|sell|present|drop|mention|talk)(?:ing)?"
    r" (?:[\w'-]+ ){0,6}as (?:if|though)\b(?! (?:you|i was|i were|(?:they|he|she)(?: |'re|'s)|to\b))",
    rf"(?:need|want|like|try|trying) to {_SEEM} {_LIKE}(?! {_SINCERE}) (?:i|we|there|it)\b",
    rf"(?:want|need|like) (?:it|this|that|the \w+) to {_SEEM} {_LIKE}(?! {_SINCERE})",
    r"act(?:ing)? like (?:we|our|the|there|it|my|i|he|this)\b",
    r"(?:phrase|word) (?:it|this) like\b",
    rf"(?:make|making|so) (?:it|this|that) {_SEEM}s? {_LIKE}"
    rf"(?! {_SINCERE}| (?:an? )?(?:partner|team|human|trade|joint|win|proper|prof|nice|good|normal))",
    rf"(?:make|makes|making) (?:the|our) {_FEW}{_SEEM}s? (?:free|as if|as though)\b",
    r"(?:looks?|sounds?|reads?) like (?:proof|evidence|an official|it came|it's from)\b",
    r"(?:make|making) (?!(?:it|this|that|me|us|them|him|her|my|the (?:e-?mail|mail|message|text|letter"
    r"|offer|note|proposal|quote|document|deck))\b)"
    r"(?:[\w'%-]+ ){1,4}(?:sound|look|read|seem) like\b(?! (?:an? )?(?:partner|team|person|human|friend|one))",
    r"want (?:\w+ ){1,3}to (?:think|believe) (?:that )?(?:i'm|i am|it's|he's|she's|we have|we've got) an?\b",
    r"reads? like a (?:service|benefit|favou?r|bonus|discount|standard)\b",
    r"(?:have|get|ask) (?:my|an?|one of) (?:[\w']+ ){1,4}(?:play|pose|pretend|act|call (?:\w+ )?as|ring (?:\w+ )?as)\b",
    r"by accident so\b|'?accidentally'? (?:forward|send|mention|leak|cc|let|show|leave)",
    r"sell it as (?:brand )?(?:new|our|original|premium)\b",
    r"(?:so (?:that )?|make )the (?:rebate|discount|price|deal|saving) (?:looks?|seems?|appears?)\b",
)
HIDING = one_of(
    rf"{_HIDE} (?:[\w%-]+ ){{0,3}}{_UNWELCOME}\b",
    rf"(?:sneak|slip|hide|bury|tuck|smuggle) (?:[\w%-]+ ){{1,5}}?(?:past|into|in|from|deep in|somewhere in) {_AWAY}\b",
    r"(?:leav(?:e|ing) out|omit(?:ting)?|cover(?:ing)? up) (?:that|the fact|how)\b",
    r"hid(?:e|ing) (?:that|how|from|the fact|it from)\b",
    r"(?:keep(?:ing)?|stay) (?:[\w'-]+ ){0,8}(?:secret from|hidden|a secret|out of (?:their )?sight"
    r"|(?:off|under|below) (?:their|his|her|the) radar)",
    r"(?:write|draft|need|give me|put together|make|want) (?:[\w'-]+ ){0,4}that"
    r" (?:hides?|masks?|conceals?|obscures?)\b",
    r"be (?:hidden|buried|tucked|disguised|slipped|sneaked|smuggled|masked|concealed)\b",
    r"as hard to (?:find|spot|see|notice|understand|read|compare)\b",
    rf"{COST} (?:\w+ )?(?:vanish|disappear)\b",
    rf"(?:raise|increase|add|change|remove|drop|cut|lower|swap|put up) {_FEW}(?:quietly|secretly|silently"
    r"|behind (?:their|his|her) backs?|on the quiet|on the sly)\b",
    r"(?:quietly|secretly|silently) (?:raise|increase|add|change|remove|drop|put|cut|lower|swap|cover|bill|charge)s?\b",
    r"so (?:vague|vaguely|complicated|small|technical) (?:that )?(?:they|he|she|nobody|no one)\b",
)
# What somebody does who deceives. Who that is, and whether they want to, stands before it.
ACTS = re.compile(rf"\b{one_of(_INVENTING, _PRETENDING, _STAGING, HIDING)}")

_FREE = one_of(
    "mine to (?:give|make|decide)", "free hand", "full authority", r"i (?:can|could) (?:decide|sign|approve)"
)
_PASSED_ON = (
    rf"(?:use|say|says|write|claim|tell \w+)\b.{{1,40}}\b(?:{BOSS}|sign-?off|approval|from above|hands are tied)\b"
)
# So plain that nothing before it matters.
OUTRIGHT = re.compile(
    r"\b"
    + one_of(
        r"(?:does|do)(?:n't| not) (?:have|need) to be (?:true|real|correct)\b",
        r"without (?:it |this |that )?(?:being|having to be) (?:\w+ )?(?:true|accurate|correct)\b",
        r"(?:without|not|isn't) (?:technically|strictly|outright|exactly) (?:a lie|lying|true)\b",
        r"(?:no|any) (?:data|figures?|numbers?|evidence|measurements?|source)\b.{0,30}\bjust"
        r" (?:something|anything|make)\b",
        r"if (?:they|he|she) (?:thinks?|believes?|thought)\b.{3,60}[.,;(] ?(?:it|they|that|there|we|i|none)"
        r" ?(?:'s |'re )?(?:\w+n't|not)\b",
        r"(?:never|haven't|didn't|don't) (?:\w+ )?(?:had|have|test|measur|track|check|count)\w*.{0,40}"
        r"\b(?:what|which) (?:\w+ ){1,2}(?:sounds?|would sound|looks?)\b",
        r"(?:not|leave|out of|remove|vanish|off)\b.{1,60} (?:and|then|but) (?:\w+ )?"
        r"(?:add|bill|charge|invoice) (?:it|them)\b",
        r"that avoids? (?:saying|admitting|mentioning)\b",
        r"without (?:actually |ever )?(?:admitting|confirming|claiming)\b",
        r"if (?:they|he|she) (?:sees?|saw|knew|notices?|found|reads?)\b.{1,40}\b(?:hide|where (?:can|do|should))\b",
        rf"{_FREE}\b.{{1,80}}\b{_PASSED_ON}|{_PASSED_ON}\b.{{1,80}}\b{_FREE}",
        r"that (?:hasn't|haven't|was never|were never|never|wasn't) (?:\w+ )?"
        r"(?:signed|happened|existed|discussed|agreed)\b",
        r"(?:thinks?|believes?|assumes?)\b.{1,60}(?:n't|not|wrong|false)\b.{1,60}\bkeep it that way\b",
        r"(?:never|n't|none|no)\b.{1,40}[.,;] ?.{0,12}\b(?:whip|make|cook|knock|come up with)"
        r" (?:one|some|something|two|three)\b",
        r"but (?:i |we )?(?:(?:i'd like|we'd like|want|need|would like|i'd prefer) to|i'd rather)"
        r" (?:say|claim|(?:look|sound|appear|seem) (?:like|as)|report (?:\w+ )?as)"
        r"(?! (?:it(?! as|'s)|so|this|no|yes|something|sorry|thanks?|thank|more|less|calm|firm|nice|polite|\w+al)\b)",
        r"(?:sell|pass|label|declare) (?:[\w']+ ){1,3}(?:off )?as .{3,50}[,.;(] ?"
        r"(?:it's|it is|they're|it was|actually|really)\b",
    )
)
