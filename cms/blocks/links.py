"""Links of the menu and the footer, each with its name in both languages."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .texts import FileBlock

OURS_OR_SECURE = re.compile(r"/(?!/)[^\s\\]*|https://[^\s\\]+")


class AddressField(blocks.CharBlock):
    """An address of ours without the language, or a secure one elsewhere."""

    def clean(self, value):
        address = super().clean(value)
        if not OURS_OR_SECURE.fullmatch(address):
            raise ValidationError(_("Begin with / for an address of ours, or with https:// for another."))
        return address


class NamedBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Name"), max_length=24)
    label_en = blocks.CharBlock(label=_("English name"), max_length=40)


class PageLinkBlock(NamedBlock):
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Page")


class AddressLinkBlock(NamedBlock):
    address = AddressField(label=_("Address"), max_length=200)

    class Meta:
        icon = "link"
        label = _("Address")


class FileLinkBlock(NamedBlock):
    file = FileBlock(label=_("File"))

    class Meta:
        icon = "doc-full"
        label = _("File")


class LinkBlocks(blocks.StreamBlock):
    page = PageLinkBlock()
    address = AddressLinkBlock()
    file = FileLinkBlock()

    class Meta:
        required = False
