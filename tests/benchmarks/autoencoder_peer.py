"""The ECON-T autoencoder trained in PyTorch on POT's exact EMD, as autoencoder_training_bench.ts does here.

Stdin: a line of JSON, then little-endian arrays: costs [48, 48] float64, pixels of the cells [48] int32,
wafers to train on [rows, 48] float32, wafers apart [held, 48] float32, both divided by powers of two.

  {"rows", "held", "steps", "batch", "peak", "warmUp", "latentBias", "outputBias", "seed", "form"?}

Stdout: a line of JSON, then the reconstructions of the wafers apart, float32.

  {"versions", "form", "trials", "seconds", "parts"}    or {"missing": "..."}

A form is how the two cores are used: threads of PyTorch, processes that solve EMDs. Without one, all are
tried for some steps, and the fastest trains.
"""
import json
import math
import multiprocessing
import os
import statistics
import sys
import time
import warnings

try:
    import numpy as np
    import ot
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit()

warnings.simplefilter("ignore")
request = json.loads(sys.stdin.buffer.readline())


def read(dtype, *shape):
    bytes_ = sys.stdin.buffer.read(int(np.prod(shape)) * np.dtype(dtype).itemsize)
    return np.frombuffer(bytes_, dtype).reshape(shape).copy()


COSTS, PIXELS = read("<f8", 48, 48), torch.from_numpy(read("<i4", 48).astype(np.int64))
WAFERS = torch.from_numpy(read("<f4", request["rows"], 48))
APART = torch.from_numpy(read("<f4", request["held"], 48))
STEPS, BATCH = request["steps"], request["batch"]
FORMS = [[threads, processes] for processes in (1, 2) for threads in (1, 2)]
TRIAL_STEPS, TRIAL_WARM_UP = 60, 20
# A third of a turn adds 16 to a cell's number.
TURNS = torch.stack([(torch.arange(48) - 16 * turns) % 48 for turns in range(3)])


class RoundWeights(torch.autograd.Function):
    """5 bits with sign, 1 of them integer; the gradient goes straight through."""

    @staticmethod
    def forward(ctx, weights):
        return (weights * 8).round_().clamp_(-16, 15).div_(8)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


rounded = RoundWeights.apply


def rounded_relu(x, largest):
    """8 fraction bits, codes up to the largest; PyTorch's own kernel, which gates the gradient."""
    return torch.fake_quantize_per_tensor_affine(F.relu(x), 1 / 256, 0, 0, largest)


class Autoencoder(nn.Module):
    """The quantised encoder of 2,144 parameters and the decoder of 2,833; first weights as Keras has them."""

    def __init__(self):
        super().__init__()
        self.conv, self.dense = nn.Conv2d(1, 8, 3), nn.Linear(128, 16)
        self.up, self.conv1 = nn.Linear(16, 128), nn.ConvTranspose2d(8, 8, 3, stride=2)
        self.conv2 = nn.ConvTranspose2d(8, 1, 3, padding=1)
        for layer in self.children():
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(self.dense.bias, request["latentBias"])
        nn.init.constant_(self.conv2.bias, request["outputBias"])

    def forward(self, charges):
        image = torch.zeros(len(charges), 64)
        image[:, PIXELS] = (charges * 64).round_().clamp_(-512, 511).div_(64)
        x = F.pad(image.view(-1, 1, 8, 8), (0, 1, 0, 1))
        x = F.conv2d(x, rounded(self.conv.weight), rounded(self.conv.bias), stride=2)
        x = rounded_relu(x, 2047).flatten(1)
        x = rounded_relu(F.linear(x, rounded(self.dense.weight), rounded(self.dense.bias)), 511)
        x = F.relu(self.up(x)).view(-1, 8, 4, 4)
        x = F.relu(self.conv1(x)[:, :, :8, :8])
        return torch.sigmoid(self.conv2(x)).flatten(1).index_select(1, PIXELS)


def exact_emds(targets, outputs):
    """EMD of each row and its subgradient in the output.

    POT leaves potentials of cells without charge to an estimate that costs more than the solution. So
    it gets the cells of the target that have charge, and the potential of every cell of the output is
    the largest that the constraints allow, as the envelope theorem needs it.
    """
    values, gradients = np.empty(len(targets)), np.empty(targets.shape)
    for k, (target, output) in enumerate(zip(targets, outputs)):
        charged = np.flatnonzero(target)
        costs = COSTS[charged]
        values[k], log = ot.emd2(target[charged], output, costs, log=True, center_dual=False)
        gradients[k] = log["v"] if output.all() else (costs - log["u"][:, None]).min(0)
    return values, gradients


class Training:
    """A training of some steps on some form, with the time of its parts."""

    def __init__(self, form):
        threads, self.processes = form
        torch.set_num_threads(threads)
        torch.manual_seed(request["seed"])
        self.network = Autoencoder()
        self.optimiser = torch.optim.Adam(self.network.parameters(), eps=1e-7, foreach=True)
        self.pool = multiprocessing.get_context("fork").Pool(1) if self.processes == 2 else None
        self.times = []

    def emds(self, targets, outputs):
        if self.pool is None:
            return exact_emds(targets, outputs)
        half = len(targets) // 2
        others = self.pool.apply_async(exact_emds, (targets[half:], outputs[half:]))
        own = exact_emds(targets[:half], outputs[:half])
        return [np.concatenate(both) for both in zip(own, others.get())]

    def rate(self, step):
        peak, warm_up = request["peak"], request["warmUp"]
        if step < warm_up:
            return peak * (step + 1) / warm_up
        return peak * (1 + math.cos(math.pi * (step - warm_up) / (STEPS - warm_up))) / 2

    def batches(self):
        while True:
            for rows in torch.randperm(len(WAFERS)).split(BATCH):
                turned = TURNS[torch.randint(3, (len(rows),))]
                yield WAFERS[rows].gather(1, turned)

    def run(self, steps):
        """Trains; returns seconds."""
        begin, batches = time.perf_counter(), self.batches()
        for step in range(steps):
            marks = [time.perf_counter()]
            mark = lambda: marks.append(time.perf_counter())
            charges = next(batches)
            mark()
            output = self.network(charges)
            fractions = output / output.sum(1, keepdim=True)
            mark()
            targets, outputs = charges.double(), fractions.detach().double()
            values, gradients = self.emds(
                (targets / targets.sum(1, keepdim=True)).numpy(),
                (outputs / outputs.sum(1, keepdim=True)).numpy(),
            )
            if not np.isfinite(values).all():
                sys.exit("Training has diverged")
            mark()
            self.optimiser.zero_grad(set_to_none=True)
            fractions.backward(torch.from_numpy(gradients / len(charges)).float())
            mark()
            self.optimiser.param_groups[0]["lr"] = self.rate(step)
            self.optimiser.step()
            mark()
            self.times.append(np.diff(marks))
        return time.perf_counter() - begin

    def end(self):
        if self.pool is not None:
            self.pool.terminate()
            self.pool.join()


def trial(form):
    """Milliseconds a step."""
    training = Training(form)
    training.run(TRIAL_STEPS)
    training.end()
    steps = np.sum(training.times, 1)[TRIAL_WARM_UP:]
    return 1000 * float(np.median(steps))


def main():
    trials = [] if "form" in request else [[*form, trial(form)] for form in FORMS]
    form = request.get("form") or min(trials, key=lambda found: found[2])[:2]
    training = Training(form)
    # What PyTorch sets up at first use is not counted: caches warm.
    training.network(WAFERS[:BATCH]).sum().backward()
    seconds = training.run(STEPS)
    training.end()
    with torch.no_grad():
        reconstructions = training.network(APART).numpy()
    parts = 1000 * np.median(training.times, 0)
    print(json.dumps({
        "versions": {"PyTorch": torch.__version__, "POT": ot.__version__},
        "form": form,
        "trials": trials,
        "seconds": seconds,
        "parts": dict(zip(["batch", "forward", "loss", "backward", "adam"], parts)),
    }), flush=True)
    sys.stdout.buffer.write(reconstructions.astype("<f4").tobytes())


main()
