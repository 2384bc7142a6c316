"""The name of a tag, as the API takes it."""

import re
from typing import Any

from apps.core.api_fields import CleanTextField
from apps.tagging.models import TAG_NAME_LENGTH


class TagNameField(CleanTextField):
    """No control character (Unicode category Cc), and no `/`, which parts a path."""

    pattern = r"^[^\u0000-\u001f\u007f-\u009f/]*$"
    default_error_messages = {"characters": "A name has no control character and no slash."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_blank": False, "max_length": TAG_NAME_LENGTH, **options})

    def to_internal_value(self, data: Any) -> str:
        name: str = super().to_internal_value(data)
        if re.fullmatch(self.pattern, name) is None:
            self.fail("characters")
        return name
