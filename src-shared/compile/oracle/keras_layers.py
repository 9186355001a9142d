"""Calls single layers of Keras on given weights and inputs, for comparison.

Reads a request as JSON on stdin and writes the answer as JSON on stdout. Tensors are {"shape", "data"} with data as
base64 of little-endian float32.

The request: {name: {"layer": class, "options": arguments, "inputs": [[name, tensor]], "weights": {role: tensor},
"direction": tensor, "call": arguments of the call, "mask": rows of 0 and 1 or null}}.
The answer: {name: {"y": tensor, "gradients": {name or role: tensor}}}, where the gradients are
those of the sum of y * direction.
"""

import base64
import json
import os
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras.src.backend import set_keras_mask  # noqa: E402


def decode(tensor):
    return np.frombuffer(base64.b64decode(tensor["data"]), dtype="float32").reshape(tensor["shape"])


def encode(tensor):
    array = np.ascontiguousarray(tensor, dtype="float32")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def role_of(variable):
    """Our name of a weight: its path without the layer, as one word."""
    parts = [re.sub(r"_?(lstm|gru)(_cell)?(_\d+)?$", "", part) for part in variable.path.split("/")[1:]]
    head, *rest = "_".join(filter(None, parts)).split("_")
    return head + "".join(word.capitalize() for word in rest)


def arguments_of(layer, inputs):
    """Attention takes a query and a value, which are the same where a case has one input."""
    return inputs * 2 if isinstance(layer, keras.layers.MultiHeadAttention) and len(inputs) == 1 else inputs


def with_mask(tensors, case):
    """The first input carries the mask, as it would behind an embedding."""
    if case["mask"]:
        set_keras_mask(tensors[0], tf.cast(case["mask"], "bool"))
    return tensors


def layer_of(case):
    """Options may name a layer to wrap: [class, arguments]."""
    options = dict(case["options"])
    if isinstance(options.get("layer"), list):
        name, arguments = options["layer"]
        options["layer"] = getattr(keras.layers, name)(**arguments)
    return getattr(keras.layers, case["layer"])(name="layer", **options)


def call(case):
    layer = layer_of(case)
    inputs = [tf.constant(decode(tensor)) for _, tensor in case["inputs"]]
    layer(*arguments_of(layer, inputs))
    for variable in layer.trainable_variables:
        variable.assign(decode(case["weights"][role_of(variable)]))
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        y = layer(*arguments_of(layer, with_mask(inputs, case)), **case["call"])
        loss = tf.reduce_sum(y * decode(case["direction"]))
    names = [name for name, _ in case["inputs"]] + [role_of(variable) for variable in layer.trainable_variables]
    gradients = tape.gradient(loss, inputs + [variable.value for variable in layer.trainable_variables])
    return {"y": encode(y), "gradients": {name: encode(value) for name, value in zip(names, gradients)}}


json.dump({name: call(case) for name, case in json.load(sys.stdin).items()}, sys.stdout)
