"""Papers hold Chinese that can be copied out again, and codes that can be scanned."""

import io

from pypdf import PdfReader

from marketplace.core.documents import Document
from marketplace.core.qr import qr_png, qr_svg


def text_of(paper: Document) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.as_bytes())).pages)


class TestDocument:
    def test_keeps_chinese_as_text(self):
        paper = Document("发货单")
        paper.add_page()
        paper.heading("发货单")
        paper.paragraph("齐齐哈尔新米 5kg/袋，鑫淼喆", quiet=True)

        assert "齐齐哈尔新米 5kg/袋，鑫淼喆" in text_of(paper)

    def test_repeats_no_row_and_loses_none_over_pages(self):
        paper = Document("对账单", numbered=True)
        paper.add_page()
        paper.grid(("行", "金额"), ((f"第{n}行", "1.00") for n in range(1, 121)), widths=(1, 1), align="LR")

        found = text_of(paper)

        assert all(found.count(f"第{n}行") == 1 for n in range(1, 121))

    def test_carries_a_code(self):
        paper = Document("卡", size="card")
        paper.add_page()
        paper.qr("https://yanxing.example/s/abc")

        assert len(PdfReader(io.BytesIO(paper.as_bytes())).pages[0].images) == 1


class TestQr:
    def test_has_a_name_for_those_who_cannot_see_it(self):
        assert "<title>扫码查看</title>" in qr_svg("https://yanxing.example/", label="扫码查看")

    def test_needs_no_style_of_its_own(self):
        assert "style=" not in qr_svg("https://yanxing.example/")

    def test_is_a_picture_for_paper(self):
        assert qr_png("https://yanxing.example/").startswith(b"\x89PNG")
