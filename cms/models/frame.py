"""What stands above and below every page: the menu, the links, and what the law wants to be named."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from cms.blocks.links import LinkBlocks

FIRST_MENU = (("故事", "Stories", "/stories/"), ("培训", "Training", "/training/"))
FIRST_LINKS = (
    *FIRST_MENU,
    ("关于我们", "About us", "/about/"),
    ("帮扶成效", "Impact", "/impact/"),
    ("平台规则", "Platform rules", "/rules/"),
    ("用户服务协议", "Terms of service", "/terms/"),
    ("隐私政策", "Privacy policy", "/privacy/"),
    ("Cookie 说明", "Cookies", "/cookies/"),
)


def first_menu() -> list:
    return [("address", dict(zip(("label", "label_en", "address"), link, strict=True))) for link in FIRST_MENU]


def first_links() -> list:
    return [("address", dict(zip(("label", "label_en", "address"), link, strict=True))) for link in FIRST_LINKS]


@register_setting(icon="site")
class Frame(BaseGenericSetting):
    """One row for the whole site; each link says its name in both languages. Without a row the first links stand."""

    menu = StreamField(
        LinkBlocks(max_num=4),
        default=first_menu,
        blank=True,
        verbose_name=_("Main navigation"),
        help_text=_("After “Home” and “Categories”, which always stand."),
    )
    links = StreamField(LinkBlocks(max_num=16), default=first_links, blank=True, verbose_name=_("Links in the footer"))
    operator = models.CharField(_("Operator of the site"), max_length=120, blank=True)
    operator_en = models.CharField(_("Operator, in English"), max_length=160, blank=True)
    icp = models.CharField(_("ICP record number"), max_length=60, blank=True)
    police = models.CharField(_("Public security record number"), max_length=60, blank=True)
    licences = StreamField(LinkBlocks(max_num=8), default=list, blank=True, verbose_name=_("Licences"))

    panels = [
        FieldPanel("menu"),
        FieldPanel("links"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("operator", "operator_en", "icp", "police", "licences")],
            heading=_("What the law wants to be named"),
        ),
    ]

    class Meta:
        verbose_name = _("Menu and footer")
