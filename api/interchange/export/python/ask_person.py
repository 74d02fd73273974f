"""A question to a person, who answers in the terminal."""

from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class AskPersonInput(BaseModel):
    question: str = Field(
        description="One question, with all that somebody needs to know to answer it."
    )


class AskPerson(BaseTool):
    name: str = "ask_person"
    description: str = (
        "Asks a person and waits for the answer, which may take long. "
        "Use it for what only a person can know or decide."
    )
    args_schema: type[BaseModel] = AskPersonInput

    def _run(self, question: str) -> str:
        print(f"\n{question}")
        return input("Your answer: ")
