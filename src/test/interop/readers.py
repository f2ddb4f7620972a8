"""Reads the tables of a lake without Spark: readers.py LAKE. Prints a line for each reader and table: reader, table, rows, and the sum of its column 'tokens', if it has one."""

import sys
from pathlib import Path

import duckdb
import polars
from deltalake import DeltaTable

for folder in sorted(Path(sys.argv[1], "delta").iterdir()):
    table = DeltaTable(str(folder))
    arrow = table.to_pyarrow_table()
    frame = table.to_pandas()
    lazy = polars.scan_delta(str(folder)).collect()
    tokens = "tokens" in arrow.column_names
    counted = duckdb.sql(f"SELECT count(*), {'sum(tokens)' if tokens else '0'} FROM arrow").fetchall()[0]
    for reader, rows, total in [
        ("delta-rs", arrow.num_rows, sum(arrow["tokens"].to_pylist()) if tokens else 0),
        ("pandas", len(frame), frame["tokens"].sum() if tokens else 0),
        ("polars", lazy.height, lazy["tokens"].sum() if tokens else 0),
        ("duckdb", *counted),
    ]:
        print(reader, folder.name, rows, int(total))
