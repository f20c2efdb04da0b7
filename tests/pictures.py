"""Pictures that journeys leave in the folder SHOTS names, to be looked at; none where it is not set."""

import os
from pathlib import Path

DESK_AND_PHONE = (1280, 360)


def leave(page, name: str, widths: tuple[int, ...] = ()) -> None:
    """The whole page, as wide as it is shown or at each of some widths."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    shown = page.viewport_size
    for width in widths or (shown["width"],):
        page.set_viewport_size(shown | {"width": width})
        page.screenshot(path=Path(folder) / f"{name}{f'-{width}' if widths else ''}.png", full_page=True)
    page.set_viewport_size(shown)
