#!/usr/bin/env python3
"""curbcut beside curl, over loopback: python3 fetching.py [BUILD-FOLDER [WORK-FOLDER]]

Serves one model with 500 MB of weights as the hub does, and fetches it with curl (which checks
nothing) and with curbcut pull (which hashes every byte), in turn. WORK-FOLDER is where both write;
on a disk its speed decides, in /dev/shm (the default) theirs. Then times curbcut list.

Prints TSV: what, least and median, and where there are two programs the ratio of their rates.
"""

import hashlib
import http.server
import json
import os
import pathlib
import shutil
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time

MEGABYTES = 500
ROUNDS = 5
COMMIT = "0123456789" * 4
NAME = "Some/model"
CONFIG = b'{"architectures": ["WhisperForConditionalGeneration"]}'


def make_model(folder):
    """Weights that compress to nothing, and the two small files that a model has."""
    block = os.urandom(1 << 20)
    with open(folder / "model.safetensors", "wb") as weights:
        for number in range(MEGABYTES * 1_000_000 // len(block) + 1):
            left = MEGABYTES * 1_000_000 - number * len(block)
            weights.write((number.to_bytes(8, "little") + block[8:])[:left])
    (folder / "config.json").write_bytes(CONFIG)
    (folder / "tokenizer.json").write_bytes(b"{}")


def listing(folder):
    """What the hub says of the repository."""
    siblings = []
    for path in sorted(folder.iterdir()):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
        siblings.append({"rfilename": path.name, "size": size, "lfs": {"sha256": digest, "size": size}})
    card = {"license": "mit"}
    return json.dumps({"sha": COMMIT, "cardData": card, "siblings": siblings}).encode()


def serve(folder):
    """Starts a server that gives files to the socket without reading them itself."""
    answer = listing(folder)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            if self.path.startswith("/api/"):
                self.send_response(200)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                return
            path = folder / self.path.split("/")[-1]
            self.send_response(200)
            self.send_header("content-length", str(path.stat().st_size))
            self.end_headers()
            self.wfile.flush()
            with open(path, "rb") as file:
                self.connection.sendfile(file)

    class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def timed(command, environment=None):
    """Seconds and peak megabytes of a command that has to succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"fetching.py: {command} failed with status {status}")
    return seconds, usage.ru_maxrss / 1024


def row(what, values, digits=0):
    print(what, f"{min(values):.{digits}f}", f"{statistics.median(values):.{digits}f}", sep="\t")


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release").resolve()
    work = pathlib.Path(
        tempfile.mkdtemp(dir=sys.argv[2] if len(sys.argv) > 2 else "/dev/shm"))
    try:
        source = work / "source"
        source.mkdir()
        make_model(source)
        endpoint = serve(source)
        store = work / "models"
        environment = dict(
            os.environ, HF_ENDPOINT=endpoint, CURBCUT_MODELS=str(store), HF_TOKEN="",
            CURBCUT_OFFLINE="")
        curl, curbcut, memory = [], [], []
        for _ in range(ROUNDS):
            url = f"{endpoint}/{NAME}/resolve/{COMMIT}/model.safetensors"
            seconds, _ = timed(["curl", "-s", "-f", "-o", str(work / "curl"), url])
            curl.append(MEGABYTES / seconds)
            (work / "curl").unlink()
            seconds, megabytes = timed([build / "curbcut", "pull", "hf:" + NAME], environment)
            curbcut.append(MEGABYTES / seconds)
            memory.append(megabytes)
            shutil.rmtree(store)
        lists = [timed([build / "curbcut", "list"], environment)[0] * 1000 for _ in range(21)]
        print("what\tleast\tmedian")
        row("curl, MB a second", curl)
        row("curbcut pull, MB a second", curbcut)
        print("ratio of medians", "", f"{statistics.median(curbcut) / statistics.median(curl):.2f}", sep="\t")
        row("curbcut pull, peak MB", memory)
        row("curbcut list, ms", lists, 1)
    finally:
        shutil.rmtree(work)


main()
