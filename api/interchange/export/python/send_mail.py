"""Mail for agents: through the server that SMTP_URL names, for example smtp://user:password@host:587."""

import os
import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class SendMailInput(BaseModel):
    to: list[str] = Field(min_length=1, max_length=10, description="Addresses of those who get it.")
    subject: str = Field(max_length=200, description="One line.")
    text: str = Field(description="The message, as plain text.")


class SendMail(BaseTool):
    name: str = "send_mail"
    description: str = "Sends an e-mail. It cannot be called back: use it only when the task asks for it."
    args_schema: type[BaseModel] = SendMailInput

    def _run(self, to: list[str], subject: str, text: str) -> str:
        address = os.environ.get("SMTP_URL")
        if not address:
            raise ValueError("There is no mail server: set SMTP_URL.")
        message = EmailMessage()
        message["From"] = os.environ.get("MAIL_FROM", "troupe@localhost")
        message["To"] = ", ".join(to)
        message["Subject"] = subject
        message.set_content(text)
        server = urlsplit(address)
        connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
        with connect(server.hostname or "localhost", server.port or 0, timeout=30) as smtp:
            smtp.ehlo()
            if server.scheme == "smtp" and smtp.has_extn("starttls"):
                smtp.starttls()
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)
        return f"The mail to {', '.join(to)} is sent."
