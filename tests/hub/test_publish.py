"""`publish`: each students.zip is one more commit, and none is ever taken back."""

import subprocess
import zipfile

import pytest

from hub.publish import FIRST_PAGE, Trouble, publish


def packed(folder, **files):
    path = folder / "students.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(FIRST_PAGE, "{}")
        for name, text in files.items():
            archive.writestr(f"great-leap-forward/{name}", text)
    return path


def git(repository, *words):
    done = subprocess.run(["git", "-C", repository, *words], capture_output=True, text=True)
    return done.returncode, done.stdout.strip(), done.stderr


def test_the_next_commit_holds_what_is_packed_and_follows_the_last(tmp_path):
    repository = tmp_path / "great-leap-forward"
    assert publish(packed(tmp_path, one="1", two="2"), repository).startswith("3 files")
    _, first, _ = git(repository, "rev-parse", "main")
    assert publish(packed(tmp_path, one="1 again"), repository).startswith("2 files")
    assert git(repository, "show", "main:one")[1] == "1 again"
    assert git(repository, "ls-tree", "--name-only", "main")[1].split() == ["notebooks", "one"]
    assert git(repository, "rev-parse", "main~1")[1] == first
    assert publish(packed(tmp_path, one="1 again"), repository).startswith("Nothing")


def test_no_push_rewrites_what_is_published(tmp_path):
    repository, copy = tmp_path / "great-leap-forward", tmp_path / "copy"
    publish(packed(tmp_path, one="1"), repository)
    git(tmp_path, "init", "-q", "-b", "main", copy)
    me = ["-c", "user.name=x", "-c", "user.email=x@localhost"]
    git(copy, *me, "commit", "-q", "--allow-empty", "-m", "anew")
    for words in (["--force", repository, "main"], [repository, ":main"]):
        code, _, said = git(copy, "push", *words)
        assert code and "[remote rejected]" in said, said


@pytest.mark.parametrize("content", [None, b"no zip", "elsewhere"])
def test_what_coursework_did_not_pack_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "students.zip"
    if content == "elsewhere":
        with zipfile.ZipFile(packed(tmp_path), "a") as archive:
            archive.writestr("../beside", "")
    elif content:
        path.write_bytes(content)
    with pytest.raises(Trouble, match="python run.py coursework build"):
        publish(path, tmp_path / "great-leap-forward")
    assert not (tmp_path / "great-leap-forward").exists()
