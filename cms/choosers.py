"""How editors choose sellers and goods: the page keeps the choice, never a copy."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class SellerChooser(ChooserViewSet):
    model = "partner.Partner"
    icon = "group"
    choose_one_text = _("Choose a seller")
    choose_another_text = _("Choose another seller")
    edit_item_text = _("Edit this seller")


class ListingChooser(ChooserViewSet):
    model = "catalogue.Listing"
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Edit this product")


seller_chooser = SellerChooser("seller_chooser")
listing_chooser = ListingChooser("listing_chooser")
SellerChooserBlock = seller_chooser.get_block_class(name="SellerChooserBlock", module_path="cms.choosers")
ListingChooserBlock = listing_chooser.get_block_class(name="ListingChooserBlock", module_path="cms.choosers")
