"""Words of Wagtail's rooms that its own Chinese catalogue lacks: said here, so that ours answers for them.

Only the ones editors see every day. A word that Wagtail translates one day may be taken out.
"""

from django.utils.translation import gettext_noop, ngettext

WORDS = (
    gettext_noop("Exploring"),
    gettext_noop("Search all pages…"),
    gettext_noop("Save changes"),
    gettext_noop("Save your changes before leaving"),
    gettext_noop("Schedule to publish"),
    gettext_noop("Go-live:"),
    gettext_noop("Checks"),
    gettext_noop("Content metrics"),
    gettext_noop("Reading time"),
    gettext_noop("Readability"),
    gettext_noop("Currently viewing"),
    gettext_noop("Currently idle"),
    gettext_noop("Date updated"),
    gettext_noop("Edited by"),
    gettext_noop("Locked by"),
    gettext_noop("Page type"),
    gettext_noop("Page types usage"),
    gettext_noop("Has child pages"),
    gettext_noop("By task"),
    gettext_noop("By workflow"),
    gettext_noop("Any"),
    gettext_noop("Anyone"),
    gettext_noop("Privacy and access"),
    gettext_noop("Choose when this page should go live and/or expire"),
    gettext_noop("Choose who can view the live version of this page"),
    gettext_noop("Anyone with editing permissions can create schedules"),
    gettext_noop("But only those with publishing permissions can make them effective."),
    gettext_noop("Add or show comments"),
    gettext_noop("Add a concise description for search engines"),
    gettext_noop("Insert or edit a link"),
    gettext_noop("More bulk actions"),
    gettext_noop("Show keyboard shortcuts"),
    gettext_noop("Shortcuts"),
    gettext_noop("Section"),
    gettext_noop("System"),
    gettext_noop("Text editing"),
    gettext_noop("Text formatting"),
    gettext_noop("Refresh"),
    gettext_noop("Refreshing…"),
    gettext_noop("Scheduling…"),
    gettext_noop("Go to the first error"),
    gettext_noop("The page could not be created due to validation errors."),
    gettext_noop("The page could not be saved as it is locked."),
    gettext_noop("The page could not be saved due to validation errors."),
    gettext_noop("Image focal point"),
    gettext_noop("Grid layout"),
    gettext_noop("List layout"),
    gettext_noop("Layout"),
    gettext_noop("Oldest"),
    gettext_noop("You haven't uploaded any images."),
    gettext_noop("Locked by another user"),
    gettext_noop("Locked by you"),
    gettext_noop("Locked by workflow"),
    gettext_noop("Locked by schedule"),
    gettext_noop("%(model_name)s '%(object)s' updated and published."),
    gettext_noop("%(model_name)s '%(object)s' created and published."),
    gettext_noop("%(model_name)s '%(object)s' has been scheduled for publishing."),
    gettext_noop("%(model_name)s '%(object)s' has been submitted for moderation."),
)


def counted() -> tuple[str, ...]:
    """Those that come with a number."""
    return (
        ngettext("Referenced %(count)s time", "Referenced %(count)s times", 2),
        ngettext(
            '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
            2,
        ),
        ngettext(
            '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
            2,
        ),
        ngettext(
            '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
            2,
        ),
    )
