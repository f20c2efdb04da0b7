"""Pages of this app: one way in and out for shop, dashboard and CMS."""

from django.urls import path

from .views import door, password, second_factor

app_name = "accounts"
urlpatterns = [
    path("sign-in/", door.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", door.SignInByCode.as_view(), name="sign-in-code"),
    path("second-step/", second_factor.Second.as_view(), name="second"),
    path("second-step/set-up/", second_factor.SetUp.as_view(), name="second-set-up"),
    path("second-step/codes/", second_factor.NewCodes.as_view(), name="second-codes"),
    path("sign-up/", door.SignUp.as_view(), name="sign-up"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("password/", password.Forgotten.as_view(), name="password"),
    path("password/code/", password.PasswordByCode.as_view(), name="password-code"),
    path("password/<str:uid>/<str:token>/", password.PasswordByLink.as_view(), name="password-link"),
]
