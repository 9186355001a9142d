"""Times one training epoch of PyTorch on the bundled digits; prints one JSON line.

Epoch 1 warms up (compilation, memory pools), the others are timed; it prints their medians. The settings are those
that measured best: the data is one tensor in memory and batches are taken by index (a DataLoader is slower), Adam is the fused one, sums of loss and
accuracy stay tensors until the epoch ends.
"""

import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn


def read_digits(folder, images):
    def read(name, header):
        with open(f"{folder}/{name}", "rb") as file:
            return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)

    x = read("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)[:images].float() / 255
    y = read("train-labels-idx1-ubyte", 8)[:images].long()
    return x, y


def build(model):
    if model == "cnn":
        body = [nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)]
        features = 64 * 5 * 5
    else:
        body, features = [], 784
    return nn.Sequential(*body, nn.Flatten(), nn.Linear(features, 64), nn.ReLU(), nn.Linear(64, 10))


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["cnn", "mlp"], required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--images", type=int, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    options = parser.parse_args()
    torch.manual_seed(1)
    x, y = read_digits(options.data, options.images)
    device = torch.device(options.device)
    model = build(options.model).to(device)
    x, y = x.to(device), y.to(device)
    if options.channels_last:
        model = model.to(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7, fused=True)
    criterion = nn.CrossEntropyLoss()

    def forward(batch, target):
        with torch.autocast(device.type, torch.bfloat16, enabled=options.precision == "bfloat16"):
            logits = model(batch)
        return criterion(logits.float(), target), (logits.argmax(1) == target).sum()

    if options.compile:
        forward = torch.compile(forward)
    epochs = []
    for _ in range(1 + options.epochs):
        started = time.perf_counter(), cpu_seconds()
        loss_sum = torch.zeros((), device=device)
        right = torch.zeros((), dtype=torch.int64, device=device)
        for rows in torch.randperm(len(x), device=device).split(options.batch):
            loss, correct = forward(x[rows], y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            loss_sum += loss.detach() * len(rows)
            right += correct
        mean = float(loss_sum) / len(x)
        epochs.append((time.perf_counter() - started[0], cpu_seconds() - started[1]))
    seconds, cpu = (statistics.median(column) for column in zip(*epochs[1:]))
    print(json.dumps({"seconds": seconds, "cpu": cpu, "loss": mean}))


main()
