"""Files for agents: what is in the folder `files` beside the crew."""

from pathlib import Path

from crewai.tools import BaseTool

FILES = Path("files")


class ListFiles(BaseTool):
    name: str = "list_files"
    description: str = "Lists the files of this crew with their sizes."

    def _run(self) -> str:
        found = sorted(path for path in FILES.rglob("*") if path.is_file())
        lines = [f"{path.relative_to(FILES)} ({path.stat().st_size} bytes)" for path in found]
        return "\n".join(lines) or "This crew has no files yet."
