"""What the Keras scripts of the benchmarks share: digits, the reference networks, and the time of epochs."""

import os
import resource
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np


def read_digits(folder, part, images=None):
    def read(name, header):
        with open(os.path.join(folder, name), "rb") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    x = read(f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1)[:images].astype("float32") / 255
    y = read(f"{part}-labels-idx1-ubyte", 8)[:images].astype("int32")
    return x, y


def build(model):
    layers = keras.layers
    if model == "cnn":
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(32, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Conv2D(64, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Flatten(),
                layers.Dense(64, activation="relu"),
                layers.Dense(10, activation="softmax"),
            ]
        )
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


class EpochClock(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.epochs = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter(), self.cpu()

    def on_epoch_end(self, epoch, logs=None):
        seconds, cpu = self.started
        self.epochs.append((time.perf_counter() - seconds, self.cpu() - cpu))

    @staticmethod
    def cpu():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    def medians(self):
        """Median wall and CPU seconds of all epochs but the first, which warms up (tracing, memory pools)."""
        seconds, cpu = (statistics.median(column) for column in zip(*self.epochs[1:]))
        return {"seconds": seconds, "cpu": cpu}
