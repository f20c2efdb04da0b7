"""What all pages of a buyer share: the list of rooms beside them says where she is."""

from django.shortcuts import render


def show(request, name: str, *, here: str, status: int = 200, **context):
    """One of her pages; ``here`` is the room it belongs to."""
    return render(request, f"marketplace/customer/{name}.html", context | {"here": here}, status=status)
