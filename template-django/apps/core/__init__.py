"""What every app stands on.

For a view of another app:

- `views.APIView` is the base of every view: it wants a login, answers in JSON, and turns
  whatever is raised into a problem (`problems.py`). `views.OpenView` is for those without one.
- A body: `data = TodoCreate.read(request)`, where `TodoCreate` is a `serializers.BodySerializer`;
  415, 400 and 422 are answered for you. Members of a merge patch are `required=False`.
  Its fields come from `api_fields.py`, which are strict about types.
- A query: `query = TodoQuery.read(request)` of a `serializers.PageQuery` (with `limit`, `cursor`)
  or a `serializers.QuerySerializer`.
- A page: `rows, cursor = pagination.Pager(scope, order).page(queryset, limit=, cursor=)`, and
  `Response(page_of(TodoSerializer, rows, cursor))`.
- Raise `errors.NotFound("There is no such todo")` and its siblings, in services too.
- `etags.check_if_match(request.headers.get("If-Match"), version)` and its siblings.
- A service that writes is decorated with `transaction.atomic`; jobs go out by
  `transactions.after_commit(job, *arguments)`, where `job` is a `django.tasks.task`.
- `openapi.document.document(...)` describes an operation, `serializers.page_serializer` a page.
"""
