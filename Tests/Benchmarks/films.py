#!/usr/bin/env python3
"""Cuts and speed of caption-video-frames beside ffmpeg and PySceneDetect.

    python3 films.py cuts TEST-DATA-FOLDER [BUILD-FOLDER]     recall and precision of scene cuts
    python3 films.py speed FILM [BUILD-FOLDER]                times beside ffmpeg's scene score

Both print TSV. For "cuts" the clips of TEST-DATA-FOLDER/video with known cuts are taken, and a film
that is joined here from shots of the others, with known cuts every two seconds and one dissolve;
it needs ffmpeg and, for its rows, `pip install scenedetect opencv-python-headless`. A cut counts as
found within a tenth of a second. For "speed" FILM should be 30 s of 1080p H.264; each is run with
two threads, in turn, and the least time is kept.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
NO_MODELS = {**os.environ, "CURBCUT_MODELS": "", "CURBCUT_STARTER_MODELS": "",
             "XDG_DATA_HOME": "/nonexistent", "HF_HUB_CACHE": "/nonexistent"}

# manifest.tsv of the test data; those without times there were looked at frame by frame.
KNOWN = {
    "cuts_flower_bottle_rabbit_car.mp4": [3, 6, 9],
    "bbb_480x360_10s_2cuts.mp4": [1.83, 5.7],
    "bbb_1080p60_2s.mp4": [0.35],
    "mpeg4_mp3.avi": [1.0],  # a fade from black
    "bottle_conveyor_640x360.mp4": [], "car_road_768x432.mp4": [], "crystal_720x480.webm": [],
    "elf_720x480.webm": [], "flower_960x540.mp4": [], "friday_640x480_speech.mp4": [],
    "toy_rabbit_320x240.mp4": [], "station_320x240.mp4": [], "prog_8s.mp4": [],
    "asl_book.mkv": [], "bbb_small_5s.mp4": [],
}
SHOTS = ["flower_960x540.mp4", "car_road_768x432.mp4", "elf_720x480.webm", "asl_book.mkv",
         "crystal_720x480.webm", "friday_640x480_speech.mp4", "station_320x240.mp4",
         "toy_rabbit_320x240.mp4", "bbb_small_5s.mp4", "bottle_conveyor_640x360.mp4",
         "bear_vp9.webm", "prog_8s.mp4"]


def ours(build, film):
    run = subprocess.run([build / "caption-video-frames", "--no-text", "--format", "json", film],
                         env=NO_MODELS, check=True, capture_output=True, text=True)
    return json.loads(run.stdout)["scenes"][1:]


def by_ffmpeg(film):
    run = subprocess.run(["ffmpeg", "-i", film, "-vf", "select='gt(scene,0.3)',showinfo", "-f", "null",
                          "-"], check=True, capture_output=True, text=True)
    return [float(t) for t in re.findall(r"pts_time:([0-9.]+)", run.stderr)]


def by_scenedetect(detector):
    def find(film):
        import scenedetect
        found = scenedetect.detect(str(film), getattr(scenedetect, detector)())
        return [start.seconds for start, _ in found[1:]]
    return find


def joined(folder, work):
    """Two seconds of each shot, the last two joined by a dissolve of half a second."""
    film = work / "joined.mp4"
    inputs, parts = [], []
    for i, shot in enumerate(SHOTS):
        inputs += ["-i", folder / shot]
        parts.append(f"[{i}:v]trim=0:{2 if i < len(SHOTS) - 2 else 2.25},setpts=PTS-STARTPTS,"
                     f"scale=640:360,setsar=1,fps=25,format=yuv420p[s{i}]")
    first = "".join(f"[s{i}]" for i in range(len(SHOTS) - 2))
    last = len(SHOTS) - 2
    graph = ";".join(parts) + (
        f";[s{last}][s{last + 1}]xfade=transition=fade:duration=0.5:offset=1.75[x]"
        f";{first}[x]concat=n={last + 1}[v]")
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", "[v]",
                    "-c:v", "libx264", "-crf", "23", film], check=True)
    # The dissolve is over half a second after it began.
    return film, [2.0 * i for i in range(1, last + 1)], 2.0 * last + 2.25


def cuts(folder, build):
    videos = Path(folder) / "video"
    finders = {"caption-video-frames": lambda film: ours(build, film), "ffmpeg scene>0.3": by_ffmpeg,
               "PySceneDetect content": by_scenedetect("ContentDetector"),
               "PySceneDetect adaptive": by_scenedetect("AdaptiveDetector")}
    with tempfile.TemporaryDirectory() as work:
        film, known, dissolve = joined(videos, Path(work))
        films = [(videos / name, times) for name, times in KNOWN.items()] + [(film, known + [dissolve])]
        print("finder\tcuts\tfound\tfalse\trecall\tprecision")
        for name, find in finders.items():
            total = right = wrong = 0
            for path, times in films:
                near = {dissolve: 0.6} if path == film else {}
                left = list(times)
                for time_found in find(path):
                    match = next((t for t in left if abs(t - time_found) < near.get(t, 0.1)), None)
                    if match is None:
                        wrong += 1
                    else:
                        left.remove(match)
                        right += 1
                total += len(times)
            print(f"{name}\t{total}\t{right}\t{wrong}\t{right / total:.3f}"
                  f"\t{right / max(1, right + wrong):.3f}", flush=True)


def timed(command):
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=NO_MODELS, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} ended with {status}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def speed(film, build, rounds=2):
    tool = build / "caption-video-frames"
    commands = {
        "ffmpeg scene>0.3": ["ffmpeg", "-threads", "2", "-i", film, "-vf", "select='gt(scene,0.3)'",
                             "-f", "null", "-"],
        "scenes": [tool, "--no-text", "--threads", "2", film],
        "keyframes": [tool, "--no-text", "--threads", "2", "--keyframes", film],
    }
    least, most = {}, {}
    for _ in range(rounds):
        for name, command in commands.items():
            seconds, megabytes = timed(command)
            least[name] = min(seconds, least.get(name, seconds))
            most[name] = max(megabytes, most.get(name, 0))
    print("what\tseconds\tratio\tMB at most")
    for name, seconds in least.items():
        print(f"{name}\t{seconds:.2f}\t{seconds / least['ffmpeg scene>0.3']:.2f}\t{most[name]:.0f}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("cuts", "speed"):
        raise SystemExit(__doc__)
    build = Path(sys.argv[3] if len(sys.argv) > 3 else HERE / "../../.build/release").resolve()
    {"cuts": cuts, "speed": speed}[sys.argv[1]](sys.argv[2], build)
