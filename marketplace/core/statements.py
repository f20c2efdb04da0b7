"""Questions that busy pages ask again and again: written as SQL once, and from then on asked with other values (ADR 0021).

    PACKS = Statement(lambda whole: Product.objects.filter(parent=whole, is_public=True), int)
    PACKS.rows(good.pk)

Django writes the SQL of a query anew each time, and that costs several times what the database needs to answer it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet

STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 30_000 + number,  # has room in every column of numbers
    str: lambda number: f"value {number}",
    date: lambda number: date(9999, 12, 1 + number),
    datetime: lambda number: datetime(9999, 12, 1 + number, tzinfo=UTC),
}
LARGEST = 2**63 - 1
"""No column has room for a larger number."""
HERE = "statements_written"
"""What a connection keeps them as."""


def is_within_reach(value) -> bool:
    """False for a whole number that no column can hold."""
    return not isinstance(value, int) or abs(value) <= LARGEST


class Statement:
    """A query whose values are told when it is asked.

    ``build`` makes it of as many values as there are ``kinds`` (``int``, ``str``, ``date`` or ``datetime``). It is called when a
    connection first asks: whatever differs from one time to the next has to be a value, as today's date and the reader's language. A
    value has to reach the database as it is: ``exact`` and ``lte`` let it, ``startswith`` does not and is refused with a ValueError, as is a time
    that would be frozen. A day, a language or a setting that ``build`` looks up itself is not noticed.
    """

    def __init__(self, build: Callable[..., QuerySet], *kinds: type):
        self.build, self.kinds = build, kinds

    def rows(self, *values) -> list:
        """What is found now: records or, of a query by ``values_list``, tuples. Nothing for a number too large for any column."""
        if not all(map(is_within_reach, values)):
            return []
        connection = connections[self.query.db]
        written = vars(connection).setdefault(HERE, {})  # goes when the connection goes
        if self not in written:
            written[self] = Written(self, connection)
        return written[self].rows(values)

    def one(self, *values):
        """The first of them, or None."""
        return next(iter(self.rows(*values)), None)

    @cached_property
    def query(self) -> QuerySet:
        """With values that stand in. Knows which database is to be asked now, the first one or a copy for reading."""
        return self.build(*self.stand_ins(0))

    def stand_ins(self, first: int) -> list:
        return [STAND_INS[kind](number) for number, kind in enumerate(self.kinds, start=first)]


class OfMany:
    """A query by a list of values of one kind, with a statement for each length of list up to ``MOST``; longer ones are rare, and
    written each time. ``build`` makes it of as many values as there are."""

    MOST = 40

    def __init__(self, build: Callable[..., QuerySet], kind: type):
        self.build, self.kind = build, kind
        self.by_length: dict[int, Statement] = {}

    def rows(self, values: Iterable) -> list:
        """What is found for these values; each is asked for once. Nothing for none."""
        values = sorted(set(values))
        if not values or len(values) > self.MOST:
            return list(self.build(*values)) if values else []
        return self.of(len(values)).rows(*values)

    def of(self, length: int) -> Statement:
        if length not in self.by_length:
            self.by_length[length] = Statement(self.build, *[self.kind] * length)
        return self.by_length[length]


class Written:
    """A statement in the SQL of one connection, which is one thread's."""

    def __init__(self, statement: Statement, connection):
        self.query: Any = statement.build(*statement.stand_ins(0)).using(connection.alias)
        self.compiler: Any = self.query.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql()
        self.places = list(self.find_places(statement, connection))
        if {number for _place, number, _adapt in self.places} != set(range(len(statement.kinds))):
            raise ValueError(f"a value that is asked for nowhere: {self.sql}")
        if self.query._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("what is to be prefetched needs a statement of its own")
        converters = self.compiler.get_converters([column for column, *_rest in self.compiler.select])
        self.compiler.get_converters = lambda _columns: converters
        self.query.query.get_compiler = lambda *_asked, **_how: self.compiler  # type: ignore[method-assign]

    def find_places(self, statement: Statement, connection) -> Iterator[tuple[int, int, Callable]]:
        """Which parameter is which value, and what makes the one of the other. Written with other values, nothing else may differ."""
        pairs = list(zip(statement.stand_ins(0), statement.stand_ins(len(statement.kinds)), strict=True))
        others = statement.build(*(other for _one, other in pairs)).query.get_compiler(connection=connection).as_sql()
        if others[0] != self.sql:
            raise ValueError(f"written otherwise for other values: {self.sql}")
        for place, params in enumerate(zip(self.params, others[1], strict=True)):
            if params[0] != params[1]:
                yield place, *value_behind(params, pairs, statement.kinds, connection.ops)

    def rows(self, values) -> list:
        params = list(self.params)
        for place, number, adapt in self.places:
            params[place] = adapt(values[number])
        self.compiler.as_sql = lambda: (self.sql, tuple(params))
        return list(self.query._iterable_class(self.query))


def value_behind(params: tuple, pairs: list[tuple], kinds: tuple, operations) -> tuple[int, Callable]:
    """The number of the value that stands in two ``params``, as Django adapted it to this database."""
    adapting: dict[type, Callable] = {
        date: operations.adapt_datefield_value,
        datetime: operations.adapt_datetimefield_value,
    }
    if isinstance(params[0], int):  # PostgreSQL is told how wide it is
        adapting[int] = type(params[0])
    for number, (kind, pair) in enumerate(zip(kinds, pairs, strict=True)):
        adapt = adapting.get(kind, kind)
        if tuple(map(adapt, pair)) == params:
            return number, adapt
    raise ValueError(f"does not reach the database as it is: {params[0]}")


class TakenAlong(QuerySet):
    """Rows that came with a record: all of them, in their order. Others have to be asked for from the model."""

    def _chain(self):
        raise TypeError("these rows came with a record and cannot be narrowed or sorted")


def take_along(record: Model, relation: str, rows: list) -> None:
    """Give a record what stands at the other end of a relation, for ``.all()`` to find it as after ``prefetch_related``."""
    between = record._meta.get_field(relation)
    if between.one_to_many:
        for row in rows:
            between.field.set_cached_value(row, record)
    found: TakenAlong = TakenAlong(model=between.related_model)
    found._result_cache = rows
    record.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found
