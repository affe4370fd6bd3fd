#!/usr/bin/env python3
"""Onboard's pypredict behind the line protocol of presage_driver.cc.

  pypredict_driver.py MODEL.lm < requests          a model as shipped
  pypredict_driver.py --train TEXT < requests      TEXT: words in lines, one sentence each
"""

import argparse
import sys
import time

# The folder itself: importing Onboard, the package around it, would start a desktop program.
sys.path.insert(0, "/usr/lib/python3/dist-packages/Onboard")
import pypredict  # noqa: E402

ORDER = 3  # of the models that Onboard learns


def trained(path):
    model = pypredict.DynamicModel(ORDER)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            model.learn_tokens(["<s>", *line.split()])
    return model


def loaded(path):
    model = pypredict.DynamicModel(pypredict.read_order(path))
    model.load(path)
    return model


def answer(model):
    # As Onboard asks while small letters are typed.
    options = model.CASE_INSENSITIVE_SMART | model.ACCENT_INSENSITIVE_SMART
    for line in sys.stdin:
        context, prefix, count = line.rstrip("\n").split("\t")
        tokens = ["<s>", *context.split(), prefix]
        start = time.process_time_ns()
        listed = model.predictp(tokens, int(count), options=options)
        spent = time.process_time_ns() - start
        print(spent, *(word for word, _ in listed), sep="\t", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("model", nargs="?")
    source.add_argument("--train", metavar="TEXT")
    arguments = parser.parse_args()
    model = trained(arguments.train) if arguments.train else loaded(arguments.model)
    model.smoothing = "abs-disc"  # Onboard's choice
    answer(model)


if __name__ == "__main__":
    main()
