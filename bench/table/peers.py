"""Answers tasks, a JSON object a line, with what a peer of ours gave: times, memory, and scores in a file of doubles.

Ways of asking: pyod (decision_scores_ of the training rows, decision_function of others), score_samples (of scikit-learn,
where higher is more ordinary: its negative), lof (negative_outlier_factor_ of the training rows), mahalanobis, proba.
"""
import gc
import importlib
import inspect
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")

# Single rows that are asked before any is timed, on both sides.
WARM = 20


def of_status(name):
    """A line of /proc/self/status, MiB."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
    return float("nan")


def forget_peak():
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")


def make(peer, seed, **more):
    module, name = peer["make"].split(":")
    made = getattr(importlib.import_module(module), name)
    params = {**peer["params"], **more}
    if "random_state" in inspect.signature(made.__init__).parameters:
        params["random_state"] = seed
    return made(**params)


def is_singular(rows):
    return np.linalg.matrix_rank(np.cov(rows, rowvar=False).reshape(rows.shape[1], -1)) < rows.shape[1]


def scorer(peer, model):
    ask = peer["ask"]
    if ask == "pyod":
        return model.decision_function
    if ask == "score_samples":
        return lambda rows: -model.score_samples(rows)
    if ask == "lof":
        return lambda rows: -model.score_samples(rows)
    if ask == "mahalanobis":
        return model.mahalanobis
    return lambda rows: model.predict_proba(rows)[:, 1]


def own_scores(peer, model, rows):
    """What a user of the peer reads of the rows that it was fitted on, where that is not what it says of other rows."""
    if peer["ask"] == "pyod":
        return model.decision_scores_
    return -make(peer, 0).fit(rows).negative_outlier_factor_


def one_by_one(score, rows, calls):
    times = []
    for i in range(-min(calls, WARM), calls):
        row = rows[i % len(rows)].reshape(1, -1)
        begun = time.perf_counter()
        score(row)
        took = (time.perf_counter() - begun) * 1000
        if i >= 0:
            times.append(took)
    return times


def read(path, columns):
    return np.fromfile(path, dtype="<f8").reshape(-1, columns)


def answer(task):
    peer, seed = task["peer"], task["seed"]
    fitted = read(task["fit"], task["columns"])
    asked = fitted if task["score"] == task["fit"] else read(task["score"], task["columns"])
    labels = np.fromfile(task["labels"], dtype="<f8") if task["labels"] else None
    if peer["ask"] == "mahalanobis" or peer["make"].endswith(":MCD"):
        if is_singular(fitted):
            return {"obstacle": "the covariance is singular"}
    gc.collect()
    before = of_status("VmRSS")
    forget_peak()
    more = {"novelty": True} if peer["ask"] == "lof" else {}
    model = make(peer, seed, **more)
    begun, busy = time.perf_counter(), time.process_time()
    model.fit(fitted) if labels is None else model.fit(fitted, labels)
    between, busy_between = time.perf_counter(), time.process_time()
    score = scorer(peer, model)
    has_own = asked is fitted and peer["ask"] in ("pyod", "lof")
    scores = None if has_own and not task["timed"] else score(asked)
    ended, busy_ended = time.perf_counter(), time.process_time()
    peak = of_status("VmHWM")
    if has_own:
        scores = own_scores(peer, model, fitted)
    np.asarray(scores, dtype="<f8").tofile(task["out"])
    times = one_by_one(score, asked, task["single"])
    return {
        "fitMs": (between - begun) * 1000,
        "scoreMs": (ended - between) * 1000,
        "fitBusy": (busy_between - busy) * 1000,
        "scoreBusy": (busy_ended - busy_between) * 1000,
        "mib": max(0.0, peak - before),
        "singleMs": times,
    }


def main():
    versions = {"python": sys.version.split()[0], "numpy": np.__version__}
    for name in ("pyod", "sklearn", "scipy"):
        versions[name] = importlib.import_module(name).__version__
    print(json.dumps({"versions": versions}), flush=True)
    for line in sys.stdin:
        try:
            said = answer(json.loads(line))
        except Exception as error:  # whatever a peer throws is its answer
            said = {"obstacle": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)


main()
