"""Pictures, files and goods that pages use are not deleted."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import ReferenceIndex

from marketplace.catalogue.models import Listing

DOORS = {
    "wagtailimages:delete": (Image, "image_id", "wagtailimages:image_usage"),
    "wagtaildocs:delete": (Document, "document_id", "wagtaildocs:document_usage"),
    "dashboard:catalogue-product-delete": (Listing, "pk", "dashboard:catalogue-product-delete"),
}
"""Where one of them is deleted: its kind, its name in the address, and the page to go to then: who uses it, where there is such
a page."""


def uses(thing):
    """Each place that shows it, with how it does."""
    return ReferenceIndex.get_grouped_references_to(thing)


def say(request, titles: list[str]) -> None:
    messages.error(
        request,
        ngettext(
            "%(titles)s is still used by pages and was not deleted. Take it out of them first.",
            "%(titles)s are still used by pages; nothing was deleted. Take them out first.",
            len(titles),
        )
        % {"titles": "、".join(titles)},
    )


def refuse_if_used(request):
    """The answer to somebody who deletes a picture, a file or goods in use; None for everything else."""
    door = DOORS.get(request.resolver_match.view_name)
    if door is None or request.method != "POST":
        return None
    kind, name, usage = door
    thing = kind.objects.filter(pk=request.resolver_match.kwargs[name]).first()
    if thing is None or not uses(thing):
        return None
    say(request, [str(thing)])
    return redirect(usage, thing.pk)
