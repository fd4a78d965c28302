"""What every part of a catalog has in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class PublishedModel(BaseModel):
    """A part of a catalog: values that anybody may see, and that stay as they are."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)

    def as_json(self) -> dict[str, Any]:
        """What is published of it, ready for a writer of JSON."""
        return self.model_dump(mode="json", by_alias=True)
