"""POT on call for Sinkhorn, sliced and one-dimensional distances: lines of JSON in and out.

  (start)                                              -> {"versions": {...}} or {"missing": "..."}
  {"load": NAME, "problem": {...}}                     -> {"loaded": NAME}
  {"round": NAME, "mode": MODE}                        -> {"seconds": s, "values": [...]}

A problem has pairs [a, b] of masses, and, as its mode needs, the costs M (n x m) with the regularisation,
or points X, Y with the directions, rows of unit vectors, and the power p. Modes: sinkhorn and
sinkhorn_log, which return what the plan costs; sliced, the p-th power; line, for points on a line.
"""
import json
import sys
import time
import warnings


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


try:
    import numpy as np
    import ot
except ImportError as error:
    answer({"missing": str(error)})
    sys.exit()

warnings.simplefilter("ignore")
MAX_ITERATIONS = 1_000_000


def sinkhorn(problem, a, b, method="sinkhorn"):
    return ot.sinkhorn2(a, b, problem["M"], problem["epsilon"], method=method, numItermax=MAX_ITERATIONS)


def sinkhorn_log(problem, a, b):
    return sinkhorn(problem, a, b, "sinkhorn_log")


def sliced(problem, a, b):
    directions, p = problem["directions"], problem["p"]
    return ot.sliced_wasserstein_distance(
        problem["X"], problem["Y"], a, b, n_projections=directions.shape[1], p=p,
        projections=directions) ** p


def line(problem, a, b):
    return ot.emd2_1d(problem["x"], problem["y"], a, b, metric="euclidean")


def array(value):
    return np.array(value, dtype=np.float64) if isinstance(value, list) else value


answer({"versions": {"POT": ot.__version__, "Python": sys.version.split()[0]}})
loaded = {}
for message in sys.stdin:
    request = json.loads(message)
    if "load" in request:
        problem = {name: array(value) for name, value in request["problem"].items()}
        if "directions" in problem:
            problem["directions"] = np.ascontiguousarray(problem["directions"].T)
        loaded[request["load"]] = problem
        answer({"loaded": request["load"]})
        continue
    problem = loaded[request["round"]]
    solve = {"sinkhorn": sinkhorn, "sinkhorn_log": sinkhorn_log, "sliced": sliced,
             "line": line}[request["mode"]]
    begin = time.perf_counter()
    values = [solve(problem, a, b) for a, b in problem["pairs"]]
    answer({"seconds": time.perf_counter() - begin, "values": [float(value) for value in values]})
