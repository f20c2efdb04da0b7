"""Lookups of Django's that a number no column can hold broke: Django finds nothing for it by ``exact`` on a number itself only."""

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact
from django.db.models.lookups import In

from .statements import is_within_reach


@IntegerField.register_lookup
class OneOfThose(In):
    """``in`` for whole numbers. What is none is refused before this is asked: that is for whoever took it from a form (core/readable.py)."""

    def process_rhs(self, compiler, connection):
        if isinstance(self.rhs, list):
            self.rhs = [*filter(is_within_reach, self.rhs)]
        return super().process_rhs(compiler, connection)


@ForeignObject.register_lookup
class RelatedToThat(RelatedExact):
    """``exact`` for the number of another record."""

    def process_rhs(self, compiler, connection):
        if not is_within_reach(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
