"""Our addresses, and the pictures that a web server hands out in production."""

from django.conf import settings
from django.urls import re_path
from django.views.static import serve

from marketplace.urls import *  # noqa: F403
from marketplace.urls import urlpatterns as ours

urlpatterns = [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}), *ours]
