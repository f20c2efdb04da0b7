"""What stories are built of besides text: what people said, figures, and goods."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.choosers import ListingChooserBlock, SellerChooserBlock
from marketplace.core.figures import QualifiedFigure, Qualifier, Unit

from .base import OurBlock
from .texts import TextBlocks


class QuoteBlock(OurBlock):
    text = blocks.CharBlock(label=_("Words"), max_length=200)
    by = blocks.CharBlock(label=_("Who said so"), max_length=60)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quote.html"


class Measure(blocks.ChoiceBlock):
    """What of a seller's sales is counted."""

    TONNES, ORDERS = "tonnes", "orders"
    choices = [(TONNES, _("Tonnes sold")), (ORDERS, _("Orders"))]


class LiveFigureBlock(OurBlock):
    """A figure we count ourselves, each time somebody looks."""

    measure = Measure(label=_("What is counted"))
    seller = SellerChooserBlock(label=_("Seller"))
    since = blocks.DateBlock(label=_("Since"))
    label = blocks.CharBlock(label=_("What the figure says"), max_length=80)

    class Meta:
        icon = "history"
        label = _("Figure from our records")
        template = "cms/blocks/live_figure.html"


class DeclaredValue(blocks.StructValue):
    @property
    def figure(self) -> QualifiedFigure:
        return QualifiedFigure(self["value"], self["unit"], self["qualifier"], self["as_of"], self["source"])


class DeclaredFigureBlock(OurBlock):
    """A figure somebody declared: with what is known of it, its date and its source."""

    value = blocks.DecimalBlock(label=_("Value"), min_value=0)
    unit = blocks.ChoiceBlock(choices=Unit.choices, label=_("Unit"))
    qualifier = blocks.ChoiceBlock(choices=Qualifier.choices, label=_("Qualifier"), default=Qualifier.EXACT)
    label = blocks.CharBlock(label=_("What the figure says"), max_length=80)
    as_of = blocks.DateBlock(label=_("As of"))
    source = blocks.CharBlock(label=_("Source"), max_length=120)

    class Meta:
        icon = "clipboard-list"
        label = _("Declared figure")
        value_class = DeclaredValue
        template = "cms/blocks/declared_figure.html"

    def clean(self, value):
        """Nobody can have declared what is true of a day to come."""
        cleaned = super().clean(value)
        if cleaned["as_of"] > timezone.localdate():
            raise StructBlockValidationError({"as_of": ValidationError(_("This day has not come yet."))})
        return cleaned


class GoodsBlock(OurBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    goods = blocks.ListBlock(ListingChooserBlock(), label=_("Products"), min_num=1, max_num=6)

    class Meta:
        icon = "tag"
        label = _("Products by choice")
        template = "cms/blocks/goods.html"


class StoryBlocks(TextBlocks):
    quote = QuoteBlock()
    live_figure = LiveFigureBlock()
    declared_figure = DeclaredFigureBlock()
    goods = GoodsBlock()

    class Meta:
        required = False
