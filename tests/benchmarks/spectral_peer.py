"""POT on call for spectral EMDs and squared Wasserstein distances: a line of JSON in, a line of JSON out.

  (start)                                          -> {"versions": {...}} or {"missing": "..."}
  {"load": NAME, "pairs": [[E, X, E', X'], ...]}   -> {"loaded": NAME}; X as [x, y] for each point
  {"round": NAME, "mode": "spectral" | "emd2_1d" | "w2" | "emd"}
                                                   -> {"seconds": s, "values": [...]}

Mode spectral makes the list of pairs with numpy and hands it to ot.emd2_1d; emd2_1d times that call
alone, with the lists at hand; w2 is ot.emd2 with squared distances, emd with distances, made within
the time.
"""
import json
import sys
import time


def answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


try:
    import numpy as np
    import ot
except ImportError as error:
    answer({"missing": str(error)})
    sys.exit()


def spectrum(energies, positions):
    i, j = np.triu_indices(len(energies), 1)
    steps = positions[i] - positions[j]
    omegas = np.concatenate(([0.0], np.sqrt((steps * steps).sum(axis=1))))
    weights = np.concatenate(([energies @ energies], 2 * energies[i] * energies[j]))
    return omegas, weights


def transport_on_line(x, y):
    return ot.emd2_1d(x[0], y[0], x[1], y[1], metric="sqeuclidean")


def spectral(e, x, f, y):
    return transport_on_line(spectrum(e, x), spectrum(f, y))


def w2(e, x, f, y):
    return ot.emd2(e, f, ot.dist(x, y), numItermax=10_000_000)


def emd(e, x, f, y):
    return ot.emd2(e, f, ot.dist(x, y, "euclidean"), numItermax=10_000_000)


answer({"versions": {"POT": ot.__version__, "Python": sys.version.split()[0]}})
loaded = {}
for line in sys.stdin:
    request = json.loads(line)
    if "load" in request:
        loaded[request["load"]] = [
            tuple(np.array(part, dtype=np.float64) for part in pair) for pair in request["pairs"]]
        answer({"loaded": request["load"]})
        continue
    pairs, mode = loaded[request["round"]], request["mode"]
    solve = {"spectral": spectral, "w2": w2, "emd": emd, "emd2_1d": transport_on_line}[mode]
    if mode == "emd2_1d":
        pairs = [(spectrum(e, x), spectrum(f, y)) for e, x, f, y in pairs]
    begin = time.perf_counter()
    values = [solve(*pair) for pair in pairs]
    answer({"seconds": time.perf_counter() - begin, "values": [float(v) for v in values]})
