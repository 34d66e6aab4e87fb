"""Long lists: what a reader asked to see of them by search words, filters, order and page, all in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

SIZE = 50
LONGEST_QUERY = 100
OWN = ("q", "sort", "page")
"""Names in the address that every list reads; filters add their own, and all others are kept as they are."""

Row = TypeVar("Row")


@dataclass(frozen=True)  # without slots, since Python 3.11 cannot make a `Filter[Row](...)` of a frozen class with them
class Filter(Generic[Row]):
    """A choice above a list: `options` are values with their labels, `keep` says whether a row fits a chosen value.

    `default` is the value chosen when the address says none; an empty value lets every row through.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    keep: Callable[[Row, str], bool]
    default: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter as it stands on the page; an empty `value` lets every row through."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str
    default: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the address asks for; `sort` begins with `-` for the other way round, `kept` is everything else in it."""

    query: str
    sort: str
    page: int
    chosen: Mapping[str, str]
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, args: MultiDict[str, str], names: Iterable[str] = ()) -> "Listing":
        """Read it from the address; what cannot be read counts as not asked for."""
        own = {*OWN, *names}
        return cls(
            query=" ".join(args.get("q", "")[:LONGEST_QUERY].split()),
            sort=args.get("sort", ""),
            page=args.get("page", 1, type=int),
            chosen={name: args[name] for name in names if name in args},
            kept=tuple((name, value) for name, value in args.items(multi=True) if name not in own),
        )


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of a list: `rows` of `total` that fit, out of `all` there are; `page` counts from 1."""

    rows: Sequence[Row]
    page: int
    pages: int
    total: int
    all: int
    sort: str
    query: str
    filters: tuple[Chosen, ...] = ()
    searchable: bool = True
    kept: tuple[tuple[str, str], ...] = field(default=())

    @property
    def narrowed(self) -> bool:
        """Say whether words or filters hide a part of the list."""
        return bool(self.query) or any(each.value != each.default for each in self.filters)

    @property
    def previous_url(self) -> str:
        """Give the address of the page before, empty on the first."""
        return self._url(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """Give the address of the page after, empty on the last."""
        return self._url(page=self.page + 1) if self.page < self.pages else ""

    @property
    def clear_url(self) -> str:
        """Give the address of the whole list in the same order."""
        return "?" + urlencode([*self.kept, ("sort", self.sort)])

    def url_for_sort(self, name: str) -> str:
        """Give the address of the list ordered by a column, the other way round if it is so already."""
        return self._url(sort=f"-{name}" if self.sort == name else name)

    def order_of(self, name: str) -> str:
        """Say how a column is ordered, in the words of `aria-sort`."""
        return {name: "ascending", f"-{name}": "descending"}.get(self.sort, "none")

    def _url(self, *, page: int = 1, sort: str = "") -> str:
        parts = [*self.kept, *((each.name, each.value) for each in self.filters if each.value or each.default)]
        parts += [("q", self.query)] if self.query else []
        parts += [("sort", sort or self.sort)]
        parts += [("page", str(page))] if page > 1 else []
        return "?" + urlencode(parts)


def of(
    rows: Iterable[Row],
    *,
    keys: Mapping[str, Callable[[Row], Any]],
    default: str,
    search: Callable[[Row], str] | None = None,
    filters: Sequence[Filter[Row]] = (),
    size: int = SIZE,
    args: MultiDict[str, str] | None = None,
) -> Listed[Row]:
    """Give the page of a list that the request asks for; an unknown order is the default, a page too far the last.

    `keys` gives the value of each column that can be ordered by, None for "not known", which comes last both ways.
    `default` is such a name, with `-` before it for the greatest first. Each word of a search must be in `search(row)`.
    """
    asked = Listing.read(request.args if args is None else args, [each.name for each in filters])
    everything = list(rows)
    chosen = tuple(_chosen(each, asked) for each in filters)
    found = [row for row in everything if all(_fits(row, each, now) for each, now in zip(filters, chosen, strict=True))]
    if search is not None and asked.query:
        words = asked.query.casefold().split()
        found = [row for row in found if _has(search(row).casefold(), words)]
    sort = asked.sort if asked.sort.removeprefix("-") in keys else default
    found = ordered(found, keys[sort.removeprefix("-")], backwards=sort.startswith("-"))
    pages = max(1, -(-len(found) // size))
    page = min(max(asked.page, 1), pages)
    return Listed(
        rows=found[(page - 1) * size : page * size],
        page=page,
        pages=pages,
        total=len(found),
        all=len(everything),
        sort=sort,
        query=asked.query if search is not None else "",
        filters=chosen,
        searchable=search is not None,
        kept=asked.kept,
    )


def ordered(rows: Iterable[Row], key: Callable[[Row], Any], *, backwards: bool = False) -> list[Row]:
    """Put rows in the order of a key, text without regard to case, rows without a value last either way."""
    keyed = [(key(row), row) for row in rows]
    known = [(value.casefold() if isinstance(value, str) else value, row) for value, row in keyed if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=backwards)
    return [row for _, row in known] + [row for value, row in keyed if value is None]


def _chosen(each: Filter[Row], asked: Listing) -> Chosen:
    value = asked.chosen.get(each.name, each.default)
    known = value in ["", *(option for option, _ in each.options)]
    return Chosen(each.name, each.label, each.options, value if known else each.default, each.default)


def _fits(row: Row, each: Filter[Row], chosen: Chosen) -> bool:
    return not chosen.value or each.keep(row, chosen.value)


def _has(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)
