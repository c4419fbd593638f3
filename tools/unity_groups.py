#!/usr/bin/env python3
"""Which source files are compiled together.   unity_groups.py ROOT OUTPUT

Half of what one of our files costs a compiler is what it reads and instantiates before its own first line, which a group does once.
But files of one group share their unnamed namespaces and macros, so two that could meet are never put together:
no name that one file keeps to itself may be declared, called or named in another of its group. What is checked is text, stricter than the language asks for.

Writes a CMake file that names each file's group; touches it only when something changed, and a change makes CMake configure again.
Groups are kept stable (files in order of their names), hold files of one library and one folder level, and stay small enough to rebuild in seconds."""
import re, sys
from pathlib import Path

MOST = {"source": (6, 1000), "test": (10, 2000)}  # files and lines of a group; tests are not optimised and compile faster
WORD = re.compile(r"[A-Za-z_]\w*")
TEST = re.compile(r"(?:TYPED_)?(?:TEST|TEST_F|TEST_P|INSTANTIATE_TEST_SUITE_P)\s*\(\s*(\w+)\s*,\s*(\w+)")  # GoogleTest makes a name of the two
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
# Headers that bring macros or names which others trip over: such a file stays alone.
ALONE = re.compile(r'#\s*include\s*<(boost/(beast|asio)|xgboost|hnswlib|opencv2|coin|Cbc|Eigen|gtest/internal)|#\s*pragma|__attribute__\(\(target|extern "C"|LLVMFuzzer|int main\(')


def bare(text):
    return NOISE.sub(lambda m: '""' if m[0][0] in "\"'R" else " ", text)


def blocks(text):
    """The inside of every unnamed namespace."""
    for start in re.finditer(r"\bnamespace\s*\{", text):
        depth, i = 1, start.end()
        while depth and i < len(text):
            depth += {"{": 1, "}": -1}.get(text[i], 0)
            i += 1
        yield text[start.end():i - 1]


def statements(block):
    """Heads of what is declared at the block's own level: up to the first brace, equals sign or semicolon; the declarators after a comma too."""
    head, depth, round_, started = "", 0, 0, False
    for c in block:
        if c in "{":
            depth += 1
        elif c == "}":
            depth -= 1
            if depth == 0 and round_ == 0:
                started = True
            continue
        if depth:
            continue
        round_ += {"(": 1, ")": -1}.get(c, 0)
        if c == ";" and round_ == 0:
            yield head
            head, started = "", False
        else:
            if started and round_ == 0 and (c.isalpha() or c in "_[~"):  # a body ended and the next declaration begins
                yield head
                head = ""
            if not c.isspace():
                started = False
            head += c
    yield head


def declared(text):
    """Names that belong to this file alone: (name, whether it is a function)."""
    names = set()
    for m in re.finditer(r"#\s*define\s+(\w+)", text):
        names.add((m[1], False))
    plain = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    for block in blocks(plain):
        for head in statements(block):
            head = re.sub(r"\[\[.*?\]\]", " ", head).strip()
            while head.startswith("template"):
                d, i = 0, head.find("<")
                for i in range(i, len(head)):
                    d += {"<": 1, ">": -1}.get(head[i], 0)
                    if d == 0:
                        break
                head = head[i + 1:].strip()
            if not head:
                continue
            if m := TEST.match(head):
                names.add(("_".join(m.groups()), False))
                continue
            if m := re.match(r"(?:struct|class|union|enum(?:\s+class)?|concept|namespace|using)\s+(\w+)", head):
                if not head.startswith("using") or "=" in head:
                    names.add((m[1], False))
                    continue
                continue
            # Without what is in brackets of any kind, a declarator is the word before "(", "=", "[", "," or the end.
            flat, d = "", 0
            for i, c in enumerate(head):
                if c == "<" and (i and (head[i - 1].isalnum() or head[i - 1] == "_")):
                    d += 1
                elif c == ">" and d:
                    d -= 1
                elif d == 0:
                    flat += c
            function = re.match(r"[^=(]*?(\w+)\s*\(", flat)
            if function:
                names.add((function[1], True))
            else:
                for part in flat.split(","):
                    if m := re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*(?:=|$)", part.strip()):
                        names.add((m[1], False))
    for m in re.finditer(r"^static\s[^;{=(]*?(\w+)\s*(\(|=|\[|;|\{)", plain, re.M):
        names.add((m[1], m[2] == "("))
    return {(n, f) for n, f in names if not n.isdigit() and n not in ("operator", "static_assert", "const", "default")}


known_headers = {}


def words_of_headers(path, raw, root):
    """What the headers of this project that it includes itself speak of. (Of one included by another, a clash is a compile error, never a change of meaning.)"""
    words = set()
    for name in re.findall(r'^#include "([^"]+)"', raw, re.M):
        header = next((h for h in (root / "src" / name, path.parent / name) if h.exists()), None)
        if header and header not in known_headers:
            known_headers[header] = set(WORD.findall(bare(header.read_text(encoding="utf-8"))))
        words |= known_headers.get(header, set())
    return words


class File:
    def __init__(self, path, root):
        raw = path.read_text(encoding="utf-8")
        text = bare(raw)
        self.path, self.lines, self.alone = path, raw.count("\n"), bool(ALONE.search(raw))
        self.names = declared(text)
        free = re.sub(r"(?:\.|->)\s*[A-Za-z_]\w*", " ", text)
        self.words = set(WORD.findall(free))
        self.words |= words_of_headers(path, raw, root)
        self.calls = set(re.findall(r"([A-Za-z_]\w*)\s*\(", free))
        # A `using namespace` outside a function would reach the files after it.
        self.alone |= bool(re.search(r"^using namespace", text, re.M))

    def may_meet(self, other):
        return any(n in (other.calls if f else other.words) for n, f in self.names) or any(n in (self.calls if f else self.words) for n, f in other.names)


def library(path):
    folder = path.parent
    while not (folder / "CMakeLists.txt").exists():
        folder = folder.parent
    return folder


def main():
    root, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    parts = {}
    for top in ("src", "bench"):
        for path in sorted((root / top).rglob("*.cpp")):
            kind = "test" if path.stem.endswith("_test") else "fuzz" if path.stem.endswith("_fuzz") else "source"
            if kind != "fuzz":
                parts.setdefault((library(path), kind), []).append(File(path, root))
    lines, grouped, total, groups_made = [], 0, 0, 0
    for (folder, kind), files in sorted(parts.items()):
        groups, (most_files, most_lines) = [], MOST[kind]
        for file in files:
            total += 1
            if file.alone:
                continue
            for group in groups[-6:]:
                if len(group) < most_files and sum(f.lines for f in group) + file.lines <= most_lines and not any(file.may_meet(f) for f in group):
                    group.append(file)
                    break
            else:
                groups.append([file])
        for number, group in enumerate(groups):
            if len(group) > 1:
                groups_made += 1
                grouped += len(group)
                for file in group:
                    lines.append(f'set("group of {file.path.relative_to(root)}" {kind}{number})\n')
    text = "# Made by tools/unity_groups.py\n" + "".join(lines)
    if not output.exists() or output.read_text() != text:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text)
    print(f"{total} files: {total - grouped + groups_made} to compile")


if __name__ == "__main__":
    main()
