"""A copy of the whole site in a folder, and the site again from the copy: `manage.py backup DIR`, `manage.py restore DIR`.

The folder holds ``manifest.json`` (rows of every table, SHA-256 of every file), the database, and the files under
``files/``. It is written under another name and renamed when it is whole, so a folder with the right name is a whole
copy. Keys are not part of it: FIELD_KEY and SECRET_KEY are kept elsewhere, and columns encrypted with them stay
encrypted. Sessions are left out, because their keys open accounts: after a restore everybody signs in again.
"""

from .engines import Refused
from .restoring import restore
from .taking import take

__all__ = ["Refused", "restore", "take"]
