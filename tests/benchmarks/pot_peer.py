"""POT, Python Optimal Transport, on call: solves the problems that it is sent and says how long that took.

Requests come on stdin, a line of JSON each, answers go to stdout likewise; arrays follow their line as
raw little-endian float64.

  (start)                                                 -> {"versions": {...}} or {"missing": "..."}
  {"load": NAME, "count": B, "n": n, "m": m, "costs": K}  then a [B, n], b [B, m], M [K, n, m], K = 1 or B
                                                          -> {"loaded": NAME}
  {"round": NAME, "mode": "emd2" | "emd_c"}               -> {"seconds": s, "count": B}, then B values

Mode emd2 is what users call; emd_c is POT's compiled solver alone, without the work that emd2 does
around it in Python.
"""
import json
import sys
import time
import warnings

MAX_ITERATIONS = 10_000_000


def answer(message, values=None):
    sys.stdout.buffer.write((json.dumps(message) + "\n").encode())
    if values is not None:
        sys.stdout.buffer.write(values.tobytes())
    sys.stdout.buffer.flush()


try:
    import numpy as np
    import ot
except ImportError as error:
    answer({"missing": str(error)})
    sys.exit()

warnings.simplefilter("ignore")


def read_array(*shape):
    data = sys.stdin.buffer.read(8 * int(np.prod(shape)))
    return np.frombuffer(data, dtype="<f8").astype(np.float64).reshape(shape)


def solve_emd2(a, b, M):
    return ot.emd2(a, b, M, numItermax=MAX_ITERATIONS)


def solve_emd_c(a, b, M):
    return ot.lp.emd_c(a, b, M, MAX_ITERATIONS, 1)[1]


def run_round(problems, solve):
    a, b, M = problems
    values = np.empty(len(a))
    begin = time.perf_counter()
    for k in range(len(a)):
        values[k] = solve(a[k], b[k], M[k if len(M) > 1 else 0])
    return time.perf_counter() - begin, values


answer({"versions": {"POT": ot.__version__, "numpy": np.__version__,
                     "Python": sys.version.split()[0]}})
loaded = {}
for line in sys.stdin.buffer:
    request = json.loads(line)
    if "load" in request:
        count, n, m = request["count"], request["n"], request["m"]
        loaded[request["load"]] = (
            read_array(count, n), read_array(count, m), read_array(request["costs"], n, m))
        answer({"loaded": request["load"]})
    else:
        solve = {"emd2": solve_emd2, "emd_c": solve_emd_c}[request["mode"]]
        seconds, values = run_round(loaded[request["round"]], solve)
        answer({"seconds": seconds, "count": len(values)}, values)
