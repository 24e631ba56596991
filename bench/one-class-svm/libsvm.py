"""Fits LIBSVM's one-class machine (scikit-learn's OneClassSVM) to doubles in a file, a JSON object a line."""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.svm import OneClassSVM


def answer(task):
    rows = np.fromfile(task["rows"], dtype="<f8").reshape(-1, task["columns"])
    begun = time.perf_counter()
    model = OneClassSVM(**task["params"]).fit(rows)
    took = (time.perf_counter() - begun) * 1000
    sums = model.score_samples(rows)
    alpha = model.dual_coef_.ravel()
    (sums - model.offset_[0]).astype("<f8").tofile(task["out"])
    objective = 0.5 * float(alpha @ sums[model.support_])
    return {"fitMs": took, "objective": objective, "rho": float(model.offset_[0]), "vectors": len(alpha)}


print(json.dumps({"sklearn": sklearn.__version__}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
