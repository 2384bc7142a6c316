"""The database, from `DATABASE_URL`: SQLite, or what production runs on."""

from config.dialect import read_database_url
from config.settings.environment import BASE_DIR, text

DATABASE_URL = text("DATABASE_URL", "sqlite:///./app.db")
DATABASES = {"default": read_database_url(DATABASE_URL, BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
