"""What editors have to mend: links that lead nowhere, and pages that lack their other language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.views import serve

from cms.written import WrittenField

LINK = re.compile(r"<a\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)\s*=\s*\\?"([^"\\]*)\\?"')


@dataclass(frozen=True)
class Finding:
    """One thing to mend on one page."""

    page: Page
    what: str


@dataclass(frozen=True)
class Known:
    """What links may lead to, asked for once."""

    live: frozenset[int]
    files: frozenset[int]
    addresses: frozenset[str]
    """Those of live pages, below the front page of their language: ``en:about/``."""
    redirects: frozenset[str]

    @classmethod
    def now(cls) -> "Known":
        pages = Page.objects.live().filter(depth__gt=1).values_list("pk", "url_path", "locale__language_code")
        return cls(
            live=frozenset(pk for pk, _path, _language in pages),
            files=frozenset(Document.objects.values_list("pk", flat=True)),
            addresses=frozenset(f"{language}:{path.split('/', 2)[2]}" for _pk, path, language in pages),
            redirects=frozenset(Redirect.objects.values_list("old_path", flat=True)),
        )


def broken_links() -> Iterator[Finding]:
    """Links of live pages to pages that are not live, to files that are gone, and to addresses of ours nobody answers."""
    known = Known.now()
    for page in Page.objects.live().specific().iterator(chunk_size=100):
        for link in links_of(page):
            if is_broken(link, known):
                yield Finding(page, link.get("href") or f"{link.get('linktype', '')} {link.get('id', '')}".strip())


def links_of(page) -> Iterator[dict[str, str]]:
    """The attributes of every link in what an editor wrote."""
    for field in page._meta.get_fields():
        if isinstance(field, WrittenField | StreamField):
            kept = field.get_prep_value(getattr(page, field.name)) or ""
            for tag in LINK.findall(str(kept).replace('\\"', '"')):
                yield dict(ATTRIBUTE.findall(tag))


def is_broken(link: dict[str, str], known: Known) -> bool:
    """External addresses are not asked: a report waits for nobody else's network."""
    key = int(link["id"]) if link.get("id", "").isdecimal() else None
    if link.get("linktype") == "page":
        return key not in known.live
    if link.get("linktype") == "document":
        return key not in known.files
    path = urlsplit(link.get("href", "")).path
    is_ours = link.get("href", "").startswith("/") and not link["href"].startswith("//")
    return is_ours and not answers(path, known)


def answers(path: str, known: Known) -> bool:
    """True if somebody answers at this address of ours, in the language it names and not in that of whoever asks."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    path = path if path.endswith("/") or "." in path else f"{path}/"
    try:
        with override(language):
            found = resolve(path)
    except Resolver404:
        return Redirect.normalise_path(path) in known.redirects
    if found.func is not serve:
        return True
    below = found.args[0] if found.args else found.kwargs.get("path", "")
    return f"{language}:{below}" in known.addresses or Redirect.normalise_path(path) in known.redirects


def untranslated() -> list[Finding]:
    """Live pages without a live page in one of the other languages."""
    names = dict(Locale.objects.values_list("pk", "language_code"))
    known: dict[tuple, Page] = {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path"):
        known[page.translation_key, page.locale_id] = page
    return [
        Finding(page, _("Not in %(language)s") % {"language": names[locale]})
        for (key, own), page in known.items()
        for locale in names
        if locale != own and (key, locale) not in known
    ]


def needs_a_writer(request) -> None:
    """Only who may change pages has something to mend."""
    if not policy_registry.get_by_type(Page).user_has_any_permission(request.user, {"add", "change", "publish"}):
        raise PermissionDenied


def show(request, title: str, findings, none: str):
    needs_a_writer(request)
    rows = [
        {"page": each.page, "what": each.what, "edit": reverse("wagtailadmin_pages:edit", args=[each.page.pk])}
        for each in findings
    ]
    return render(request, "cms/reports/findings.html", {"title": title, "rows": rows, "none": none})


@require_safe
def broken_links_report(request):
    return show(request, _("Broken links"), broken_links(), _("Every link leads somewhere."))


@require_safe
def untranslated_report(request):
    return show(request, _("Untranslated pages"), untranslated(), _("Every page stands in both languages."))
