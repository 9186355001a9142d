"""Trains small models with Keras on given weights and batches, for comparison.

Reads a request as JSON on stdin and writes the answer as JSON on stdout. Tensors are {"shape", "data"} with data as
base64 of little-endian float32 or int32 ("dtype").

The request: {"threads": int, "cases": {name: case}}. A case: {"layers": [[kind, name, arguments]],
"weights": {id: tensor}, "batches": [{"x", "target/y"}], "loss": class, "optimizer": [class, arguments],
"schedule": [class, arguments] or null, "rounding": seed or null}; with a seed, weights are moved by one unit in the last
place, up or down. Its answer: losses of every
batch, gradients of the first, weights after the last, and the first batch's prediction after training.
"""

import base64
import json
import os
import sys

request = json.load(sys.stdin)
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

tf.config.threading.set_intra_op_parallelism_threads(request["threads"])
tf.config.threading.set_inter_op_parallelism_threads(request["threads"])

import keras  # noqa: E402


def decode(tensor):
    data = np.frombuffer(base64.b64decode(tensor["data"]), dtype=tensor["dtype"])
    return data.reshape(tensor["shape"])


def encode(array):
    array = np.ascontiguousarray(array, dtype="float32")
    return {"dtype": "float32", "shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def state_id(variable):
    layer, role = [part for part in variable.path.split("/") if part not in ("lstm_cell", "gru_cell")][-2:]
    head, *rest = role.split("_")
    return f"{layer}/{head}{''.join(word.capitalize() for word in rest)}"


def states(variables):
    """Without those of random numbers, which recurrent layers keep even where they draw none."""
    return [variable for variable in variables if "seed_generator" not in variable.path]


def build(case):
    tensor = keras.Input(decode(case["batches"][0]["x"]).shape[1:], name="x")
    first = tensor
    for kind, name, arguments in case["layers"]:
        penalty = arguments.pop("kernel_regularizer", None)
        if penalty:
            arguments["kernel_regularizer"] = keras.regularizers.L1L2(**penalty)
        tensor = getattr(keras.layers, kind)(name=name, **arguments)(tensor)
    model = keras.Model(first, tensor)
    for variable in states(model.variables):
        variable.assign(moved(decode(case["weights"][state_id(variable)]), case["rounding"]))
    return model


def moved(weights, seed):
    if seed is None:
        return weights
    up = np.random.default_rng(seed).random(weights.shape) < 0.5
    return np.nextafter(weights, np.where(up, np.float32(np.inf), np.float32(-np.inf)))


def optimizer_of(case):
    name, arguments = case["optimizer"]
    if case["schedule"]:
        schedule, settings = case["schedule"]
        settings = {name: value if isinstance(value, bool) else float(value) for name, value in settings.items()}
        arguments["learning_rate"] = getattr(keras.optimizers.schedules, schedule)(**settings)
    return getattr(keras.optimizers, name)(**arguments)


def train(case):
    model = build(case)
    optimizer = optimizer_of(case)
    loss = getattr(keras.losses, case["loss"])()
    optimizer.build(model.trainable_variables)

    def compute(x, target):
        with tf.GradientTape() as tape:
            value = loss(target, model(x, training=True)) + sum(model.losses, tf.constant(0.0))
        return value, tape.gradient(value, model.trainable_variables)

    def step(x, target):
        value, gradients = compute(x, target)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return value

    gradient_function, step_function = tf.function(compute), tf.function(step)
    batches = [(decode(batch["x"]), decode(batch["target/y"])) for batch in case["batches"]]
    moving = [(variable, variable.numpy()) for variable in states(model.non_trainable_variables)]
    _, gradients = gradient_function(*batches[0])
    for variable, value in moving:
        variable.assign(value)
    losses = [float(step_function(*batch)) for batch in batches]
    return {
        "losses": losses,
        "gradients": {state_id(v): encode(tf.convert_to_tensor(g)) for v, g in zip(model.trainable_variables, gradients)},
        "weights": {state_id(v): encode(v.numpy()) for v in states(model.variables)},
        "prediction": encode(model(batches[0][0], training=False)),
    }


json.dump({name: train(case) for name, case in request["cases"].items()}, sys.stdout)
