"""Arithmetic for agents, as the calculator of Troupe does it. Nothing is evaluated as Python."""

import ast
import math
import re
from decimal import Decimal

from crewai.tools import BaseTool
from pydantic import BaseModel, Field

MAX_LENGTH = 500
SPELLINGS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**"}


class CalculatorInput(BaseModel):
    expression: str = Field(
        description='For example "(17.5 * 4 + 2) / 3". Operators + - * / % ^, parentheses, '
        "sqrt, abs, round, min, max."
    )


class Calculator(BaseTool):
    name: str = "calculator"
    description: str = (
        "Works out an arithmetic expression to 15 digits. Use it whenever a number has to be right."
    )
    args_schema: type[BaseModel] = CalculatorInput

    def _run(self, expression: str) -> str:
        return f"{expression.strip()} = {show(calculate(expression))}"


def calculate(expression: str) -> float:
    """Works out an expression. Raises ValueError with a sentence that says what is wrong with it."""
    if len(expression) > MAX_LENGTH:
        raise ValueError(f"The expression is longer than {MAX_LENGTH} characters.")
    plain = expression.strip().lower()
    for sign, meaning in SPELLINGS.items():
        plain = plain.replace(sign, meaning)
    if not re.fullmatch(r"[\d.a-z+\-*/%(),\s]+", plain):
        raise ValueError(f'"{expression.strip()[:20]}" is not arithmetic.')
    try:
        value = work_out(ast.parse(plain, mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError(f'"{expression.strip()[:20]}" is not arithmetic.') from None
    except OverflowError:
        value = math.inf
    if isinstance(value, complex) or not math.isfinite(value):
        raise ValueError("The result is not a real number of a size that can be shown.")
    return value


def divide(left: float, right: float) -> float:
    if right == 0:
        raise ValueError("Division by zero has no result.")
    return left / right


def remainder(left: float, right: float) -> float:
    if right == 0:
        raise ValueError("Division by zero has no result.")
    return math.fmod(left, right)


def power(base: float, exponent: float):
    if base == 0 and exponent < 0:
        return math.inf
    return base**exponent


OPERATORS = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: divide,
    ast.Mod: remainder,
    ast.Pow: power,
}


def work_out(node):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = work_out(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = work_out(node.left), work_out(node.right)
        if isinstance(left, complex) or isinstance(right, complex):
            return math.nan
        return OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return call(node.func.id, [work_out(value) for value in node.args])
    raise ValueError("Only numbers, + - * / % ^, parentheses and the functions are arithmetic.")


def call(name: str, values: list) -> float:
    least_and_most = {"sqrt": (1, 1), "abs": (1, 1), "round": (1, 2), "min": (1, 50), "max": (1, 50)}
    if name not in least_and_most:
        raise ValueError(f'"{name}" is not one of the functions {", ".join(least_and_most)}.')
    least, most = least_and_most[name]
    if not least <= len(values) <= most:
        raise ValueError(f"{name} takes {least} to {most} values.")
    if name == "round":
        return round_to(*values)
    if name == "sqrt":
        return math.sqrt(values[0]) if values[0] >= 0 else math.nan
    return {"abs": lambda: abs(values[0]), "min": lambda: min(values), "max": lambda: max(values)}[name]()


def round_to(value: float, digits: float = 0.0) -> float:
    """Away from zero at the half, as people round, and by the number as it is written: 1.005 is 1.01."""
    if digits != int(digits) or not 0 <= digits <= 15:
        raise ValueError("The second value of round must be a whole number from 0 to 15.")
    places = Decimal(10) ** int(digits)
    whole = math.floor(abs(Decimal(repr(value))) * places + Decimal("0.5"))
    return math.copysign(float(Decimal(whole) / places), value)


def show(value: float) -> str:
    """0.1 + 0.2 is shown as 0.3: the last binary digits of a fraction are noise to people and models."""
    if value == int(value) and abs(value) < 2**53:
        return str(int(value))
    short = float(f"{value:.15g}")
    if 1e-6 <= abs(short) < 1e21:
        return f"{Decimal(repr(short)):f}".removesuffix(".0")
    return re.sub(r"e([+-])0*(\d)", r"e\1\2", repr(short)).replace("e-0", "e-")
