"""Jobs wait in the database for workers, in the table of django-tasks-db."""
