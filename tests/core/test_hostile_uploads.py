"""Hostile uploads: refused in words or drawn anew, never stored as sent, and never dear.

``pytest -s tests/core/test_hostile_uploads.py`` prints the table and the figures.
"""

import json
import subprocess
import sys
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.core import images
from tests.uploads import MARK, hostile

FILES = hostile()
MOST_MB, MOST_SECONDS = 150, 2
MEASURE = """
import json, re, sys, time
import django
django.setup()
from django.core.files.base import ContentFile
from django.test.utils import override_settings
from marketplace.core import images
from tests.uploads import made
def peak(): return int(re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
def draw(data):
    try:
        images.safe_copy(ContentFile(data, name="a.jpg"))
    except images.UnusablePicture:
        pass
draw(made(size=(50, 50)))
idle, told = peak(), {}
for line in sys.stdin:
    path = line.strip()
    with open(path, "rb") as file:
        data = file.read()
    began, before = time.process_time(), peak()
    draw(data)
    told[path] = [round(time.process_time() - began, 2), round(peak() - before)]
print(json.dumps({"grown": round(peak() - idle), "each": told}))
"""


def measured(folder, files: dict[str, bytes]) -> dict:
    """As Linux counts. Draw the files one after another in a process of its own: by how many MB its peak grew, and each one's seconds."""
    paths = []
    for number, data in enumerate(files.values()):
        path = folder / str(number)
        path.write_bytes(data)
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input="\n".join(paths), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES.keys())
def test_is_refused_in_words_or_drawn_anew(name, data):
    upload = ContentFile(data)
    upload.name = name

    try:
        stored = images.store(upload)
    except images.UnusablePicture as refusal:
        assert len(refusal.for_people) > 10
        return

    for each in (stored, images.small_name(stored)):
        kept = default_storage.open(each).read()
        picture = Image.open(BytesIO(kept))
        assert each.startswith("goods/") and each.endswith(".webp") and "/" not in each[6:]
        assert kept != data
        assert MARK not in kept
        assert (picture.format, picture.mode, getattr(picture, "n_frames", 1)) == ("WEBP", "RGB", 1)
        assert not picture.getexif() and not {"xmp", "icc_profile", "exif"} & set(picture.info)
        assert max(picture.size) <= images.LONG_SIDE


def test_are_at_least_forty_and_some_of_either_kind():
    refused = [what for what, (name, data) in FILES.items() if is_refused(data)]

    print(f"\n{len(FILES)} uploads: {len(refused)} refused, {len(FILES) - len(refused)} drawn anew, 0 stored as sent")  # noqa: T201
    assert len(FILES) >= 40
    assert 20 <= len(refused) <= len(FILES) - 15


def is_refused(data: bytes) -> bool:
    try:
        images.read(ContentFile(data, name="a.jpg"))
    except images.UnusablePicture:
        return True
    return False


def test_together_they_take_little_memory(tmp_path):
    told = measured(tmp_path, {what: data for what, (_name, data) in FILES.items()})

    print(f"\nhostile uploads: peak +{told['grown']} MB, at most {max(s for s, _mb in told['each'].values())} s each")  # noqa: T201
    assert 20 < told["grown"] < MOST_MB


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG"])
def test_a_photo_of_12_megapixels_takes_little_memory(kind, tmp_path):
    out = BytesIO()
    noise = Image.effect_noise((500, 375), 90).resize((4000, 3000), Image.Resampling.NEAREST)
    Image.merge("RGB", [noise, noise.transpose(Image.Transpose.FLIP_LEFT_RIGHT), noise]).save(out, kind, quality=85)

    told = measured(tmp_path, {kind: out.getvalue()})

    seconds = told["each"][str(tmp_path / "0")][0]
    figures = (
        f"\n12 megapixels as {kind}, {len(out.getvalue()) / 1e6:.1f} MB: peak +{told['grown']} MB, {seconds} s of CPU"
    )
    print(figures)  # noqa: T201
    assert told["grown"] < MOST_MB
    assert seconds <= MOST_SECONDS
