"""The two networks in PyTorch, one thread: samples a second while training and when only evaluated.

Prints one JSON object a line. Arguments: threads, batch size, seconds a measurement.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

THREADS, BATCH, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(THREADS)


class EmdCnn(nn.Module):
    """3 convolutions of 32 filters 5 x 5, a dense layer of 256; both input orders."""

    def __init__(self):
        super().__init__()
        channels = [6, 32, 32, 32]
        self.convs = nn.ModuleList(
            nn.Conv2d(a, b, 5, padding=2, bias=False) for a, b in zip(channels, channels[1:])
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(32, eps=1e-3) for _ in range(3))
        self.dense = nn.Linear(512, 256, bias=False)
        self.norm = nn.BatchNorm1d(256, eps=1e-3)
        self.output = nn.Linear(256, 1)

    def one_order(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.relu(norm(conv(x)))
        return self.output(F.relu(self.norm(self.dense(x.flatten(1)))))

    def forward(self, pairs):
        swapped = torch.cat([pairs[:, 3:], pairs[:, :3]], 1)
        # Both orders as one batch: faster here than one after the other.
        both = self.one_order(torch.cat([pairs, swapped]))
        return 0.5 * (both[: len(pairs)] + both[len(pairs):])


def fixed(x, scale, low, high):
    """Rounds to a fixed-point grid, straight-through."""
    return x + ((x * scale).round().clamp(low, high) / scale - x).detach()


def fixed_relu(x, scale, high):
    clipped = x.clamp(0, high / scale)
    return clipped + ((x * scale).round().clamp(0, high) / scale - clipped).detach()


class Autoencoder(nn.Module):
    """The quantised encoder of 2,144 parameters and the decoder of 2,833."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.dense = nn.Linear(128, 16)
        self.up = nn.Linear(16, 128)
        self.conv1 = nn.ConvTranspose2d(8, 8, 3, stride=2)
        self.conv2 = nn.ConvTranspose2d(8, 1, 3, padding=1)

    def forward(self, image):
        weight = lambda x: fixed(x, 8, -16, 15)
        x = F.pad(fixed(image, 64, -512, 511), (0, 1, 0, 1))
        x = F.conv2d(x, weight(self.conv.weight), weight(self.conv.bias), stride=2)
        x = fixed_relu(x, 256, 2047).flatten(1)
        x = fixed_relu(F.linear(x, weight(self.dense.weight), weight(self.dense.bias)), 256, 511)
        x = F.relu(self.up(x)).view(-1, 8, 4, 4)
        x = F.relu(self.conv1(x)[:, :, :8, :8])
        return torch.sigmoid(self.conv2(x))


def telescope(target, output, sums, weights):
    """Sum over groups of cells of w (X - Y)^2 max(X, Y), by one product with the groups."""
    x, y = target @ sums, output @ sums
    return ((x - y) ** 2 * torch.maximum(x, y) * weights).sum(1).mean()


def rate(step):
    """Samples a second: the median over steps of a few seconds."""
    for _ in range(3):
        step()
    times, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(times) < 5:
        begin = time.perf_counter()
        step()
        times.append(time.perf_counter() - begin)
    times.sort()
    return BATCH / times[len(times) // 2]


def trainer(network, loss):
    optimiser = torch.optim.Adam(network.parameters(), 1e-3)

    def step():
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()

    return step


def main():
    torch.manual_seed(0)
    results = {"torch": torch.__version__}
    pairs, emd = torch.rand(BATCH, 6, 4, 4) / 48, torch.rand(BATCH, 1)
    for name, layout in [("", torch.contiguous_format), ("_channels_last", torch.channels_last)]:
        network = EmdCnn().to(memory_format=layout)
        x = pairs.contiguous(memory_format=layout)
        loss = lambda: ((network(x) - emd) ** 2).mean()
        results["emd_cnn_training" + name] = rate(trainer(network, loss))
        network.eval()
        with torch.no_grad():
            results["emd_cnn_inference" + name] = rate(lambda: network(x))
    wafers = torch.rand(BATCH, 1, 8, 8) / 24
    groups = torch.zeros(64, 87)
    for group in range(48):
        groups[group, group] = 1
    for group in range(36):
        groups[torch.arange(4) + group, 48 + group] = 1
    for group in range(3):
        groups[torch.arange(16) * 3 + group, 84 + group] = 1
    weights, network = torch.ones(87), Autoencoder()
    target = wafers.flatten(1)
    loss = lambda: telescope(target, network(wafers).flatten(1), groups, weights)
    results["autoencoder_training"] = rate(trainer(network, loss))
    with torch.no_grad():
        results["autoencoder_inference"] = rate(lambda: network(wafers))
    print(json.dumps(results))


main()
