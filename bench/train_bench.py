#!/usr/bin/env python3
"""Training time of tercet beside KenLM, as a ratio: text to a queryable model of order N.

Interleaved rounds on the same machine, one thread each, medians. KenLM is not part of tercet:
say where its programs lmplz and build_binary lie.

  bench/train_bench.py --tercet build/release/bin/tercet --kenlm /opt/kenlm/bin \
      --order 5 --rounds 3 en.full.tok
"""

import argparse
import hashlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, **options):
    """Runs a command and returns (seconds, peak resident bytes) of it and its children."""
    start = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {status}")
    return seconds, usage.ru_maxrss * 1024


def digest(path):
    """Of a file, in pieces: what this program holds in memory would count as its children's."""
    value = hashlib.blake2b()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            value.update(piece)
    return value.hexdigest()


def tercet(arguments, text, folder, memory):
    model = folder / "tercet.tct"
    seconds, peak = run(
        [arguments.tercet, "train", "--tokens", "--order", str(arguments.order), "--prune", "0",
         "--threads", "1", "--memory", memory, "--quiet", "--output", model, text],
        stdout=subprocess.DEVNULL)
    return {"seconds": seconds, "peak": peak, "bytes": model.stat().st_size,
            "digest": digest(model)}


def kenlm(arguments, text, folder):
    arpa, binary = folder / "kenlm.arpa", folder / "kenlm.trie"
    programs = pathlib.Path(arguments.kenlm)
    with open(text, "rb") as source, open(arpa, "wb") as target:
        count, peak = run([programs / "lmplz", "-o", str(arguments.order), "-S", "2G",
                           "-T", str(folder)], stdin=source, stdout=target)
    build, peak_build = run([programs / "build_binary", "-T", str(folder), "trie", arpa, binary],
                            stdout=subprocess.DEVNULL)
    return {"seconds": count + build, "peak": max(peak, peak_build),
            "bytes": binary.stat().st_size, "lmplz": count, "build_binary": build}


def report(name, results):
    seconds = statistics.median(r["seconds"] for r in results)
    peak = max(r["peak"] for r in results)
    print(f"{name:24} {seconds:8.1f} s   peak {peak / 1e6:7.0f} MB   "
          f"model {results[0]['bytes'] / 1e6:7.1f} MB")
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tercet", default="build/release/bin/tercet")
    parser.add_argument("--kenlm", required=True, help="folder of lmplz and build_binary")
    parser.add_argument("--order", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--temporary", default=None)
    parser.add_argument("text", help="white-space tokens, one sentence per line")
    arguments = parser.parse_args()

    ours, small, theirs = [], [], []
    with tempfile.TemporaryDirectory(dir=arguments.temporary) as name:
        folder = pathlib.Path(name)
        for _ in range(arguments.rounds):
            ours.append(tercet(arguments, arguments.text, folder, "2G"))
            small.append(tercet(arguments, arguments.text, folder, "500M"))
            if ours[-1]["digest"] != small[-1]["digest"]:
                sys.exit("--memory 500M gave other bytes than --memory 2G")
            theirs.append(kenlm(arguments, arguments.text, folder))
    print(f"order {arguments.order}, {arguments.rounds} rounds, medians, one thread")
    a = report("tercet --memory 2G", ours)
    report("tercet --memory 500M", small)
    b = report("lmplz + build_binary trie", theirs)
    print(f"ratio {b / a:.1f}; same bytes at both memory limits")


if __name__ == "__main__":
    main()
