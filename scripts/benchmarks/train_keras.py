"""Times one training epoch of Keras 3 on the bundled digits; prints one JSON line.

Epoch 1 warms up (tracing, memory pools), the others are timed; it prints their medians.
"""

import argparse
import json
import os
import resource
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np


def read_digits(folder, images):
    def read(name, header):
        with open(os.path.join(folder, name), "rb") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    x = read("train-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1)[:images].astype("float32") / 255
    y = read("train-labels-idx1-ubyte", 8)[:images].astype("int32")
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["cnn", "mlp"], required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--images", type=int, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--steps-per-execution", type=int, default=1)
    options = parser.parse_args()
    keras.utils.set_random_seed(1)
    x, y = read_digits(options.data, options.images)
    model = build(options.model)
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=options.steps_per_execution,
    )
    clock = EpochClock()
    history = model.fit(x, y, batch_size=options.batch, epochs=1 + options.epochs, verbose=0, callbacks=[clock])
    seconds, cpu = (statistics.median(column) for column in zip(*clock.epochs[1:]))
    print(json.dumps({"seconds": seconds, "cpu": cpu, "loss": history.history["loss"][-1]}))


main()
