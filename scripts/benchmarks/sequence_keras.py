"""Times one training epoch of a recurrent network of Keras 3 on sequences of noise; prints one JSON line."""

import argparse
import json

from keras_peer import EpochClock, keras, np


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
    print(json.dumps({**clock.medians(), "loss": history.history["loss"][-1]}))


main()
