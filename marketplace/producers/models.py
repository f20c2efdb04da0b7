"""Who grew or made the goods."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import AreaField
from marketplace.core.pinyin import slug
from marketplace.core.text import localized, words_of


class Producer(models.Model):
    """A cooperative, household or workshop that grew or made goods. The seller sells them; the two may be one person."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", _("Farmers' cooperative")
        HOUSEHOLD = "household", _("Household")
        WORKSHOP = "workshop", _("Workshop")

    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    slug = models.SlugField(unique=True, max_length=120, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    get_kind_display = words_of("kind", Kind)
    area = AreaField(_("Place of origin"))
    story = models.TextField(_("Story"), blank=True)
    story_en = models.TextField(_("Story in English"), blank=True)
    picture = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False, help_text=_("Made up for demonstration"))

    class Meta:
        verbose_name = _("Producer")
        verbose_name_plural = _("Producers")
        ordering = ["name"]

    def __str__(self):
        return self.display_name

    def save(self, *args, **kwargs):
        self.slug = self.slug or slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("producers:detail", args=[self.slug])

    @property
    def display_name(self):
        return localized(self, "name")

    @property
    def display_story(self):
        return localized(self, "story")
