"""Files for agents: those in the folder `files` beside the crew, and no others."""

from pathlib import Path

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

FILES = Path("files")


class ReadFileInput(BaseModel):
    name: str = Field(description="Name of a file of this crew.")
    startLine: int = Field(default=1, ge=1, description="First line to read; 1 when left out.")
    lineCount: int | None = Field(default=None, ge=1, description="How many lines; all when left out.")


class ReadFile(BaseTool):
    name: str = "read_file"
    description: str = "Reads a file of this crew, whole or some of its lines."
    args_schema: type[BaseModel] = ReadFileInput

    def _run(self, name: str, startLine: int = 1, lineCount: int | None = None) -> str:
        path = (FILES / name).resolve()
        if not path.is_relative_to(FILES.resolve()) or not path.is_file():
            raise ValueError(f'There is no file named "{name}".')
        lines = path.read_text(encoding="utf-8").split("\n")[startLine - 1 :]
        return "\n".join(lines if lineCount is None else lines[:lineCount])
