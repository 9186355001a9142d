"""Times training epochs of Keras 3 on the bundled digits; prints one JSON line with their medians."""

import argparse
import json

from keras_peer import EpochClock, build, keras, read_digits


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", choices=["cnn", "mlp"], required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--images", type=int, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--steps-per-execution", type=int, default=1)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    options = parser.parse_args()
    keras.utils.set_random_seed(1)
    keras.mixed_precision.set_global_policy({"float32": "float32", "bfloat16": "mixed_bfloat16"}[options.precision])
    x, y = read_digits(options.data, "train", options.images)
    model = build(options.model)
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=options.steps_per_execution,
    )
    clock = EpochClock()
    history = model.fit(x, y, batch_size=options.batch, epochs=1 + options.epochs, verbose=0, callbacks=[clock])
    print(json.dumps({**clock.medians(), "loss": history.history["loss"][-1]}))


main()
