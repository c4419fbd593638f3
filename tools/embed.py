#!/usr/bin/env python3
"""Writes OUT.S and OUT.cpp that hold every file of a folder, plain and gzipped, in the binary.

usage: embed.py FOLDER OUT    (a folder that does not exist gives an empty list)
"""
import gzip, hashlib, pathlib, sys

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png",
         ".json": "application/json", ".woff2": "font/woff2", ".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8"}
folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
out.parent.mkdir(parents=True, exist_ok=True)
files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in TYPES) if folder.is_dir() else []
assembly = ['.section .rodata', '.section .note.GNU-stack,"",@progbits', '.section .rodata']
declarations, entries = [], []
packed = out.parent / (out.name + "-gzip")
packed.mkdir(exist_ok=True)
for i, path in enumerate(files):
    data = path.read_bytes()
    small = gzip.compress(data, 9, mtime=0)
    use_gzip = path.suffix not in {".png", ".woff2"} and len(small) < len(data)
    sizes = [("plain", path.resolve(), len(data))]
    if use_gzip:
        (packed / str(i)).write_bytes(small)
        sizes.append(("gzip", (packed / str(i)).resolve(), len(small)))
    views = {"plain": "{}", "gzip": "{}"}
    for kind, source, size in sizes:
        symbol = f"embedded_{kind}_{i}"
        assembly += [f".global {symbol}", f"{symbol}:", f'.incbin "{source}"']
        declarations.append(f'extern "C" char const {symbol}[];')
        views[kind] = f"{{{symbol}, {size}}}"
    entries.append(f'    {{"{path.relative_to(folder).as_posix()}", "{TYPES[path.suffix]}", {views["plain"]}, {views["gzip"]}, "{hashlib.sha256(data).hexdigest()[:20]}"}},')
out.with_suffix(".S").write_text("\n".join(assembly) + "\n")
body = "\n".join(entries)
listing = f"static gateway::EmbeddedFile const files[] = {{\n{body}\n    }};\n    return files;" if files else "return {};"
newline = "\n"
out.with_suffix(".cpp").write_text(f'''// Written by tools/embed.py.
#include "app/console_files.h"

{newline.join(declarations)}

namespace kindling::app {{

std::span<gateway::EmbeddedFile const> console_files() {{
    {listing}
}}

}}  // namespace kindling::app
''')
