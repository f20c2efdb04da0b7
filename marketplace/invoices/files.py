"""The invoice itself as sellers have it: a PDF, the tax office's OFD, or a photo of paper. Kept privately, handed out as a download."""

import io
import uuid
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile
from django.http import FileResponse
from django.utils.translation import gettext as _

from marketplace.core import images
from marketplace.core.refusal import Refusal

MOST_BYTES = 5 * 1024 * 1024
KINDS = {"pdf": "application/pdf", "ofd": "application/ofd", "webp": "image/webp"}


class UnusableFile(Refusal):
    """No invoice we can keep; ``for_people`` says why."""


def safe_copy(file) -> ContentFile:
    """What is kept of an upload, under a name of ours. Raises UnusableFile."""
    if file.size > MOST_BYTES:
        raise UnusableFile(_("The file is larger than 5 MB."))
    content = file.read()
    file.seek(0)
    if content[:5] == b"%PDF-":
        return named(content, "pdf")
    if is_ofd(content):
        return named(content, "ofd")
    try:
        picture = images.safe_copy(file)
    except images.UnusablePicture:
        raise UnusableFile(_("Please choose a PDF, an OFD or a photo.")) from None
    return named(picture.read(), "webp")


def is_ofd(content: bytes) -> bool:
    """An OFD is an archive with a document of that name in it."""
    if content[:2] != b"PK":
        return False
    try:
        return "OFD.xml" in ZipFile(io.BytesIO(content)).namelist()
    except BadZipFile:
        return False


def named(content: bytes, ending: str) -> ContentFile:
    return ContentFile(content, f"{uuid.uuid4().hex}.{ending}")


def handed_out(invoice) -> FileResponse:
    """Saved, never opened by the browser as a page of ours."""
    ending = invoice.file.name.rpartition(".")[2]
    name = f"fapiao-{invoice.order.number}.{ending}"
    kind = KINDS.get(ending, "application/octet-stream")
    answer = FileResponse(invoice.file.open(), as_attachment=True, filename=name, content_type=kind)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
