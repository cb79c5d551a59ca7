"""What every file that people write has in common."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Market = Literal["US", "EU", "CA", "AU"]


class Strict(BaseModel):
    """Frozen, and unknown keys are errors: a misspelt key is never silently lost."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )
