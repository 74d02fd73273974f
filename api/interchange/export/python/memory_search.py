"""Memory for agents: statements in the file `memory.jsonl` beside the crew, scored as CrewAI scores its own."""

import json
import re
from datetime import datetime, timezone
from pathlib import Path

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

MEMORY = Path("memory.jsonl")


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 2}


def score(memory: dict, query: str) -> float:
    wanted = words(query)
    likeness = len(wanted & words(memory["text"])) / max(1, len(wanted))
    age = datetime.now(timezone.utc) - datetime.fromisoformat(memory["at"])
    if likeness == 0:
        return 0
    return 0.5 * likeness + 0.3 * 0.5 ** (age.total_seconds() / 86400 / 30) + 0.2 * memory["importance"]


class MemorySearchInput(BaseModel):
    queries: list[str] = Field(description="Each is looked up by itself")


class MemorySearch(BaseTool):
    name: str = "memory_search"
    description: str = "Looks up what you learnt in earlier work for the same person."
    args_schema: type[BaseModel] = MemorySearchInput

    def _run(self, queries: list[str]) -> str:
        lines = MEMORY.read_text(encoding="utf-8").splitlines() if MEMORY.exists() else []
        memories = [json.loads(line) for line in lines]
        best = {m["text"]: max(score(m, query) for query in queries) for m in memories}
        found = sorted(((value, text) for text, value in best.items() if value > 0), reverse=True)[:20]
        return "\n".join(f"- (score={value:.2f}) {text}" for value, text in found) or "Nothing about this is remembered."
