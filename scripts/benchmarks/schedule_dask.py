"""What Dask's threaded scheduler takes for a graph of tasks that do nothing; prints one JSON line.

`get` is handed the tasks ready-made; `delayed` is handed what `dask.delayed` built and computes it with threads.
`fixed` is what a graph of one task takes, `seconds` what all tasks take beyond that, `cold` what all took at first.
"""

import argparse
import json
import statistics
import time

import dask
from dask.threaded import get

parser = argparse.ArgumentParser()
parser.add_argument("--graph", required=True)
parser.add_argument("--interface", default="get")
parser.add_argument("--repeats", type=int, default=15)
options = parser.parse_args()


WARM_UPS = 5


def nothing(*_inputs):
    return None


def wide(_count):
    return lambda place: []


def chain(_count):
    return lambda place: [place - 1] if place > 0 else []


def layered(count):
    width = count // 10

    def before(place):
        layer = place // width
        return [(layer - 1) * width + (place % width + step) % width for step in range(3)] if layer > 0 else []

    return before


graphs = {"wide": wide, "chain": chain, "layered": layered}


def ready_made(count):
    before = graphs[options.graph](count)
    tasks = {f"n{place}": (nothing, *(f"n{source}" for source in before(place))) for place in range(count)}
    names = list(tasks)
    return lambda: get(tasks, names)


def delayed(count):
    before = graphs[options.graph](count)
    task = dask.delayed(nothing, pure=False)
    made = []
    for place in range(count):
        made.append(task(*(made[source] for source in before(place))))
    return lambda: dask.compute(*made, scheduler="threads")


def sample(count):
    compute = {"get": ready_made, "delayed": delayed}[options.interface](count)
    cpu, began = time.process_time(), time.perf_counter()
    compute()
    return time.perf_counter() - began, time.process_time() - cpu


def middle(count):
    cold, *_ = [sample(count)[0] for _ in range(WARM_UPS)]
    samples = [sample(count) for _ in range(options.repeats)]
    return [*(statistics.median(column) for column in zip(*samples)), min(samples)[0], cold]


everything, cpu_of_everything, best_of_everything, cold_everything = middle(2000)
one, cpu_of_one, best_of_one, _ = middle(10 if options.graph == "layered" else 1)
print(
    json.dumps(
        {
            "seconds": everything - one,
            "best": best_of_everything - best_of_one,
            "cpu": cpu_of_everything - cpu_of_one,
            "fixed": one,
            "cold": cold_everything,
        }
    )
)
