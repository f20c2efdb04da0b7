from django.urls import include, path
from oscar.apps.dashboard import apps

GONE = {"reports/"}
"""Oscar's rooms that are not here: its reports name people in tables that nobody notes. Orders of a period are downloaded from their list."""


class DashboardConfig(apps.DashboardConfig):
    name = "marketplace.dashboard"

    def get_urls(self):
        """Our rooms stand before Oscar's; who may enter them says access.py."""
        from marketplace.dashboard import home
        from marketplace.dashboard.cases import views as cases
        from marketplace.dashboard.questions import views as questions
        from marketplace.dashboard.reviews import views as reviews
        from marketplace.dashboard.tasks import views as tasks

        ours = [
            path("", home.Home.as_view(), name="index"),
            path("listings/", include("marketplace.dashboard.listings.urls")),
            path("shops/", include("marketplace.dashboard.shops.urls")),
            path("tasks/", tasks.FailedTasks.as_view(), name="failed-tasks"),
            path("tasks/<uuid:pk>/again/", tasks.again, name="failed-task-again"),
            path("tasks/<uuid:pk>/drop/", tasks.drop, name="failed-task-drop"),
            path("staff/", include("marketplace.dashboard.staff.urls")),
            path("income/", include("marketplace.dashboard.income.urls")),
            path("money/", include("marketplace.dashboard.money.urls")),
            path("promotions/", include("marketplace.dashboard.promotions.urls")),
            path("complaints/", include("marketplace.dashboard.complaints.urls")),
            path("cases/", cases.CaseList.as_view(), name="case-list"),
            path("cases/<str:number>/", cases.case, name="case"),
            path("cases/<str:number>/do/<slug:name>/", cases.deed, name="case-deed"),
            path("cases/<str:number>/photos/<int:pk>/", cases.photo, name="case-photo"),
            path("buyer-reviews/", reviews.ReviewList.as_view(), name="buyer-reviews"),
            path("buyer-reviews/<int:pk>/hide/", reviews.hide, name="review-hide"),
            path("buyer-reviews/<int:pk>/show/", reviews.show_again, name="review-show"),
            path("questions/", questions.QuestionList.as_view(), name="questions"),
            path("questions/<int:pk>/hide/", questions.hide, name="question-hide"),
        ]
        oscars = (each for each in super().get_urls() if str(each.pattern) not in GONE)
        return [*ours, *oscars]
