"""Reads the deals a CRM exports as CSV: every bad row is named, and then nothing is imported."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.coach.currencies import CURRENCIES
from bot.coach.dates import understand
from bot.coach.deals import DealDraft, Stage
from bot.coach.money import Money, read_money
from bot.errors import InvalidInputError, StoreUnavailableError
from handlers.deals import client_of
from handlers.wording import clip
from store import ImportedDeal, Store

# Our column -> what Salesforce, HubSpot, Pipedrive and plain spreadsheets call it, folded.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "deal id", "record id", "opportunity id", "object id"),
    "name": ("name", "deal", "deal name", "opportunity", "opportunity name", "title", "deal title"),
    "client": ("client", "account", "account name", "company", "company name", "organization", "associated company"),
    "value": ("value", "amount", "deal value", "deal amount"),
    "currency": ("currency", "deal currency", "amount currency", "currency code", "value currency"),
    "stage": ("stage", "deal stage", "status", "deal status"),
    "closes": ("close date", "closes", "expected close date", "closing date", "closed date"),
    "owner": ("owner", "owner email", "deal owner", "deal owner email", "opportunity owner email", "owner e mail"),
    "notes": ("notes", "contact notes", "description", "next step"),
}
_OURS = {theirs: ours for ours, names in COLUMNS.items() for theirs in names}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LARGEST_FILE = 50_000_000
_MONTHS = 12
_LONGEST_NAME, _LONGEST_ID, _LONGEST_EMAIL = 200, 200, 254


@dataclass(frozen=True, slots=True)
class Export:
    """What a file held: deals ready to import, or one sentence for each bad row."""

    deals: tuple[ImportedDeal, ...]
    problems: tuple[str, ...]


def read_export(content: bytes, today: date, owner: str = "") -> Export:
    """Read a CRM's CSV file, whatever its separator, its order of columns and its names for them.

    `owner` is the e-mail address that takes rows without an owner. Raises `InvalidInputError`
    where the file as a whole is no table of deals.
    """
    rows = list(_rows(_text(content)))
    day_first = _day_first([row["closes"] for _, row in rows])
    deals: list[ImportedDeal] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        deal = _deal(row, owner, today, day_first=day_first)
        if isinstance(deal, str):
            problems.append(f"row {line}: {deal}")
        elif (key := f"{deal.owner} {deal.key}") in seen:
            problems.append(f"row {line}: the same deal stands in row {seen[key]}")
        else:
            seen[key] = line
            deals.append(deal)
    return Export(tuple(deals), tuple(problems))


async def bring_in(store: Store, tenant: str, content: bytes, now: datetime, owner: str = "") -> str:
    """Import a CRM's export for a tenant, and say in a line what changed.

    Raises `InvalidInputError` with a line for each bad row, and `StoreUnavailableError` where the
    database isn't ready; then nothing was imported.
    """
    if problem := await store.ready():
        raise StoreUnavailableError(problem)
    export = read_export(content, now.date(), owner)
    if export.problems:
        rows = "1 bad row" if len(export.problems) == 1 else f"{len(export.problems)} bad rows"
        raise InvalidInputError("\n".join((*export.problems, f"{rows}; nothing was imported.")))
    done = await store.import_deals(tenant, export.deals, now)
    return f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged in {tenant}."


def _text(content: bytes) -> str:
    if len(content) > _LARGEST_FILE:
        raise InvalidInputError("The file is larger than 50 MB. Nothing was imported; split it and import the parts.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise InvalidInputError("The file is not UTF-8 text. Nothing was imported; export it as CSV UTF-8.") from broken


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row under our column names, with the line it ends on."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = [_OURS.get(_folded(name), "") for name in next(reader, [])]
        if "name" not in header:
            raise InvalidInputError("The file has no column for the deal's name. Nothing was imported; see --help.")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found = {ours: cell.strip() for ours, cell in zip(header, cells, strict=False) if ours}
                yield reader.line_num, dict.fromkeys(COLUMNS, "") | found
    except csv.Error as broken:
        raise InvalidInputError(f"Line {reader.line_num} is not CSV: {broken}. Nothing was imported.") from broken


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", name).casefold().split())


def _deal(row: Mapping[str, str], owner: str, today: date, *, day_first: bool | None) -> ImportedDeal | str:
    name = " ".join(row["name"].split())
    client = " ".join(row["client"].split()) or client_of(name)
    email = (row["owner"] or owner).lower()
    value = _value(row)
    closes = _date(row["closes"], today, day_first=day_first)
    if unkept := _unkept(name, client, row["id"]):
        return unkept
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_EMAIL:
        return f"“{clip(email)}” is no e-mail address of an owner" if email else "no owner; name one with --owner"
    if isinstance(value, str):
        return value
    if row["closes"] and closes is None:
        return f"“{clip(row['closes'])}” is no date, or could be two; write 2027-06-30"
    draft = DealDraft(
        name=name, client=client, value=value, stage=_stage(row["stage"]), closes_on=closes, notes=row["notes"]
    )
    return ImportedDeal(draft=draft, owner=f"mailto:{email}", key=row["id"] or f"{name}\n{client}")


def _unkept(name: str, client: str, key: str) -> str:
    """Say which name can't be kept as it is: shortening one would lose what the CRM knows."""
    if not name:
        return "no deal name"
    if (longest := max(len(name), len(client))) > _LONGEST_NAME:
        return f"a name has {longest} characters; at most {_LONGEST_NAME} can be kept"
    return f"the id has {len(key)} characters; at most {_LONGEST_ID} can be kept" if len(key) > _LONGEST_ID else ""


def _value(row: Mapping[str, str]) -> Money | str | None:
    """An amount, nothing where none is written or it is zero without a currency, or what is wrong with it."""
    if not row["value"] or row["value"] in ("0", "0.00", "0,00"):
        return None
    value = read_money(row["value"], CURRENCIES, row["currency"])
    wrong = f"“{clip(row['value'])} {row['currency']}”".replace(" ”", "”")
    return value or f"{wrong} is no amount with a currency; write 48000 and EUR"


def _stage(text: str) -> Stage:
    words = set(re.findall(r"[a-z]+", text.lower()))
    if "won" in words:
        return Stage.WON
    return Stage.LOST if "lost" in words else Stage.OPEN


def _day_first(dates: list[str]) -> bool | None:
    """Which way round a whole column writes 06/30/2027: only told by a day above twelve."""
    pairs = [(int(found[1]), int(found[2])) for one in dates if (found := _SLASHED.fullmatch(one))]
    day_first, month_first = any(a > _MONTHS for a, _ in pairs), any(b > _MONTHS for _, b in pairs)
    return day_first if day_first != month_first else None


def _date(text: str, today: date, *, day_first: bool | None) -> date | None:
    found = _SLASHED.fullmatch(text)
    if not found or day_first is None:
        # A time of day after an ISO date is the CRM's, not a doubt.
        return understand(re.sub(r"^(\d{4}-\d{2}-\d{2})[T ].*$", r"\1", text), today)
    day, month = (found[1], found[2]) if day_first else (found[2], found[1])
    return understand(f"{found[3]}-{month}-{day}", today)
