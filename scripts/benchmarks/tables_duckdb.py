"""What DuckDB's own Python client takes to hand out a table in memory as float32 arrays; prints one JSON line.

`numpy` is its `fetchnumpy` of a query that casts, which took less than a cast of what it gave; `arrow` is its Arrow
table, whose columns NumPy converts.
"""

import argparse
import json
import statistics
import time

import duckdb
import numpy

parser = argparse.ArgumentParser()
parser.add_argument("--by", choices=["numpy", "arrow"], required=True)
parser.add_argument("--rows", type=int, required=True)
parser.add_argument("--columns", type=int, required=True)
parser.add_argument("--repeats", type=int, required=True)
options = parser.parse_args()

names = [f"c{i}" for i in range(options.columns)]
connection = duckdb.connect()
numbers = ", ".join(f"random() * {i + 1} AS {name}" for i, name in enumerate(names))
connection.execute(f"CREATE TABLE numbers AS SELECT {numbers} FROM range({options.rows})")


def by_numpy():
    cast = ", ".join(f"{name}::FLOAT AS {name}" for name in names)
    found = connection.execute(f"SELECT {cast} FROM numbers").fetchnumpy()
    return [found[name] for name in names]


def by_arrow():
    table = connection.execute("SELECT * FROM numbers").to_arrow_table()
    return [table.column(name).to_numpy().astype(numpy.float32) for name in names]


read = {"numpy": by_numpy, "arrow": by_arrow}[options.by]
samples = []
cpu = 0.0
for repeat in range(-1, options.repeats):
    began, cpu_before = time.perf_counter(), time.process_time()
    columns = read()
    seconds = time.perf_counter() - began
    if repeat >= 0:
        samples.append(seconds)
        cpu += time.process_time() - cpu_before
    assert all(column.dtype == numpy.float32 and len(column) == options.rows for column in columns)
print(json.dumps({"seconds": statistics.median(samples), "cpu": cpu / options.repeats}))
