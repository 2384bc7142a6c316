"""What Tortoise's command is told; it reads the database from `DATABASE_URL`."""

from app.database import tortoise_config
from app.settings import get_settings

TORTOISE_ORM = tortoise_config(get_settings())
