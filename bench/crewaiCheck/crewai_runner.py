"""Runs and loads exported projects under CrewAI. Takes a job a line as JSON and answers each with a line of JSON."""

import importlib
import io
import json
import os
import sys
from contextlib import redirect_stdout

from crewai.flow.flow import Flow
from crewai.project.crew_loader import load_crew, load_crew_from_definition


def open_flow(job):
    return Flow.from_declaration(path=os.path.join(job["folder"], "flow.yaml"))


def open_crew(job):
    """A crew and the inputs its files give, from a project in either format."""
    if job["format"] == "crewai-json":
        return load_crew(os.path.join(job["folder"], "crew.jsonc"))
    if job["format"] == "crewai-flow":
        action = open_flow(job)._definition.methods["run"].do
        return load_crew_from_definition(action.with_, project_root=job["folder"])
    source = os.path.join(job["folder"], "src")
    [module] = os.listdir(source)
    sys.path.insert(0, source)
    try:
        for name in [name for name in sys.modules if name.split(".")[0] == module]:
            del sys.modules[name]
        importlib.invalidate_caches()
        main = importlib.import_module(f"{module}.main")
        made = importlib.import_module(f"{module}.crew")
    finally:
        sys.path.remove(source)
    [crew_class] = [value for value in vars(made).values() if getattr(value, "is_crew_class", False)]
    texts = {name: "{" + name + "}" for name in getattr(main, "TEXTS", [])}
    return crew_class().crew(), texts


def run(job):
    os.chdir(job["folder"])
    if job["format"] == "crewai-flow":
        return {"output": str(open_flow(job).kickoff(inputs=job["inputs"]))}
    crew, inputs = open_crew(job)
    return {"output": str(crew.kickoff(inputs={**inputs, **job["inputs"]}))}


def load(job):
    os.chdir(job["folder"])
    crew, _ = open_crew(job)
    places = {id(task): place for place, task in enumerate(crew.tasks)}
    return {
        "name": crew.name,
        "tasks": [
            {
                "description": task.description,
                "expectedOutput": task.expected_output,
                "async": task.async_execution,
                "markdown": task.markdown,
                "outputFile": task.output_file,
                "tools": [tool.name for tool in task.tools],
                "context": [places[id(each)] for each in task.context] if isinstance(task.context, list) else None,
                "agent": {
                    "role": task.agent.role,
                    "goal": task.agent.goal,
                    "backstory": task.agent.backstory,
                    "maxIterations": task.agent.max_iter,
                    "temperature": task.agent.llm.temperature,
                    "maxTokens": task.agent.llm.max_tokens,
                },
            }
            for task in crew.tasks
        ],
    }


def answer(job):
    """CrewAI talks on standard output too, so its words are kept apart from the answers."""
    try:
        with redirect_stdout(io.StringIO()):
            return {"run": run, "load": load}[job["act"]](job)
    except BaseException as error:  # whatever it was is what we want to hear
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(f"\nANSWER {json.dumps(answer(json.loads(line)))}", flush=True)
