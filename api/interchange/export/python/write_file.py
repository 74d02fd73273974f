"""Files for agents: kept in the folder `files` beside the crew."""

from pathlib import Path

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

FILES = Path("files")


class WriteFileInput(BaseModel):
    name: str = Field(description='Name for the file, for example "report.md".')
    content: str = Field(description="Its whole text.")
    overwrite: bool = Field(default=True, description="False: refuse when there is a file of that name.")


class WriteFile(BaseTool):
    name: str = "write_file"
    description: str = "Writes a file of this crew. What was in it before is replaced."
    args_schema: type[BaseModel] = WriteFileInput

    def _run(self, name: str, content: str, overwrite: bool = True) -> str:
        path = (FILES / name).resolve()
        if not path.is_relative_to(FILES.resolve()):
            raise ValueError("Use a plain name such as report.md.")
        if path.exists() and not overwrite:
            raise ValueError(f'There is a file named "{name}" already, and overwrite is false.')
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return f'"{name}" is written: {len(content.encode())} bytes.'
