"""The reference network on the bundled digits as one would write it in Keras 3; prints one JSON line.

The peer of `bench-accuracy.mjs`, which takes the time of the whole script. `seconds` is the training alone.
"""

import argparse
import json
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np


def read_digits(folder, part):
    def read(name, header):
        with open(os.path.join(folder, name), "rb") as file:
            return np.frombuffer(file.read(), np.uint8, offset=header)

    x = read(f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1).astype("float32") / 255
    y = read(f"{part}-labels-idx1-ubyte", 8).astype("int32")
    return x, y


def build():
    layers = keras.layers
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    keras.utils.set_random_seed(options.seed)
    model = build()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = read_digits(options.data, "train")
    started = time.perf_counter()
    model.fit(x, y, batch_size=32, epochs=5, verbose=0)
    seconds = time.perf_counter() - started
    _, accuracy = model.evaluate(*read_digits(options.data, "t10k"), batch_size=500, verbose=0)
    print(json.dumps({"seconds": seconds, "accuracy": accuracy}))


main()
