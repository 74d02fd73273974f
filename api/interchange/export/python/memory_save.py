"""Memory for agents: statements in the file `memory.jsonl` beside the crew."""

import json
from datetime import datetime, timezone
from pathlib import Path

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

MEMORY = Path("memory.jsonl")


class MemorySaveInput(BaseModel):
    contents: list[str] = Field(description="Statements that can be understood alone, one fact each")
    importance: float = Field(default=0.5, ge=0, le=1, description="0 to 1; 0.5 when left out")


class MemorySave(BaseTool):
    name: str = "memory_save"
    description: str = "Keeps facts, decisions and preferences for later work for the same person."
    args_schema: type[BaseModel] = MemorySaveInput

    def _run(self, contents: list[str], importance: float = 0.5) -> str:
        at = datetime.now(timezone.utc).isoformat()
        with MEMORY.open("a", encoding="utf-8") as file:
            for text in contents:
                file.write(json.dumps({"text": text, "importance": importance, "at": at}) + "\n")
        return f"Remembered: {len(contents)} of {len(contents)}."
