"""The audit trail: one row per thing done, written in the transaction of the deed."""

from .models import AuditEntry


def record(action: str, *, of, by=None, **details) -> AuditEntry:
    """Note that ``by`` (a user, or None for the site itself) did ``action`` to the record ``of``.

    ``details`` must be plain values without names, numbers or free text of people.
    """
    return AuditEntry.objects.create(
        action=action,
        object_type=of._meta.label_lower,
        object_id=str(of.pk),
        by=by if by is not None and by.is_authenticated else None,
        details={key: str(value) for key, value in details.items()},
    )
