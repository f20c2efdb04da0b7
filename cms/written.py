"""Text that editors write: kept and shown as plain formatting, whatever was pasted into it."""

import nh3
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField
from wagtail.rich_text import RichText

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr", "blockquote"]
TAGS = {"p", "br", "h2", "h3", "b", "strong", "i", "em", "ol", "ul", "li", "a", "hr", "blockquote"}
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def clean(html: str) -> str:
    """Only the formatting we offer: no script, no style, nothing embedded. Safe to call twice."""
    return nh3.clean(html or "", tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


class WrittenField(RichTextField):
    """Rich text that is clean in the database, however it came there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"features": FEATURES} | kwargs)

    def get_prep_value(self, value):
        return None if value is None else clean(super().get_prep_value(value))


class WrittenBlock(RichTextBlock):
    """The same as a block: cleaned when it is kept and once more when it is read."""

    class Meta:
        preview_value = "<h2>从一袋米说起</h2><p>谁种的、<b>哪天</b>碾的，都写在袋子上。</p>"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"features": FEATURES} | kwargs)

    def to_python(self, value):
        return super().to_python(clean(value))

    def get_prep_value(self, value):
        return clean(super().get_prep_value(value))

    def normalize(self, value):
        source = value.source if isinstance(value, RichText) else value
        return super().normalize(clean(source))
