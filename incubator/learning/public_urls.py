"""What anybody may open below /training/, besides the pages of the school."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("certificates/", views.check, name="check"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("certificates/<str:code>/paper.pdf", views.certificate_paper, name="certificate-paper"),
    path("attend/<str:token>/", views.attend, name="attend"),
]
