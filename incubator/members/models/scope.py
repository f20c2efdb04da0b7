"""Who sees which members, in one place for all of them."""

from django.db import models
from django.db.models import Q

from incubator import shell
from marketplace.accounts import roles


class MemberQuerySet(models.QuerySet):
    """Rows with a place (``area``) and people of their own (``users``)."""

    def of_places(self, places: tuple[str, ...]):
        """Registered in one of these places."""
        return self.filter(roles.within(places))

    def run_by(self, user):
        """This person's own."""
        return self.filter(users=user) if user.is_authenticated else self.none()

    def visible_to(self, user):
        """Staff see those of their places, a member sees her own, nobody sees anything else."""
        if not user.is_authenticated:
            return self.none()
        people = self.model._meta.get_field("users").remote_field.through
        own = Q(pk__in=people.objects.filter(user=user).values(f"{self.model._meta.model_name}_id"))
        return self.filter(roles.within(shell.places(user)) | own)

    def for_staff(self, user):
        """What this person may work on as staff; her own memberships give her nothing here."""
        return self.filter(roles.within(shell.places(user)))

    def active(self):
        """Still taking part."""
        return self.filter(left_on=None)

    def named_like(self, words: str):
        """By name, code or registration number."""
        return self.filter(Q(name__icontains=words) | Q(code__iexact=words) | Q(registration_no__iexact=words))
