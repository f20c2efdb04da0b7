"""Parks and services."""

from django.urls import path

from . import views

app_name = "parks"
urlpatterns = [
    path("", views.parks, name="parks"),
    path("parks.xlsx", views.parks_export, name="export"),
    path("open/", views.open_parks, name="open"),
    path("<int:pk>/join/", views.join, name="join"),
    path("mine/<int:pk>/", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.park, name="park"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/desks/", views.add_desks, name="add-desks"),
    path("<int:pk>/committee/", views.appoint, name="appoint"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("desks/<int:pk>/use/", views.desk_use, name="desk-use"),
    path("committee/<int:pk>/leave/", views.leave, name="leave"),
    path("teams/<int:pk>/", views.tenancy, name="tenancy"),
    path("teams/<int:pk>/change/", views.change_team, name="change-team"),
    path("teams/<int:pk>/move/", views.move, name="move"),
    path("teams/<int:pk>/desk/", views.book, name="book"),
    path("teams/<int:pk>/ask/", views.ask, name="ask"),
    path("bookings/<int:pk>/end/", views.free, name="free"),
    path("lines/<int:pk>/", views.line, name="line"),
    path("requests/", views.RequestList.as_view(), name="requests"),
    path("requests.xlsx", views.requests_export, name="requests-export"),
    path("requests/<int:pk>/move/", views.move_request, name="move-request"),
    path("requests/<int:pk>/fair/", views.register, name="register"),
    path("referrals/<int:pk>/move/", views.move_referral, name="move-referral"),
]
