"""HTTP for agents, as Troupe does it: http and https alone, one answer, cut where it gets long."""

import json as jsonlib
import urllib.error
import urllib.request
from typing import Any, Literal

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

MOST_BYTES = 5 * 1024 * 1024
MOST_CHARS = 60_000
SHOWN = ["content-type", "location", "link", "retry-after", "etag", "last-modified", "x-total-count"]


class HttpRequestInput(BaseModel):
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: str = Field(description="A public http or https address.")
    headers: dict[str, str] | None = Field(default=None, description="Headers of the request.")
    json: Any = Field(default=None, description="Sent as the JSON body.")
    body: str | None = Field(default=None, description="Sent as the body as it is. Not together with json.")


class HttpRequest(BaseTool):
    name: str = "http_request"
    description: str = (
        "Sends one HTTP request to a public web address and gives back status, some headers and the body as text."
    )
    args_schema: type[BaseModel] = HttpRequestInput

    def _run(
        self,
        url: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        json: Any = None,
        body: str | None = None,
    ) -> str:
        sent = dict(headers or {})
        data = body.encode() if body is not None else None
        if json is not None:
            sent.setdefault("Content-Type", "application/json")
            data = jsonlib.dumps(json).encode()
        status, shown, text = fetch(url, method=method, headers=sent, data=data)
        head = [f"{name}: {shown[name]}" for name in SHOWN if name in shown]
        cut = "\n[cut: the answer is longer]" if len(text) > MOST_CHARS else ""
        return "\n".join([f"HTTP {status} from {url}", *head, "", text[:MOST_CHARS] + cut])


def fetch(url: str, method: str = "GET", headers: dict[str, str] | None = None, data: bytes | None = None):
    """Status, headers with small letters, and text. Raises ValueError for what is no web address."""
    if not url.lower().startswith(("http://", "https://")):
        raise ValueError("Only http and https addresses can be opened.")
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        charset = answer.headers.get_content_charset() or "utf-8"
        text = answer.read(MOST_BYTES).decode(charset, errors="replace")
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, text
