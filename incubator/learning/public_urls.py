"""What anybody may open below /training/certificates/."""

from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("", views.check, name="check"),
    path("<str:code>/", views.certificate, name="certificate"),
    path("<str:code>/paper.pdf", views.certificate_paper, name="certificate-paper"),
]
