#!/usr/bin/env python3
"""Cuts and speed of caption-video-frames beside ffmpeg and PySceneDetect.

    python3 films.py cuts TEST-DATA-FOLDER [BUILD-FOLDER]     recall and precision of scene cuts
    python3 films.py speed FILM [BUILD-FOLDER]                times beside ffmpeg's scene score
    python3 films.py captions MODEL [BUILD-FOLDER]            time of a caption beside describe-image
    python3 films.py memory FILM [BUILD-FOLDER]               peaks for the film once, 35 and 424 times

All print TSV. For "cuts" the clips of TEST-DATA-FOLDER/video with known cuts are taken, and a film
that is joined here from shots of the others, with known cuts every two seconds and one dissolve;
it needs ffmpeg and, for its rows, `pip install scenedetect opencv-python-headless`. A cut counts as
found within a tenth of a second. For "speed" FILM should be 30 s of 1080p H.264; each is run with
two threads, in turn, and the least time is kept. For "captions" ten test patterns are given to
both tools, as PNG files and as a film without loss, with a model that is a folder; random weights do.
"memory" joins the film with itself by copying its streams, and describes it with what is installed.
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


def timed(command, environment=NO_MODELS):
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} ended with {status}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def speed(film, build, rounds=int(os.environ.get("ROUNDS", 2))):
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


def captions(model, build, count=10):
    with tempfile.TemporaryDirectory() as work:
        patterns = ["-f", "lavfi", "-i", f"testsrc2=s=1280x720:r=1:d={count}", "-vf",
                    "rotate=t*0.6,hue=h=36*t,format=gbrp"]
        subprocess.run(["ffmpeg", "-v", "error", *patterns, "-c:v", "ffv1", f"{work}/film.mkv"], check=True)
        subprocess.run(["ffmpeg", "-v", "error", "-i", f"{work}/film.mkv", f"{work}/%02d.png"],
                       check=True)
        pictures = sorted(Path(work).glob("*.png"))
        options = ["--model", model, "--threads", "2"]
        commands = {
            "describe-image, a picture": [build / "describe-image", "--brief", *options, *pictures],
            "caption-video-frames, a frame": [
                build / "caption-video-frames", "--no-text", "--every", "1", *options,
                f"{work}/film.mkv"],
        }
        # What comes before the first picture: the start and the model.
        starts = {"describe-image, a picture": commands["describe-image, a picture"][:-count + 1],
                  "caption-video-frames, a frame":
                      commands["caption-video-frames, a frame"] + ["--max-frames", "1"]}
        print("what\tms\tratio")
        first = None
        for name, command in commands.items():
            seconds = (timed(command)[0] - timed(starts[name])[0]) / (count - 1)
            first = first or seconds
            print(f"{name}\t{1000 * seconds:.0f}\t{seconds / first:.2f}", flush=True)


def memory(film, build):
    print("seconds\twhat\tMB at most")
    tool = [build / "caption-video-frames", "--threads", "2"]
    with tempfile.TemporaryDirectory() as work:
        for count in (1, 35, 424):
            names = Path(work) / "names.txt"
            names.write_text(f"file '{Path(film).resolve()}'\n" * count)
            joined_film = Path(work) / "film.mp4"
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", names,
                            "-c", "copy", joined_film], check=True)
            probe = subprocess.run(
                ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0",
                 joined_film], check=True, capture_output=True, text=True)
            for what, more in {"lines": [], "page": ["--format", "html", "--summary", "5"],
                               "audio description": ["--describe-audio", f"{work}/said.wav"]}.items():
                _, megabytes = timed([*tool, *more, joined_film], os.environ)
                print(f"{float(probe.stdout):.0f}\t{what}\t{megabytes:.0f}", flush=True)


if __name__ == "__main__":
    jobs = {"cuts": cuts, "speed": speed, "captions": captions, "memory": memory}
    if len(sys.argv) < 3 or sys.argv[1] not in jobs:
        raise SystemExit(__doc__)
    build = Path(sys.argv[3] if len(sys.argv) > 3 else HERE / "../../.build/release").resolve()
    jobs[sys.argv[1]](sys.argv[2], build)
