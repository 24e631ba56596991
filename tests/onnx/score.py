"""Checks the models of a folder with onnx.checker and scores their tables with onnxruntime.

Each case NAME is NAME.onnx, with NAME.json: {"numbers": [[...]], "categories": [[...]]}, null is missing. Prints an object of
scores by name.
"""
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime

answers = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    table = json.loads(path.with_suffix(".json").read_text())
    given = {}
    for wanted in session.get_inputs():
        kind = numpy.float64 if wanted.name == "numbers" else object
        given[wanted.name] = numpy.array(table[wanted.name], dtype=kind)
    (scores,) = session.run(["score"], given)
    answers[path.stem] = [float(score) for score in scores]
json.dump(answers, sys.stdout)
