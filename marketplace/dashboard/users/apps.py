from django.urls import path
from oscar.apps.dashboard.users import apps


class UsersDashboardConfig(apps.UsersDashboardConfig):
    """People with an account, for operators. Oscar's pages find them by e-mail; ours have a mobile number."""

    name = "marketplace.dashboard.users"

    def ready(self):
        """Oscar's views are not loaded."""

    def get_urls(self):
        from marketplace.dashboard.users import views

        return [
            path("", views.People.as_view(), name="users-index"),
            path("<int:pk>/", views.person, name="user-detail"),
            path("<int:pk>/bar/", views.bar, name="user-bar"),
            path("<int:pk>/readmit/", views.readmit, name="user-readmit"),
        ]
