"""PostgreSQL is asked for ``title || body``, which the search library does not index: without this it reads every entry."""

from django.db import migrations

NAME = "search_title_and_body"


def on_postgres(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [
        migrations.RunPython(
            on_postgres(f"CREATE INDEX {NAME} ON wagtailsearch_indexentry USING gin ((title || body))"),
            on_postgres(f"DROP INDEX {NAME}"),
        )
    ]
