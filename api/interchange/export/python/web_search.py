"""Web search for agents, as Troupe does it: Serper, Tavily or Brave, whichever has a key in the environment."""

import json
import os
import urllib.request
from urllib.parse import urlencode

from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class WebSearchInput(BaseModel):
    query: str = Field(description="What to look for.")
    count: int = Field(default=5, ge=1, le=10, description="How many results; 5 when left out.")


class WebSearch(BaseTool):
    name: str = "web_search"
    description: str = "Searches the web and gives back titles, addresses and short excerpts of the best results."
    args_schema: type[BaseModel] = WebSearchInput

    def _run(self, query: str, count: int = 5) -> str:
        found = [
            f"{at}. {title}\n{url}\n{excerpt[:500]}"
            for at, (title, url, excerpt) in enumerate(search(query, count)[:count], 1)
        ]
        return "\n\n".join(found) or "Nothing was found."


def search(query: str, count: int) -> list[tuple[str, str, str]]:
    if key := os.environ.get("SERPER_API_KEY"):
        answer = ask("https://google.serper.dev/search", {"X-API-KEY": key}, {"q": query, "num": count})
        return rows(answer.get("organic", []), "link", "snippet")
    if key := os.environ.get("TAVILY_API_KEY"):
        headers = {"Authorization": f"Bearer {key}"}
        answer = ask("https://api.tavily.com/search", headers, {"query": query, "max_results": count})
        return rows(answer.get("results", []), "url", "content")
    if key := os.environ.get("BRAVE_API_KEY"):
        address = f"https://api.search.brave.com/res/v1/web/search?{urlencode({'q': query, 'count': count})}"
        answer = ask(address, {"X-Subscription-Token": key}, None)
        return rows(answer.get("web", {}).get("results", []), "url", "description")
    raise ValueError("There is no key: set SERPER_API_KEY, TAVILY_API_KEY or BRAVE_API_KEY.")


def ask(url: str, headers: dict[str, str], body: dict | None) -> dict:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def rows(found: list[dict], url: str, excerpt: str) -> list[tuple[str, str, str]]:
    return [(one.get("title", ""), one.get(url, ""), one.get(excerpt, "")) for one in found]
