"""Times one training epoch of a recurrent network of Keras 3 on sequences of noise; prints one JSON line.

Epoch 1 warms up (tracing, memory pools), epoch 2 is timed.
"""

import argparse
import json
import os
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np


def build(options):
    layers = keras.layers
    recurrent = {"lstm": layers.LSTM, "gru": layers.GRU, "embedding-lstm": layers.LSTM}[options.model](options.units)
    if options.model == "embedding-lstm":
        first = [keras.Input((options.time,)), layers.Embedding(options.words, options.size)]
    else:
        first = [keras.Input((options.time, options.size))]
    return keras.Sequential([*first, recurrent, layers.Dense(10, activation="softmax")])


def sequences(options):
    random = np.random.default_rng(1)
    if options.model == "embedding-lstm":
        x = random.integers(0, options.words, (options.rows, options.time)).astype("int32")
    else:
        x = random.standard_normal((options.rows, options.time, options.size)).astype("float32")
    return x, random.integers(0, 10, options.rows).astype("int32")


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
    parser.add_argument("--model", choices=["lstm", "gru", "embedding-lstm"], required=True)
    for name in ["batch", "rows", "time", "size", "units", "words"]:
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    keras.utils.set_random_seed(1)
    x, y = sequences(options)
    model = build(options)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    clock = EpochClock()
    history = model.fit(x, y, batch_size=options.batch, epochs=2, verbose=0, callbacks=[clock])
    seconds, cpu = clock.epochs[-1]
    print(json.dumps({"seconds": seconds, "cpu": cpu, "loss": history.history["loss"][-1]}))


main()
