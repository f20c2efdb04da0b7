"""How many statements a request sent to the database, told in a header."""

from django.db import connection

HEADER = "X-Statements"


class CountSql:
    """Outermost, so that sessions, sign-in and basket count too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        counter = Counter()
        with connection.execute_wrapper(counter):
            response = self.get_response(request)
        response.headers[HEADER] = str(counter.count)
        return response


class Counter:
    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)
