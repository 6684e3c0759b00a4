"""The names of tradables, and the spellings people type for them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.coach.tokens import Phrases

_DURATIONS = frozenset({"days", "weeks", "months", "years"})
_TIMES = frozenset({"days", "weeks", "hours", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """How one tradable is spoken of.

    `words` name it by themselves; `measures` only beside an amount ("off" in "8% off"). `units` are what its amount
    may be in, "" being a plain count and "$" any currency. `ours` and `theirs` say who gives it as a rule.
    """

    words: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    ours: bool = False
    theirs: bool = False
    service: bool = False


CATALOGUE: dict[str, Name] = {
    "discount": Name(
        words=("discount", "discounts", "price cut", "price reduction", "rebate", "money off", "lower price",
               "better price", "cheaper price", "price break", "disc"),
        measures=("off", "less", "cheaper", "reduction", "lower", "price decrease", "down"),
        units=frozenset({"%", "$"}), ours=True,
    ),
    "contract length": Name(
        words=("multi-year", "multiyear", "multi-year deal", "multi-year contract", "multi-year commitment",
               "multiyear deal", "multiyear contract", "longer term", "longer contract", "longer commitment",
               "long-term contract", "long-term commitment", "long-term deal", "longer deal",
               "shorter contract", "shorter term", "shorter commitment", "annual contract", "annual commitment",
               "annual deal"),
        measures=("contract", "contracts", "contract term", "term", "deal", "commitment", "commit", "agreement",
                  "renewal", "subscription", "extension", "lock in", "term commitment", "engagement", "contract length",
                  "partnership", "lockin"),
        units=frozenset({"months", "years"}), theirs=True,
    ),
    "payment terms": Name(
        words=("payment terms", "longer payment terms", "better payment terms", "extended payment terms",
               "quarterly payments", "quarterly payment", "monthly payments", "monthly payment", "quarterly billing",
               "monthly billing", "annual billing", "quarterly invoicing", "monthly invoicing", "payment plan",
               "instalments", "installments", "pay monthly", "pay quarterly", "pay in instalments"),
        measures=("net", "terms", "payment", "to pay", "pay in", "pay within", "invoice terms", "payments",
                  "paying in", "paying within", "paid in", "paid within", "payment in",
                  "payment within", "credit terms"),
        units=frozenset({"days", "weeks", "months", ""}),
    ),
    "upfront payment": Name(
        words=("upfront", "up-front", "up front", "upfront payment", "payment upfront", "in advance", "prepayment",
               "pre-payment", "prepay", "prepays", "prepaid", "prepaying", "advance payment", "pay ahead", "pre-pay",
               "payment in advance", "down payment", "deposit", "cash upfront", "paid upfront"),
        units=frozenset({"%", "$", "months", "years"}), theirs=True,
    ),
    "seats": Name(
        words=("more seats", "extra seats", "additional seats", "more licences", "more licenses", "extra licences",
               "extra licenses", "additional licences", "additional licenses", "more users", "extra users"),
        measures=("seats", "seat", "licences", "licenses", "licence", "license", "users", "user seats", "user licences",
                  "user licenses", "lics"),
        units=frozenset({""}), theirs=True,
    ),
    "free months": Name(
        words=("free months", "free month", "months free", "month free", "rent-free period"),
        units=frozenset({"months", "weeks", "years", ""}), ours=True,
    ),
    "onboarding": Name(
        words=("onboarding", "on-boarding", "on boarding", "setup fee", "set-up fee", "set up fee", "setup fees",
               "implementation fee", "implementation fees", "implementation", "free setup", "free set-up", "setup cost",
               "setup costs", "onboarding fee", "onboarding fees", "onboarding package", "kick-off workshop",
               "waive setup", "waive the setup", "waived setup", "waived the setup", "waiving the setup"),
        units=_TIMES | {"$", "%"}, ours=True, service=True,
    ),
    "training": Name(
        words=("training", "trainings", "training sessions", "training session", "training days", "training day",
               "workshop", "workshops", "enablement session", "enablement sessions", "training package"),
        units=_TIMES, ours=True, service=True,
    ),
    "support": Name(
        words=("support", "support package", "support plan", "support tier", "support level", "support hours",
               "dedicated csm", "dedicated customer success manager", "dedicated account manager", "named csm",
               "technical account manager", "helpdesk"),
        units=_DURATIONS | {"hours"}, ours=True, service=True,
    ),
    "case study": Name(
        words=("case study", "case studies", "casestudy", "case studie", "success story", "success stories",
               "customer story", "testimonial", "testimonials", "video testimonial", "written testimonial",
               "quote for our website", "quote on our website", "quote for our site", "quote on our site",
               "quote for the website", "public quote", "customer quote", "quote we can use", "quote we can publish"),
        units=frozenset({""}), theirs=True,
    ),
    "logo": Name(
        words=("logo", "logos", "logo rights", "logo use", "name on our website", "name on our site"),
        units=frozenset(), theirs=True,
    ),
    "reference call": Name(
        words=("reference call", "reference calls", "ref call", "ref calls", "reference", "references",
               "reference customer", "reference customers", "reference visit", "be a reference", "act as a reference",
               "references calls", "customer reference", "public reference"),
        units=frozenset({""}), theirs=True,
    ),
    "introduction": Name(
        words=("introduction", "introductions", "intro", "intros", "referral", "referrals", "introduce us",
               "introduces us", "introducing us", "introduce me", "introduced us", "refer us", "warm intro",
               "warm introduction"),
        units=frozenset({""}), theirs=True,
    ),
    "early signature": Name(words=("early signature", "early signing", "quick signature", "fast signature",
                                   "early sign off", "sign early", "sign earlier"), theirs=True),
    "volume": Name(
        words=("volume", "higher volume", "more volume", "volume commitment", "minimum volume", "bigger volume",
               "minimum commitment", "larger volume", "volume guarantee", "minimum spend", "bigger order",
               "larger order", "higher volumes", "more volumes", "guaranteed volume"),
        measures=("units", "unit order", "machines", "pallets", "covers", "pieces", "pcs", "tonnes", "tons", "litres",
                  "liters", "bottles", "boxes", "trucks", "vehicles", "devices", "sensors", "containers", "shipments",
                  "barrels", "crates", "meals", "loads", "robots", "vans", "panels"),
        units=frozenset({"$", "%", ""}), theirs=True,
    ),
    "trial": Name(
        words=("free trial", "trial", "trial period", "pilot", "free pilot", "proof of concept", "poc", "paid pilot"),
        units=_DURATIONS, ours=True,
    ),
    "price lock": Name(
        words=("price lock", "price-lock", "price freeze", "price hold", "price guarantee", "price protection",
               "rate lock", "fixed price", "fixed prices", "lock the price", "lock the prices", "lock prices",
               "lock in the price", "lock in prices", "lock in pricing", "lock pricing", "freeze prices", "pricelock",
               "freeze the price", "freeze the prices", "hold the price", "hold prices", "hold the prices",
               "lock their price", "freeze their price", "hold their price", "locked price", "locked prices",
               "lock in their price", "price cap", "fix the price", "freeze pricing", "hold pricing",
               "price stays the same", "price stays fixed", "price stays flat", "prices stay the same",
               "prices stay fixed", "prices stay flat", "price stable", "prices stable"),
        units=frozenset({"months", "years", "%"}), ours=True,
    ),
    "exit clause": Name(
        words=("exit clause", "opt-out", "opt out", "opt-out clause", "break clause", "termination clause",
               "termination right", "termination for convenience", "exit right", "early exit", "exit option",
               "cancellation right", "break option", "out clause", "termination rights"),
        measures=("get out after", "able to leave after", "able to cancel after", "way out after",
                  "free to leave after", "walk away after", "right to leave after", "leave early after", "exit after"),
        units=frozenset({"months", "years", "days"}), ours=True,
    ),
    "auto-renewal": Name(
        words=("auto-renewal", "auto renewal", "autorenewal", "automatic renewal", "auto-renew", "autorenew",
               "auto renew", "evergreen clause"), theirs=True,
    ),
    "press release": Name(
        words=("press release", "press releases", "joint press release", "joint announcement", "joint pr",
               "press announcement", "public announcement"), units=frozenset({""}), theirs=True,
    ),
    "data migration": Name(
        words=("data migration", "migration", "migration work", "migrate their data", "data import",
               "migrating their data", "data transfer", "migrate the data"),
        units=_TIMES | {"$"}, ours=True, service=True,
    ),
    "integration": Name(
        words=("integration", "integrations", "integration work", "api integration", "crm integration",
               "erp integration", "api access"),
        units=frozenset({"", "days", "hours", "$"}), ours=True, service=True,
    ),
    "custom work": Name(
        words=("custom work", "custom development", "customisation", "customization", "custom feature",
               "custom features", "custom report", "custom reports", "bespoke work", "bespoke development",
               "custom build", "custom dashboard", "customizations", "customisations"),
        units=_TIMES | {"$"}, ours=True, service=True,
    ),
    "extra modules": Name(
        words=("extra modules", "extra module", "module", "modules", "add-on", "add-ons", "addon", "addons",
               "additional module", "additional modules", "extra add-on"),
        units=frozenset({""}), ours=True,
    ),
    "service level": Name(
        words=("service level", "service levels", "sla", "slas", "uptime guarantee", "service level agreement",
               "better sla", "response time", "uptime sla"),
        measures=("uptime", "availability"),
        units=frozenset({"%", "hours"}), ours=True,
    ),
    "delivery date": Name(
        words=("delivery date", "earlier delivery", "early delivery", "faster delivery", "express delivery",
               "priority delivery", "go-live date", "earlier go-live", "faster go-live", "faster implementation",
               "quicker delivery", "faster rollout", "earlier start date"),
        measures=("earlier", "sooner", "early", "faster", "quicker"),
        units=frozenset({"days", "weeks", "months"}), ours=True,
    ),
    "price": Name(),
    "exclusivity": Name(words=("exclusivity", "exclusive deal", "exclusive rights"),
                        units=frozenset({"months", "years"})),
    "travel": Name(words=("travel", "travel costs", "travel expenses", "travel cost"),
                   units=frozenset({"$", "%"}), ours=True),
}  # fmt: skip


def _spellings() -> Iterator[tuple[str, str]]:
    for what, name in CATALOGUE.items():
        yield from ((word, what) for word in name.words)


def _measures() -> Iterator[tuple[str, str]]:
    for what, name in CATALOGUE.items():
        yield from ((word, what) for word in name.measures)


SPELLINGS = Phrases(_spellings())
MEASURES = Phrases(_measures())
# Long words that are often mistyped, and the right words that a typing error of them would look like.
_MISTYPED = (
    "discount", "onboarding", "training", "contract", "payment", "support", "reference", "upfront", "licences",
    "licenses", "introduction", "testimonial", "exclusivity", "migration", "integration", "percent",
)  # fmt: skip
_RIGHT = frozenset({
    "contact", "contacts", "contracts", "contrast", "trailing", "referenced", "reverence", "discounts", "discounted",
    "trainings", "payments", "supports", "supported", "references", "licence", "license", "licensed", "testimonials",
    "integrations", "introductions", "migrations", "straining", "draining", "preference", "recent", "contracted",
})  # fmt: skip


def mended(low: str) -> str:
    """Give the word meant by one with a letter missing, doubled, wrong or swapped; itself where none is near."""
    if not low.isascii() or low in _RIGHT or len(low) < len("uprfont"):
        return low
    return next((word for word in _MISTYPED if word[0] == low[0] and _near(low, word)), low)


def _near(low: str, word: str) -> bool:
    """Whether one slip of the finger turns `word` into `low`."""
    if abs(len(low) - len(word)) > 1:
        return False
    same = next(
        (i for i, pair in enumerate(zip(low, word, strict=False)) if pair[0] != pair[1]), min(len(low), len(word))
    )
    typed, meant = low[same:], word[same:]
    swapped = typed[:2] == meant[1::-1] and typed[2:] == meant[2:]
    return swapped or typed[1:] == meant[1:] or typed[1:] == meant or typed == meant[1:]
