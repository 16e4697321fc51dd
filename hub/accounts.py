"""An account, a home, a folder to hand in and a slip for each student of a roster.

Run by set_up.py, which names the roster's folder and the hub's. Nothing that is there is changed.
"""

import csv
import os
import pwd
import re
import secrets
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from coursework.marking.classroom import Trouble, folder_name, read_roster  # noqa: E402

FOLDERS = {"homes": 0o711, "handed_in": 0o751, "run": 0o711, "state": 0o700}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def main(coursework_class, folder):
    ids = identifiers(coursework_class)
    for name, mode in FOLDERS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name).chmod(mode)
    (folder / "gitconfig").write_text(f"[safe]\n\tdirectory = {folder}/great-leap-forward\n")
    for identifier in ids:
        make_account(folder, identifier)
    write_slips(folder / "slips.csv", ids)
    print(f"{len(ids)} students; the slips to hand out are in {folder / 'slips.csv'}.")


def identifiers(coursework_class):
    """Return the identifiers of a roster as they are compared, each fit to name an account."""
    found = []
    for row in read_roster(coursework_class):
        name = folder_name(row["id"])
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,28}", name):
            raise Trouble(
                f"{coursework_class / 'roster.csv'}: the id “{row['id']}” cannot name an account, "
                "for which there are a to z, digits, hyphens, and 29 letters at most: give this "
                "student another one."
            )
        found.append(name)
    return list(dict.fromkeys(found))


def make_account(folder, identifier):
    """Make what a student has on this machine, unless it is there."""
    account, home = f"s-{identifier}", folder / "homes" / f"s-{identifier}"
    try:
        person = pwd.getpwnam(account)
    except KeyError:
        words = ["useradd", "--create-home", "--home-dir", home, "--shell", "/bin/bash"]
        subprocess.run([*words, "--key", "HOME_MODE=0700", account], check=True)
        person = pwd.getpwnam(account)
    if person.pw_dir != str(home):
        raise Trouble(f"This machine has an account {account}: give {identifier} another id.")
    handed_in = folder / "handed_in"
    own = {folder / "run" / account: (person.pw_gid, 0o700)}
    own[handed_in / identifier] = (handed_in.stat().st_gid, 0o2750)  # a teacher's group may read
    for path, (group, mode) in own.items():
        path.mkdir(exist_ok=True)
        os.chown(path, person.pw_uid, group)
        path.chmod(mode)
    link = home / "hand_in"
    if not link.is_symlink():
        link.symlink_to(handed_in / identifier)


def write_slips(path, ids):
    """Write who may log in and with what; a slip that a student has stays as it is."""
    have = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            have = {row["id"]: row["slip"] for row in csv.DictReader(file)}
    path.touch(0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "slip", "account"])
        writer.writerows([one, have.get(one) or new_slip(), f"s-{one}"] for one in ids)


def new_slip():
    first, second = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return f"{first}-{second}"


if __name__ == "__main__":
    try:
        main(*(Path(word).absolute() for word in sys.argv[1:]))
    except (Trouble, OSError, subprocess.CalledProcessError) as trouble:
        sys.exit(str(trouble))
