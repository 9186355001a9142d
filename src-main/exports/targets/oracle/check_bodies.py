"""Reads bodies as JSON from standard input and parses each with leptonai's own types.

Standard input: [{"type": "deployment" | "secrets", "body": ...}, ...]. Prints, for each, what the types understood.
"""

import json
import sys

from leptonai.api.v2.types.deployment import LeptonDeployment
from leptonai.api.v2.types.secret import SecretItem


def parse(entry):
    if entry["type"] == "secrets":
        parsed = [SecretItem(**item) for item in entry["body"]]
        return [item.model_dump(by_alias=True, exclude_none=True, mode="json") for item in parsed]
    return LeptonDeployment(**entry["body"]).model_dump(by_alias=True, exclude_none=True, mode="json")


print(json.dumps([parse(entry) for entry in json.load(sys.stdin)]))
