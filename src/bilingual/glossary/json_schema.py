"""The JSON Schema of ``glossary.yaml``, for completion and validation in editors."""

from __future__ import annotations

from bilingual.glossary.schema import FIELDS, ID, KINDS, Field

_TYPES: dict[str, dict[str, object]] = {
    "text": {"type": "string", "minLength": 1},
    "texts": {
        "type": "array",
        "items": {"type": "string", "minLength": 1},
        "uniqueItems": True,
    },
    "flag": {"type": "boolean"},
    "kind": {"enum": list(KINDS)},
}


def json_schema() -> dict[str, object]:
    """Return the schema (JSON Schema 2020-12) of a glossary, ready for ``json.dumps``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Glossary of a bilingual newsroom",
        "type": "array",
        "items": {
            "type": "object",
            "required": [field.name for field in FIELDS if field.required],
            "additionalProperties": False,
            "properties": {field.name: _property(field) for field in FIELDS},
        },
    }


def _property(field: Field) -> dict[str, object]:
    described = {**_TYPES[field.type], "description": field.description}
    if field.name == "id":
        described["pattern"] = f"^{ID.pattern}$"
    if field.name == "reading":
        described["pattern"] = "^[가-힣 ]+$"
    return described
