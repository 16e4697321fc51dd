"""Where on GitHub the README's links lead: to Binder, to the published site, and for Colab.

python tools/repository_links.py                print it
python tools/repository_links.py OWNER/REPO     put another place into every link
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
NAME = r"[\w.-]+"  # of an owner or a repository
LINKS = {  # a form of link, and what it is written as
    rf"https://mybinder\.org/v2/gh/({NAME})/({NAME})/HEAD": "https://mybinder.org/v2/gh/{}/{}/HEAD",
    rf"git\+https://github\.com/({NAME})/({NAME})": "git+https://github.com/{}/{}",
    rf"https://({NAME})\.github\.io/({NAME})/": "https://{}.github.io/{}/",
}


def places(text):
    """Every owner and repository that links of a text name, as pairs."""
    return {found for form in LINKS for found in re.findall(form, text)}


def moved(text, owner, repository):
    """The text with all its links leading to one repository."""
    for form, written in LINKS.items():
        text = re.sub(form, written.format(owner, repository), text)
    return text


def main(words):
    text = README.read_text("utf-8")
    if words:
        if len(words) > 1 or not re.fullmatch(f"{NAME}/{NAME}", words[0]):
            return f"{' '.join(words)!r} names no repository: write it OWNER/REPO."
        text = moved(text, *words[0].split("/"))
        README.write_text(text, "utf-8", newline="\n")
    print("The links lead to " + " and ".join(sorted("/".join(place) for place in places(text))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
