"""What forms of every package share."""

from django import forms


def first_error(form: forms.BaseForm) -> str:
    """The first complaint of an invalid form, in the reader's language: for answers that have room for one sentence."""
    return str(next(iter(form.errors.values()))[0])
