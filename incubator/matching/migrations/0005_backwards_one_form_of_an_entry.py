"""Whoever goes back beyond several forms of one entry finds one form of each again."""

from django.db import migrations


def one_form_each(apps, _editor):
    """Backwards an entry has one form again: the one accepted last; the others keep what they say and point to nothing."""
    forms = apps.get_model("matching", "FairApplication").objects
    for side in ("partner", "product"):
        seen = set()
        for form in forms.exclude(**{side: None}).order_by("-decided_at", "-pk").only("pk", f"{side}_id"):
            entry = getattr(form, f"{side}_id")
            if entry in seen:
                forms.filter(pk=form.pk).update(**{side: None})
            seen.add(entry)


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_several_forms_of_one_entry")]

    operations = [migrations.RunPython(migrations.RunPython.noop, one_form_each)]
