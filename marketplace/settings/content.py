"""Wagtail: the front pages, and the search index that the catalogue shares."""

from .environment import SITE_URL

WAGTAIL_SITE_NAME = "雁行 Yanxing"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "marketplace.search.chinese", "SEARCH_CONFIG": "simple", "AUTO_UPDATE": True}
}
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.stories.refusal.publish_at_the_end"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILEMBEDS_FINDERS: list = []
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "mp3", "m4a", "ogg", "oga", "wav", "mp4", "webm"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
"""Files of pages are open like the pages themselves; a longer video belongs in several lessons."""
