"""What follows when a plain page is published."""

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.models import ContentPage, TextVersion
from cms.written import clean


@receiver(page_published, sender=ContentPage)
def keep_version(sender, instance, **kwargs):
    """A published version is kept as it was; the same one again adds nothing."""
    if instance.version:
        TextVersion.objects.get_or_create(
            page=instance,
            version=instance.version,
            defaults={"effective_on": instance.effective_on, "body": clean(instance.body)},
        )
