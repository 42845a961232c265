"""Judges what was written of the files of the measure.

Words are compared without capitals and punctuation; an apostrophe belongs to its word and a hyphen parts two.  Numbers
are words in the truth, so that digits count as errors."""

import re
from collections import defaultdict

import numpy as np


def words(text):
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def distance(truth, said):
    """The least number of words to put in, leave out and exchange."""
    row = list(range(len(said) + 1))
    for index, word in enumerate(truth, 1):
        before, row[0] = row[0], index
        for place, other in enumerate(said, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


def rows(path):
    """Lines of fields; a header line names its first field "file"."""
    for line in path.read_text().splitlines():
        fields = line.split("\t")
        if fields[0] and fields[0] != "file":
            yield fields + [""] * (4 - len(fields))


def score(folder, said_path):
    """Yields (name, value) for every group, and for known and unseen voices as a whole."""
    said = {fields[0]: fields[1:3] for fields in rows(said_path)}
    errors, lengths, exact, files = (defaultdict(int) for _ in range(4))
    off, spoken_nothing = [], []
    for name, group, text, times in rows(folder / "truth.tsv"):
        if name not in said:
            continue
        answer, answer_times = said[name]
        if group == "nothing":
            spoken_nothing.append(not words(answer))
            continue
        wrong = distance(words(text), words(answer))
        whole = group.partition("-")[0]
        for key in {group, whole}:
            errors[key] += wrong
            lengths[key] += len(words(text))
            exact[key] += wrong == 0
            files[key] += 1
        expected = [float(time) for time in times.split(",") if time]
        given = [float(time) for time in answer_times.split(",") if time]
        # Whoever writes two short sentences as one tells fewer times.
        off += [min(abs(one - other) for other in expected) for one in given if expected]
    for key in sorted(errors):
        yield f"{key} files", files[key]
        yield f"{key} word error rate", round(100 * errors[key] / lengths[key], 2)
        yield f"{key} files without error", round(100 * exact[key] / files[key], 1)
    if spoken_nothing:
        yield "nothing files", len(spoken_nothing)
        yield "nothing written where nobody speaks", round(100 * float(np.mean(spoken_nothing)), 2)
    if off:
        yield "times compared", len(off)
        yield "times off in seconds, median", round(float(np.median(off)), 3)
        yield "times off in seconds, 90 of 100 within", round(float(np.quantile(off, 0.9)), 3)
