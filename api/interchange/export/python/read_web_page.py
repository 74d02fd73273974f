"""Web pages for agents, as Troupe reads them: title, text and links."""

import re
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urljoin

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

MOST_BYTES = 1_500_000
MOST_CHARS = 20_000
MOST_LINKS = 40
HIDDEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "nav", "footer"}
BLOCKS = {"p", "div", "section", "article", "ul", "ol", "table", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4"}


class ReadWebPageInput(BaseModel):
    url: str = Field(description="Address of the page.")
    start: int = Field(default=0, ge=0, description="Character to go on from, when the text was cut.")


class ReadWebPage(BaseTool):
    name: str = "read_web_page"
    description: str = "Reads a web page: its title, the text of its main part and the links in it."
    args_schema: type[BaseModel] = ReadWebPageInput

    def _run(self, url: str, start: int = 0) -> str:
        if not url.lower().startswith(("http://", "https://")):
            raise ValueError("Only http and https addresses can be opened.")
        request = urllib.request.Request(url, headers={"User-Agent": "Mozilla/5.0 (compatible; Troupe)"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            charset = answer.headers.get_content_charset() or "utf-8"
            html = answer.read(MOST_BYTES).decode(charset, errors="replace")
        page = Page(url)
        page.feed(html)
        text = page.text()
        rest = len(text) - start - MOST_CHARS
        note = [f"[cut: {rest} more characters; go on with start: {start + MOST_CHARS}]"] if rest > 0 else []
        links = ["", "Links:", *page.links[:MOST_LINKS]] if page.links and start == 0 else []
        head = [f"Title: {page.title.strip() or '(none)'}", f"Address: {url}", ""]
        return "\n".join([*head, text[start : start + MOST_CHARS], *note, *links])


class Page(HTMLParser):
    def __init__(self, url: str):
        super().__init__()
        self.url, self.title, self.links = url, "", []
        self._parts: list[str] = []
        self._hidden, self._in_title, self._href = 0, False, None

    def handle_starttag(self, tag, attrs):
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "a":
            self._href = dict(attrs).get("href")
        elif tag == "li":
            self._parts.append("\n- ")
        elif tag in BLOCKS or tag == "br":
            self._parts.append("\n\n" if tag != "br" else "\n")

    def handle_endtag(self, tag):
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in BLOCKS:
            self._parts.append("\n\n")

    def handle_data(self, data):
        if self._in_title:
            self.title += data
        elif not self._hidden:
            self._parts.append(re.sub(r"\s+", " ", data))
            self._link(data.strip())

    def _link(self, text: str):
        href, self._href = self._href, None
        address = urljoin(self.url, href) if href and text else ""
        if address.startswith(("http://", "https://")):
            self.links.append(f"- {text[:120]}: {address}")

    def text(self) -> str:
        joined = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self._parts))
        return re.sub(r"\n{3,}", "\n\n", joined).strip()
