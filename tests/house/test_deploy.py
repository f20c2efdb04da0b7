"""The files for servers say what the code says."""

import re
import shutil
import subprocess

import pytest

from marketplace.core.watched import NUMBER
from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy"


def test_the_example_of_settings_names_known_ones_only():
    known = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^(\w+)=", (DEPLOY / "env.example").read_text(encoding="utf-8"), re.MULTILINE))

    assert named - known == {"DJANGO_SETTINGS_MODULE"}


def test_a_shell_reads_the_example_of_settings_as_systemd_does():
    """The first start sources it."""
    told = subprocess.run(
        ["sh", "-c", f". {DEPLOY}/env.example; echo $DEFAULT_FROM_EMAIL"], capture_output=True, text=True, check=False
    )

    assert (told.stderr, told.stdout) == ("", "雁行 Yanxing <noreply@shop.example.org>\n")


def test_the_number_a_proxy_gives_is_one_the_site_takes():
    assert "X-Request-ID $request_id" in (DEPLOY / "nginx/yanxing-proxy.inc").read_text()
    assert NUMBER.fullmatch("0123456789abcdef" * 2)


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda path: path.name)
def test_units_have_their_parts(unit):
    text = unit.read_text()

    assert text.startswith("[Unit]\nDescription=")
    assert ("[Timer]" in text) == (unit.suffix == ".timer")
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service").exists()
    else:
        assert "User=yanxing" in text and "NoNewPrivileges=yes" in text


@pytest.mark.parametrize("conf", ["yanxing.conf", "balancer.conf"])
def test_a_page_with_many_files_is_counted_once(conf):
    text = (DEPLOY / "nginx" / conf).read_text()

    counted = re.findall(r"location ([^{]+?) \{(?:(?!\n    \}).)*limit_req zone=(\w+)", text, re.DOTALL)
    assert [zone for _place, zone in counted] == ["doors", "visitors"] and counted[-1][0] == "/"
    assert not re.search(r"^    limit_req ", text, re.MULTILINE)


def test_nobody_but_root_reads_the_settings():
    told = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")

    assert "install -o root -g root -m 600" in told and "-m 700 /etc/yanxing" in told
    assert "adduser www-data" not in told


@pytest.mark.parametrize("file", sorted((DEPLOY / "nginx").iterdir()), ids=lambda path: path.name)
def test_braces_and_semicolons_are_in_their_places(file):
    text = file.read_text()
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    assert text.count("{") == text.count("}")
    assert all(line[-1] in "{};" for line in lines if line)


@pytest.mark.parametrize("media", ["yanxing-media.inc", "yanxing-media-store.inc"])
@pytest.mark.parametrize("conf", ["yanxing.conf", "balancer.conf"])
def test_nginx_takes_its_files(conf, media, tmp_path):
    """Asked of nginx itself where it is installed; everywhere, that both say where pictures are."""
    text = (DEPLOY / "nginx" / conf).read_text()
    assert text.count("include /etc/nginx/yanxing-media.inc;") == 1
    if shutil.which("nginx") and shutil.which("openssl"):
        assert asked(text, media, tmp_path) == ""


def replaced(text: str, places: dict[str, str]) -> str:
    for written, meant in places.items():
        text = text.replace(written, meant)
    return text


def asked(text: str, media: str, folder) -> str:
    """What nginx complains of."""
    key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run(
        [*key, "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"], check=True, capture_output=True
    )
    places = {"/etc/yanxing/tls/": f"{folder}/", "media.store.example.org": "127.0.0.1"}
    for name, file in {"yanxing-proxy.inc": "yanxing-proxy.inc", "yanxing-media.inc": media}.items():
        (folder / name).write_text(replaced((DEPLOY / "nginx" / file).read_text(), places))
        places[f"/etc/nginx/{name}"] = f"{folder}/{name}"
    text = replaced(text, places)
    whole = folder / "nginx.conf"
    whole.write_text(f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    done = subprocess.run(["nginx", "-t", "-q", "-c", whole], capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""
