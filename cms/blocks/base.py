"""What all blocks of ours have in common."""

from wagtail import blocks


class OurBlock(blocks.StructBlock):
    """A block that editors see with sample data before they choose it, as the gallery of components does."""

    def get_preview_value(self):
        from cms.previews import sample_of

        return sample_of(self)

    def get_preview_context(self, value, parent_context=None):
        from cms.previews import around

        return around() | (parent_context or {})
