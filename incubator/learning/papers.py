"""The certificate of completion as a paper with a code anybody can scan."""

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from marketplace.core.documents import Document

from .models import Certificate

QR_SIDE = 32


def check_address(certificate: Certificate) -> str:
    """Where the paper is checked, with the host."""
    return f"{settings.SITE_URL}{certificate.get_absolute_url()}"


def certificate_document(certificate: Certificate) -> Document:
    """One page: who, what, when, the number and the code."""
    enrolment = certificate.enrolment
    day = formats.date_format(timezone.localtime(certificate.issued_at), "DATE_FORMAT")
    paper = Document(_("Certificate of completion"))
    paper.add_page()
    paper.ln(40)
    paper.heading(_("Certificate of completion"), size=28)
    paper.rule()
    paper.ln(8)
    paper.paragraph(enrolment.learner.name, size=22)
    paper.ln(4)
    paper.paragraph(_("has completed this course:"), size=12, quiet=True)
    paper.paragraph(str(enrolment.cohort), size=16)
    paper.ln(4)
    paper.paragraph(_("Issued on %(day)s") % {"day": day}, size=12)
    paper.paragraph(_("Certificate number: %(code)s") % {"code": certificate.spaced_code}, size=12)
    paper.ln(12)
    paper.qr(check_address(certificate), side=QR_SIDE)
    paper.ln(2)
    paper.paragraph(_("Scan to check this certificate: %(url)s") % {"url": check_address(certificate)}, quiet=True)
    return paper
