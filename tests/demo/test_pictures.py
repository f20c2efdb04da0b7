"""Every demo product has its picture in two sizes, light enough for a phone."""

import csv
from pathlib import Path

import pytest
from PIL import Image

DEMO = Path(__file__).resolve().parents[2] / "marketplace" / "demo"
PICTURES = DEMO / "pictures"
SIZES = [pytest.param("", 800, 70 * 1024, id="large"), pytest.param("-400", 400, 16 * 1024, id="small")]


def product_keys():
    with (DEMO / "products.csv").open(encoding="utf-8-sig", newline="") as rows:
        return sorted({(row["parent_sku"] or row["sku"]).lower() for row in csv.DictReader(rows)})


def second_views():
    return sorted(path.stem for path in PICTURES.glob("*-2.webp"))


@pytest.mark.parametrize(("ending", "side", "most"), SIZES)
@pytest.mark.parametrize("key", product_keys() + second_views())
class TestPicture:
    def test_is_a_square_webp_of_its_size(self, key, ending, side, most):
        with Image.open(PICTURES / f"{key}{ending}.webp") as picture:
            assert (picture.format, picture.size) == ("WEBP", (side, side))

    def test_weighs_no_more_than_its_budget(self, key, ending, side, most):
        assert (PICTURES / f"{key}{ending}.webp").stat().st_size <= most

    def test_carries_no_camera_or_place(self, key, ending, side, most):
        with Image.open(PICTURES / f"{key}{ending}.webp") as picture:
            assert not picture.getexif()
            assert not {"exif", "xmp", "icc_profile"} & picture.info.keys()


class TestPictures:
    def test_belong_to_a_product_each(self):
        known = set(product_keys())
        shown = {path.stem.removesuffix("-400").removesuffix("-2") for path in PICTURES.glob("*.webp")}

        assert shown == known

    def test_stay_under_four_megabytes_together(self):
        assert sum(path.stat().st_size for path in PICTURES.glob("*.webp")) < 4 * 1024 * 1024

    def test_are_no_two_alike(self):
        pictures = [path.read_bytes() for path in PICTURES.glob("*.webp")]

        assert len(set(pictures)) == len(pictures)
