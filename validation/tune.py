"""Tuning: the one procedure by which numbers of scenarios are set with published figures in view.

`validation/tuning.toml` names the numbers and the figures. For each entry that is not set by hand a simplex search (Nelder and Mead, from SciPy) moves the numbers between
their ends until `callup check` puts the run as near to the figures as it gets: least sum of squares of ln(run / published), on a sample of the people
and with the same chance at every step, so that it always finds the same. It prints what it found beside what the list has; it writes no scenario.

    python3 -m venv tuning && tuning/bin/pip install scipy==1.16.3
    tuning/bin/python validation/tune.py --callup target/release/callup [NAME ...]
"""

import argparse
import json
import math
import pathlib
import subprocess
import tempfile
import tomllib

from scipy.optimize import minimize

LIST = pathlib.Path(__file__).with_name("tuning.toml")
# A run that counts nobody is as far from a figure as one that counts a thousandth.
LEAST = 1e-3


def free(number, value):
    """The number on a scale without ends, on which the search moves: 0 in the middle."""
    share = (value - number["low"]) / (number["high"] - number["low"])
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def bounded(number, at):
    return number["low"] + (number["high"] - number["low"]) / (1 + math.exp(-at))


def variant(tuning, values):
    """The scenario with these numbers."""
    lines = [f'extends = "{tuning["scenario"]}"', "[set]"]
    for number, value in zip(tuning["number"], values):
        along = {path: base * value / number["value"] for path, base in number.get("in_proportion", {}).items()}
        for path, one in {number["path"]: value, **along}.items():
            # A trial may leave the range that the scenario gives.
            ends = f"low = {min(LEAST, one)!r}, high = {max(number['high'], one)!r}"
            lines.append(f'"{path}" = {{ value = {one!r}, {ends}, assumption = "a trial" }}')
    return "\n".join(lines) + "\n"


def check(program, tuning, values, folder):
    """The figures of the list as the run with these numbers has them: name, published (the middle of its range), run."""
    path = folder / "trial.toml"
    path.write_text(variant(tuning, values))
    command = [program, "check", str(path), "--figures", tuning["scenario"], "--scale", str(tuning["scale"])]
    ended = subprocess.run([*command, "--replicates", "1", "--json", "-q"], capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"{tuning['name']}: {ended.stderr}")
    figures = {figure["name"]: figure for figure in json.loads(ended.stdout)["figures"]}
    missing = [name for name in tuning["figures"] if name not in figures]
    if missing:
        raise SystemExit(f"{tuning['name']}: no figures {missing}")
    told = []
    for name in tuning["figures"]:
        low, high = figures[name]["published_low"], figures[name]["published_high"]
        told.append((name, low if high is None else (low + high) / 2, figures[name]["model"] or 0.0))
    return told


def distance(told):
    return sum(math.log(max(run, LEAST) / max(published, LEAST)) ** 2 for _, published, run in told)


def search(program, tuning):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def cost(at):
            values = [bounded(number, one) for number, one in zip(tuning["number"], at)]
            return distance(check(program, tuning, values, folder))

        start = [free(number, number["value"]) for number in tuning["number"]]
        steps = [[one + 0.5 * (place == moved) for place, one in enumerate(start)] for moved in range(len(start))]
        options = {"initial_simplex": [start, *steps], "maxfev": tuning["runs"], "xatol": 1e-3, "fatol": 1e-6}
        ended = minimize(cost, start, method="Nelder-Mead", options=options)
        values = [bounded(number, one) for number, one in zip(tuning["number"], ended.x)]
        return values, check(program, tuning, values, folder), ended.nfev


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("names", nargs="*", help="only these of the list")
    arguments.add_argument("--callup", default="target/release/callup", help="the program")
    arguments = arguments.parse_args()
    tunings = tomllib.loads(LIST.read_text())["tuning"]
    unknown = set(arguments.names) - {tuning["name"] for tuning in tunings}
    if unknown:
        raise SystemExit(f"not in {LIST.name}: {sorted(unknown)}")
    for tuning in tunings:
        if tuning.get("by_hand") or (arguments.names and tuning["name"] not in arguments.names):
            continue
        values, told, runs = search(arguments.callup, tuning)
        print(f"{tuning['name']}: {tuning['scenario']} at scale {tuning['scale']}, {runs} runs, {distance(told):.6f}")
        for number, value in zip(tuning["number"], values):
            print(f"  {number['path']} = {value:.4g} (the list has {number['value']})")
        for name, published, run in told:
            print(f"  {name}: published {published:.6g}, run {run:.6g}")


if __name__ == "__main__":
    main()
