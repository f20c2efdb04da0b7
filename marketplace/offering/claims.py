"""Words that promise a certificate. Whoever writes them on a good holds the certificate, or reviewers are told that she does not."""

from marketplace.catalogue.models import Certificate

CLAIMS = {
    Certificate.Kind.ORGANIC: ("有机", "organic"),
    Certificate.Kind.GREEN: ("绿色食品", "green food"),
    Certificate.Kind.GEOGRAPHICAL: ("地理标志", "geographical indication"),
}
READ = ("title", "title_en", "description", "description_en")
"""Names of what buyers read as promises."""


def unproven(draft, day) -> list[str]:
    """The words of a draft for which its shop, or the good it changes, has no certificate that counts on this day."""
    papers = Certificate.objects.valid_on(day).filter(seller=draft.seller_id)
    if draft.product_id:
        papers = papers.filter(products=draft.product_id)
    held = set(papers.values_list("kind", flat=True))
    said = " ".join(str(draft.words.get(name, "")) for name in READ).lower()
    return [word for kind, words in CLAIMS.items() if kind not in held for word in words if word in said]
