"""What the rooms of editors have besides Wagtail's own: choosers, and the agreement that stories stand on."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages as notes
from wagtail.admin import telepath
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule
from wagtail.admin.widgets.button import Button
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from cms import reports, usage
from cms.choosers import listing_chooser, seller_chooser
from cms.models import StoryPage
from cms.stories import changes, figures, views


class MenuOfOurs(BaseSidebarAdapter):
    """The side menu names whoever is signed in as all other pages do; Wagtail would show her whole mobile number."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, module):
        pages, account, user = module.js_args()
        return [pages, account, user | {"name": module.user.get_full_name()}]


telepath.register(MenuOfOurs(), MainMenuModule)


@hooks.register("register_admin_viewset")
def choosers():
    return [seller_chooser, listing_chooser]


@hooks.register("register_admin_urls")
def story_urls():
    return [
        path("stories/<int:pk>/consent/", views.consent, name="story-consent"),
        path("reports/broken-links/", reports.broken_links_report, name="report-broken-links"),
        path("reports/untranslated/", reports.untranslated_report, name="report-untranslated"),
    ]


@hooks.register("register_reports_menu_item")
def broken_links_item():
    return MenuItem(_("Broken links"), reverse("report-broken-links"), icon_name="link", order=100)


@hooks.register("register_reports_menu_item")
def untranslated_item():
    return MenuItem(_("Untranslated pages"), reverse("report-untranslated"), icon_name="globe", order=110)


@hooks.register("before_bulk_action")
def keep_what_is_used(request, action_type, objects, action_instance):
    """Of pictures or files deleted together, one in use stops the whole action."""
    if action_type != "delete" or request.method != "POST":
        return None
    files = [each for each in objects if isinstance(each, AbstractImage | AbstractDocument)]
    used = [each.title for each in files if usage.uses(each)]
    if not used:
        return None
    usage.say(request, used)
    return redirect(request.path + "?" + request.META.get("QUERY_STRING", ""))


@hooks.register("register_page_header_buttons")
def consent_button(page, user, next_url=None, **kwargs):
    """The way from a story to what it stands on."""
    if page.pk and isinstance(page.specific_deferred, StoryPage):
        yield Button(_("Agreement"), reverse("story-consent", args=[page.pk]), icon_name="key", priority=15)


@hooks.register("before_publish_page")
def needs_standing(request, page):
    """Say what is missing, and where to record it, instead of publishing. The draft is kept."""
    if isinstance(page, StoryPage) and not page.standing():
        messages.error(request, _("This story cannot be published: the person's agreement is not on record."))
        return redirect("story-consent", page.pk)
    return None


@hooks.register("before_bulk_action")
def needs_standing_in_bulk(request, action_type, objects, action_instance):
    """Of pages published together, stories without standing stop the whole action; nothing is half done."""
    if action_type != "publish" or request.method != "POST":
        return None
    stories = [page.specific for page in objects if getattr(page, "specific_class", None) is StoryPage]
    missing = [story.title for story in stories if not story.standing()]
    if not missing:
        return None
    messages.error(
        request,
        ngettext(
            "Nothing was published. This story lacks an agreement on record: %(titles)s",
            "Nothing was published. These stories lack an agreement on record: %(titles)s",
            len(missing),
        )
        % {"titles": "、".join(missing)},
    )
    return redirect("wagtailadmin_explore", stories[0].get_parent().pk)


@hooks.register("after_edit_page")
def tell_of_grey_figures(request, page):
    """The editor hears of figures that readers see grey."""
    if not isinstance(page, StoryPage):
        return
    values = page.live_figures()
    figures.compute(values)
    grey = [value["label"] for value in values if value.live.figure is None]
    if grey:
        messages.warning(request, _("These figures cannot be computed and show grey: %s") % "、".join(grey))


@hooks.register("after_edit_page")
def tell_of_unread_words(request, page):
    """The editor hears that the person agreed to other words."""
    since = changes.unread_since(page) if isinstance(page, StoryPage) else None
    if since:
        said = _(
            "Since %(day)s this story differs from what the person read when she or he agreed. Let the person see it "
            "again; what she or he does not want told has to go."
        )
        day = date_format(timezone.localtime(since), "SHORT_DATETIME_FORMAT")
        way = notes.button(reverse("story-consent", args=[page.pk]), _("Agreement"))
        notes.warning(request, said % {"day": day}, buttons=[way])
