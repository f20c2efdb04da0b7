"""Fairs."""

from django.urls import path

from . import views

app_name = "fairs"
urlpatterns = [
    path("", views.FairList.as_view(), name="fairs"),
    path("new/", views.plan, name="plan"),
    path("<int:pk>/", views.fair, name="fair"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/enrol/", views.enrol, name="enrol"),
    path("<int:pk>/run/", views.begin, name="begin"),
    path("<int:pk>/registered/<slug:side>/", views.registered, name="registered"),
    path("<int:pk>/registered/<slug:side>/<int:entry_pk>/slots/", views.slots, name="slots"),
    path("<int:pk>/import/<slug:side>/", views.sheet, name="sheet"),
    path("<int:pk>/import/<slug:side>/sample.csv", views.sheet_sample, name="sheet-sample"),
    path("<int:pk>/import/<slug:side>/take-in/", views.sheet_take_in, name="sheet-take-in"),
    path("<int:pk>/imports/<int:run_pk>/undo/", views.undo, name="undo"),
    path("open/", views.open_fairs, name="open"),
    path("<int:pk>/register/<slug:side>/", views.apply, name="apply"),
    path("registrations/<uuid:key>/", views.application, name="application"),
    path("<int:pk>/registrations/", views.applications, name="applications"),
    path("applications/<int:pk>/", views.check_application, name="check-application"),
    path("applications/<int:pk>/decide/", views.decide_application, name="decide-application"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/pairs.xlsx", views.export, name="export"),
    path("runs/<int:pk>/compare/", views.compare, name="compare"),
    path("runs/<int:pk>/approve/", views.approve, name="approve"),
    path("runs/<int:pk>/pair/", views.pair, name="pair"),
    path("runs/<int:pk>/override/", views.override, name="override"),
    path("<int:pk>/timetable/", views.timetable, name="timetable"),
    path("timetables/<int:pk>/cards.pdf", views.timetable_cards, name="timetable-cards"),
    path("timetables/<int:pk>/meetings.xlsx", views.timetable_export, name="timetable-export"),
    path("cards/<str:token>/", views.card, name="card"),
    path("overrides/<int:pk>/approve/", views.override_approve, name="override-approve"),
    path("overrides/<int:pk>/remove/", views.override_remove, name="override-remove"),
]
