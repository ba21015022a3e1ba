"""`python -m courses.pictures LANG OUT.html [MODULE …]`: one page with every picture, light and dark."""

import argparse
import re
from html import escape
from pathlib import Path

from . import draw, load, module_of, names

CSS_FILE = Path(__file__).parents[2] / "static" / "css" / "pictures.css"
DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}\n", re.DOTALL)
PAGE_STYLE = """
body { margin: 0; font: 16px/1.4 system-ui, sans-serif; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(672px, 1fr)); }
figure { display: grid; grid-template-columns: 320px 320px; margin: 0; }
figure > div { padding: 8px; }
.light { background: #fbf6ec; color: #1d2733; }
.dark { background: #10181f; color: #f3ede1; }
figcaption { grid-column: 1 / -1; padding: 2px 8px; font-size: 13px; }
.wrong { color: #b3261e; font-weight: 700; }
"""


def figure(name: str, language: str) -> str:
    try:
        svg = draw(name, language)
    except Exception as error:  # a sheet is for looking: one broken picture must not hide the others
        return f'<figure><figcaption class="wrong">{name}: {escape(repr(error))}</figcaption></figure>'
    caption = f"<figcaption>{name} · {module_of(name)} · {len(svg)} B</figcaption>"
    return f'<figure>{caption}<div class="light">{svg}</div><div class="dark">{svg}</div></figure>'


def sheet(language: str, modules: list[str]) -> str:
    load(tolerant=True)
    css = CSS_FILE.read_text(encoding="utf-8")
    dark = DARK.search(css)
    dark_rules = dark.group(1).replace(".picture", ".dark .picture") if dark else ""
    wanted = [name for name in names() if not modules or module_of(name) in modules]
    wanted.sort(key=lambda name: (module_of(name), name))
    figures = "\n".join(figure(name, language) for name in wanted)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Pictures · {language}</title>'
        f"<style>{PAGE_STYLE}{DARK.sub('', css)}{dark_rules}</style><main>{figures}</main></html>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m courses.pictures", description=__doc__)
    parser.add_argument("language")
    parser.add_argument("out", type=Path)
    parser.add_argument("modules", nargs="*", help="only these modules of drawings: module_2 common")
    wanted = parser.parse_args()
    wanted.out.write_text(sheet(wanted.language, wanted.modules), encoding="utf-8")


if __name__ == "__main__":
    main()
