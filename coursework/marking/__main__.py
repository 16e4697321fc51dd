"""Coursework: hand problem sets out on Monday, return marks with comments on Friday.

    python run.py coursework build            make what students get
    python run.py coursework check FOLDER     read what came back, mend it, say what was damaged
    python run.py coursework grade            mark what is new; list what you mark by hand
    python run.py coursework feedback         take in your marks, write a page for each student
    python run.py coursework export           take in your marks, write marks.csv, and files for
                                            Moodle's and Canvas's gradebooks

Options: --class FOLDER  where the class lies (coursework/class)
         --set ps3       check or grade: only this problem set
         --again         grade: also what has been marked before

The teacher's guide is coursework/README.md.
"""

import argparse
import sys
from pathlib import Path

from coursework.marking import nbgrader_runs
from coursework.marking.classroom import COURSEWORK, Trouble, say, set_name, sets


def build(folder, told):
    nbgrader_runs.build(folder)


def check(folder, told):
    from coursework.marking import intake

    if told.inbox is None or not told.inbox.exists():
        said = f"There is no {told.inbox.resolve()}. " if told.inbox else ""
        raise Trouble(f"{said}Say which folder the files came back in: check FOLDER.")
    say(intake.check(told.inbox.resolve(), folder, told.name).summary)
    say(f"What was damaged and what was done about it: {folder / 'check.md'}")


def grade(folder, told):
    from coursework.marking import teacher
    from coursework.marking.run.wall import protection

    teacher.withdraw(folder)
    say(protection())
    failed = nbgrader_runs.grade(folder, [told.name] if told.name else [], told.again)
    rows, notes = teacher.list_by_hand(folder, teacher.unreadable(folder, failed))
    for note in notes:
        say(note)
    if failed:
        say(
            f"{len(failed)} could not be run ({', '.join(sorted(set(failed.values())))}) and are "
            "to be marked as a whole; if that is most of the class, give build and grade again."
        )
    waiting = sum(teacher.is_open(folder, row) for row in rows)
    say(f"Marked. To mark by hand: {waiting}, in {folder / 'by_hand.csv'}; fill in points and")
    say("comment, with the rubrics in coursework/sets beside you. Then: feedback, export.")


def feedback(folder, told):
    from coursework.marking.hand_back import pages

    take_in(folder)
    nbgrader_runs.feedback(folder)
    pages.write_whole_pages(folder)
    say(f"A page for each student: {folder / 'feedback'}")


def export(folder, told):
    take_in(folder)
    say(f"Marks: {nbgrader_runs.export(folder)}; to import: marks_moodle.csv, marks_canvas.csv")


def take_in(folder):
    from coursework.marking import teacher

    for complaint in teacher.take_in(folder):
        say(complaint)


COMMANDS = {command.__name__: command for command in (build, check, grade, feedback, export)}


class Parser(argparse.ArgumentParser):
    """A parser that answers a wrong command in a line or two."""

    def error(self, message):
        """Say what is wrong and where help is."""
        raise Trouble(
            f"{message[:1].upper()}{message[1:]}. A folder with blanks in its name wants "
            "quotation marks.\nFor help: python run.py coursework"
        )


def main(words):
    parser = Parser(usage=__doc__, add_help=False, allow_abbrev=False)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("inbox", nargs="?", type=Path)
    parser.add_argument("--class", dest="folder", type=Path, default=COURSEWORK / "class")
    parser.add_argument("--set", dest="name")
    parser.add_argument("--again", action="store_true")
    if not words or words[0] in ("-h", "--help", "help"):
        print(__doc__.strip())
        return 0
    told = parser.parse_args(words)
    if told.inbox and told.command != "check":
        raise Trouble(
            f"{told.command} reads no folder: leave out {told.inbox}. To name the class: "
            "--class FOLDER."
        )
    folder = told.folder.resolve()
    if told.command != "build" and not (folder / "release").is_dir():
        raise Trouble(f"There is no class in {folder} yet: give the command build first.")
    known = sets(COURSEWORK / "sets")
    if told.name:
        told.name = set_name(told.name)
        if told.name not in known:
            raise Trouble(f"There is no problem set {told.name!r}; choose from {', '.join(known)}.")
    COMMANDS[told.command](folder, told)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit("Stopped. What was marked is kept; give the same command to go on.")
