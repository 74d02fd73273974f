"""JSON queries for agents, as Troupe does them."""

import json as jsonlib
from pathlib import Path

import jmespath
from crewai.tools import BaseTool
from pydantic import BaseModel, Field

FILES = Path("files")


class JsonQueryInput(BaseModel):
    query: str = Field(description='JMESPath, for example "orders[?total > `100`].{id: id, city: address.city}".')
    json: str | None = Field(default=None, description="The JSON text to look in.")
    file: str | None = Field(default=None, description="Or the name of a file that holds it.")


class JsonQuery(BaseTool):
    name: str = "json_query"
    description: str = "Takes values out of JSON with a JMESPath query: filter, pick, sort, count, sum."
    args_schema: type[BaseModel] = JsonQueryInput

    def _run(self, query: str, json: str | None = None, file: str | None = None) -> str:
        if (json is None) == (file is None):
            raise ValueError("Give either json or the name of a file.")
        text = json if json is not None else inside(file or "").read_text(encoding="utf-8")
        return jsonlib.dumps(jmespath.search(query, jsonlib.loads(text)), ensure_ascii=False, indent=1)


def inside(name: str) -> Path:
    path = (FILES / name).resolve()
    if not path.is_relative_to(FILES.resolve()):
        raise ValueError("Only files of this crew can be read.")
    return path
