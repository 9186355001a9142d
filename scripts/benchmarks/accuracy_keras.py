"""The reference network on the bundled digits as one would write it in Keras 3; prints one JSON line.

The peer of `bench-accuracy.mjs`, which takes the time of the whole script. `seconds` is the training alone.
"""

import argparse
import json
import time

from keras_peer import build, keras, read_digits


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    keras.utils.set_random_seed(options.seed)
    model = build("cnn")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = read_digits(options.data, "train")
    started = time.perf_counter()
    model.fit(x, y, batch_size=32, epochs=5, verbose=0)
    seconds = time.perf_counter() - started
    _, accuracy = model.evaluate(*read_digits(options.data, "t10k"), batch_size=500, verbose=0)
    print(json.dumps({"seconds": seconds, "accuracy": accuracy}))


main()
