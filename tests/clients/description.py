"""The server's OpenAPI document, and whether an answer is as it says."""

import json
import re

from jsonschema import Draft202012Validator


class Description:
    def __init__(self, document):
        self.document = document

    def resolved(self, value):
        while "$ref" in value:
            found = self.document
            for name in value["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            value = found
        return value

    def operation(self, method, path):
        """None if the document has none."""
        for template, methods in self.document["paths"].items():
            pattern = re.sub(r"\\{\w+\\}", "[^/]*", re.escape(template))
            if re.fullmatch(pattern, path) and method.lower() in methods:
                return methods[method.lower()]
        return None

    def problems(self, method, path, status, content_type, body):
        """What about this answer is not as described; whoever asks for what is not there, or in a
        way that is not, gets an error like all others."""
        operation = self.operation(method, path)
        responses = operation["responses"] if operation else {
            "4XX": {"$ref": "#/components/responses/Error"}}
        response = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if response is None:
            return [f"status {status} is not described"]
        contents = self.resolved(response).get("content", {})
        content = contents.get(content_type.split(";")[0])
        if content is None:
            return [f"{status}: content type {content_type!r} is not described"]
        if "x-event" in content:
            return self.problems_of_events(content["x-event"], body)
        value = json.loads(body) if content_type == "application/json" else body
        return self.problems_of(content["schema"], value)

    def problems_of_events(self, schema, body):
        out = []
        for event in body.removesuffix("\n\n").split("\n\n"):
            if not event.startswith("data: "):
                out.append(f"no event: {event!r}")
            elif event != "data: [DONE]":
                out += self.problems_of(schema, json.loads(event.removeprefix("data: ")))
        return out

    def problems_of(self, schema, value):
        whole = {**schema, "components": self.document["components"]}
        return [f"{error.json_path}: {error.message[:300]}"
                for error in Draft202012Validator(whole).iter_errors(value)]
