"""Each rule of ours.yml finds the first of its pair and lets the second be. Nothing here is ever run."""


def leads(request):
    # ruleid: leads-away
    redirect(request.GET.get("next", "/"))
    # ok: leads-away
    redirect(ours(request, request.GET.get("next", "")) or "/")


def shows(request, form):
    # ruleid: typed-words-as-markup
    mark_safe("<b>" + request.POST["name"] + "</b>")
    # ok: typed-words-as-markup
    mark_safe("<b>" + escape(request.POST["name"]) + "</b>")
    # ruleid: typed-words-as-markup
    format_html("<b>%s</b>" % form.cleaned_data["name"])
    # ok: typed-words-as-markup
    format_html("<b>{}</b>", form.cleaned_data["name"])


def reads(request):
    # ruleid: typed-names-of-files
    storage.open("papers/" + request.GET["name"])
    # ok: typed-names-of-files
    storage.open(paper.file.name)


def asks(request, cursor):
    # ruleid: statements-put-together
    cursor.execute("SELECT * FROM t WHERE name = '%s'" % request.GET["name"])
    # ok: statements-put-together
    cursor.execute("SELECT * FROM t WHERE name = %s", [request.GET["name"]])


def notes(request):
    # ruleid: people-in-the-log
    logger.warning("refused %s", request.POST["mobile"])
    # ok: people-in-the-log
    logger.warning("refused at %s", request.path)


def opens(settings, said, token):
    # ruleid: secrets-compared-letter-by-letter
    if settings.METRICS_TOKEN == said:
        return True
    # ok: secrets-compared-letter-by-letter
    return token != "" and constant_time_compare(token, said)


def hides(products, product):
    # ruleid: behind-the-lists
    products.filter(pk=1).update(is_public=False)
    # ok: behind-the-lists
    product.save(update_fields=["is_public"])


def tells():
    # ruleid: hours-of-no-place
    datetime.now()
    # ok: hours-of-no-place
    datetime.now(UTC)
    # ok: hours-of-no-place
    timezone.now()
