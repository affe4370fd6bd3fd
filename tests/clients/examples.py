"""The examples of a manual: ```sh blocks that ask by curl, each with the answer below it.

The first line of the answer's block is ```json or ```text, and the status if that is not 200. What
an answer must have in common with that of the manual is said in docs/API.md.
"""

import json
import re
from dataclasses import dataclass

BLOCKS = re.compile(r"^```sh\n(curl .*?)^```\n\n?```(json|text)(?: (\d+))?\n(.*?)^```$",
                    re.MULTILINE | re.DOTALL)
TIMES = ("created", "microseconds", "timings")
WIDTH = 100


@dataclass
class Example:
    command: str
    kind: str
    status: int
    answer: str
    span: tuple  # Of the answer in the manual's text.


def examples(text):
    return [Example(match[1], match[2], int(match[3] or 200), match[4], match.span(4))
            for match in BLOCKS.finditer(text)]


def same_string(shown, real):
    """An ellipsis stands for anything."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), real, re.DOTALL) is not None


def difference(shown, real, path="$"):
    """Where two JSON values differ, and how; None if nowhere."""
    if isinstance(shown, dict) and isinstance(real, dict):
        if list(shown) != list(real):
            return f"{path}: members {list(shown)}, really {list(real)}"
        pairs = ((f"{path}.{name}", shown[name], real[name]) for name in shown
                 if name not in TIMES)
    elif isinstance(shown, list) and isinstance(real, list):
        if len(shown) != len(real):
            return f"{path}: {len(shown)} elements, really {len(real)}"
        pairs = ((f"{path}[{i}]", a, b) for i, (a, b) in enumerate(zip(shown, real)))
    else:
        return None if same(shown, real) else f"{path}: {shown!r}, really {real!r}"
    return next(filter(None, (difference(a, b, place) for place, a, b in pairs)), None)


def same(shown, real):
    if isinstance(shown, str) and isinstance(real, str):
        return same_string(shown, real)
    if is_number(shown) and is_number(real):
        return abs(shown - real) <= 1e-6 * abs(real)
    return type(shown) is type(real) and shown == real


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def difference_of_lines(shown, real):
    """The same of texts, whose lines may be events with JSON in them."""
    shown_lines, real_lines = shown.splitlines(), real.splitlines()
    if len(shown_lines) != len(real_lines):
        return f"{len(shown_lines)} lines, really {len(real_lines)}:\n{real}"
    for a, b in zip(shown_lines, real_lines):
        if a.startswith("data: {") and b.startswith("data: {"):
            found = difference(json.loads(a[6:]), json.loads(b[6:]))
        else:
            found = None if same_string(a, b) else f"{a!r}, really {b!r}"
        if found:
            return found
    return None


def difference_of(example, answer):
    if example.kind == "text":
        return difference_of_lines(example.answer, answer)
    try:
        shown = json.loads(example.answer)
    except ValueError as error:
        return f"the manual shows no JSON: {error}"
    return difference(shown, json.loads(answer))


def layout(value, indent=1, before=0):
    """JSON as the manual shows it: as much on a line as fits, behind `before` other characters."""
    line = json.dumps(value, ensure_ascii=False)
    if before + len(line) < WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    names = [f"{json.dumps(name)}: " for name in value] if isinstance(value, dict) else None
    out, column = line[0], before + 1
    for i, each in enumerate(value.values() if names else value):
        name = names[i] if names else ""
        part = name + json.dumps(each, ensure_ascii=False)
        if i > 0 and column + len(part) + 2 < WIDTH:
            out, column = out + ", ", column + 2
        elif i > 0:
            out, column = out + ",\n" + " " * indent, indent
        part = name + layout(each, indent + 1, column + len(name))
        column = WIDTH if "\n" in part else column + len(part)
        out += part
    return out + line[-1]


def rewritten(text, answers):
    """The manual with these answers, one for each example, where it does not agree with them."""
    for example, answer in reversed(list(zip(examples(text), answers))):
        if difference_of(example, answer) is not None:
            begin, end = example.span
            shown = layout(json.loads(answer)) + "\n" if example.kind == "json" else answer
            text = text[:begin] + shown + text[end:]
    return text
