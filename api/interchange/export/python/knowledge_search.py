"""Knowledge for agents: passages of the texts in the folder `knowledge` beside the crew, found by their words."""

import re
from pathlib import Path

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

KNOWLEDGE = Path("knowledge")
SIZE, OVERLAP = 4000, 200


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 2}


def passages(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return [text[start : start + SIZE] for start in range(0, len(text), SIZE - OVERLAP)]


class KnowledgeSearchInput(BaseModel):
    query: str = Field(description="What you want to know, in words that the text would use")
    limit: int = Field(default=5, ge=1, le=20, description="How many passages; 5 when left out")


class KnowledgeSearch(BaseTool):
    name: str = "knowledge_search"
    description: str = (
        "Finds passages in the documents that you were given to read. "
        "Use it whenever the answer may stand in them, and name the file that a fact is from."
    )
    args_schema: type[BaseModel] = KnowledgeSearchInput

    def _run(self, query: str, limit: int = 5) -> str:
        wanted = words(query)
        texts = [path for path in sorted(KNOWLEDGE.rglob("*")) if path.suffix in {".txt", ".md", ".csv", ".json"}]
        found = [
            (len(wanted & words(passage)) / max(1, len(wanted)), path.name, passage)
            for path in texts
            for passage in passages(path)
        ]
        best = sorted((each for each in found if each[0] > 0), key=lambda each: -each[0])[:limit]
        told = [f"[{name}, score {score:.2f}]\n{passage}" for score, name, passage in best]
        return "\n\n".join(told) or "Nothing in the documents fits this query. Try other words."
