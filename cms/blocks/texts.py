"""Text, pictures, and files to hear, to see and to take home."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.written import WrittenBlock

from .base import OurBlock

AUDIO, VIDEO = ("mp3", "m4a", "ogg", "oga", "wav"), ("mp4", "webm")


class FileBlock(DocumentChooserBlock):
    """A file of one of these kinds."""

    def __init__(self, extensions: tuple[str, ...] = (), **kwargs):
        self.extensions = extensions
        super().__init__(**kwargs)

    def clean(self, value):
        file = super().clean(value)
        if file and self.extensions and file.file_extension.lower() not in self.extensions:
            raise ValidationError(
                _("This file is of another kind; it should be one of: %s") % ", ".join(self.extensions)
            )
        return file


class TitledBlock(OurBlock):
    """Something with a title over it."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)


class PictureBlock(OurBlock):
    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class PairBlock(OurBlock):
    """How it should look beside how it should not."""

    good = ImageBlock(label=_("Like this"))
    good_why = blocks.CharBlock(label=_("Why"), max_length=60)
    bad = ImageBlock(label=_("Not like this"))
    bad_why = blocks.CharBlock(label=_("Why"), max_length=60)

    class Meta:
        icon = "image"
        label = _("Do and don't")
        template = "cms/blocks/pair.html"


class NoteBlock(OurBlock):
    text = blocks.TextBlock(label=_("Text"), max_length=400)

    class Meta:
        icon = "info-circle"
        label = _("Hint")
        template = "cms/blocks/note.html"


class VideoBlock(TitledBlock):
    file = FileBlock(VIDEO, label=_("Video file"))
    picture = ImageBlock(label=_("Picture before it plays"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "cms/blocks/video.html"


class AudioBlock(TitledBlock):
    file = FileBlock(AUDIO, label=_("Audio file"))

    class Meta:
        icon = "media"
        label = _("Audio only (saves data)")
        template = "cms/blocks/audio.html"


class ChecklistBlock(TitledBlock):
    items_to_tick = blocks.ListBlock(blocks.CharBlock(max_length=160), label=_("To tick off"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "cms/blocks/checklist.html"


class DownloadBlock(TitledBlock):
    file = FileBlock(label=_("File"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "cms/blocks/download.html"


class TextBlocks(blocks.StreamBlock):
    """A written page."""

    text = WrittenBlock(label=_("Text"), template="cms/blocks/text.html")
    picture = PictureBlock()
    note = NoteBlock()
    download = DownloadBlock()

    class Meta:
        required = False
