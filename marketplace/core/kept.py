"""What somebody typed into a form that cannot be taken just now."""


def typed(request) -> list[tuple[str, str]]:
    """Names and values of a form that could not be taken, to be sent once more from the page that says so.

    Nothing where it would lack something: files a page cannot hold, and passwords it should not.
    """
    try:
        if request.FILES or any("password" in name for name in request.POST):
            return []
        return [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # what cannot be read was not typed into a form of ours
        return []
