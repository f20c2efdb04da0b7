"""What the pages of a complaint share, whoever opens them."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from .models import Complaint, ComplaintPhoto


def photo_of(complaint: Complaint, pk: int) -> FileResponse:
    """A photo of this complaint; nobody else's door leads to it."""
    photo = get_object_or_404(ComplaintPhoto, pk=pk, complaint=complaint)
    answer = FileResponse(photo.file.open(), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
