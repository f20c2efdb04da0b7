"""Text messages through a provider; which one is a setting. Adding one means a class with ``send``."""

import json
import logging
import urllib.error
import urllib.request
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

SECONDS_TO_WAIT = 8


class NotSent(Exception):
    """The message did not go out."""


class Provider(Protocol):
    """Sends one text; called outside transactions."""

    def send(self, number: str, text: str) -> None:
        """Send ``text`` to ``number`` (E.164). Raises NotSent."""


class ConsoleProvider:
    """Prints messages where the server runs. For development: it shows codes to whoever reads the console."""

    def send(self, number: str, text: str) -> None:
        print(f"SMS {number}: {text}", flush=True)  # noqa: T201


class HttpProvider:
    """Hands messages to a gateway of the operator's: POST of {"to", "text"} as JSON with a bearer token."""

    def send(self, number: str, text: str) -> None:
        request = urllib.request.Request(  # noqa: S310 (the address is the operator's, see settings)
            settings.SMS_URL,
            data=json.dumps({"to": number, "text": text}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_TO_WAIT):  # noqa: S310
                return
        except (urllib.error.URLError, TimeoutError, OSError) as error:
            logger.warning("the message gateway refused or did not answer: %s", type(error).__name__)
            raise NotSent from error


class NoProvider:
    """Where nobody was engaged to send messages."""

    def send(self, number: str, text: str) -> None:
        raise NotSent


def send(number: str, text: str) -> None:
    """Send through the provider of the settings. Raises NotSent."""
    import_string(settings.SMS_PROVIDER)().send(number, text)
