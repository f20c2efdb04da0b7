"""What git keeps is the repository's own."""

import subprocess

from tests.house.sources import ROOT

LINK = "120000 "


def test_no_link_leads_out_of_it():
    """A link instead of a folder that is ignored takes the folder's place wherever it is checked out."""
    told = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0 and told.stdout
    assert [line.partition("\t")[2] for line in told.stdout.splitlines() if line.startswith(LINK)] == []
