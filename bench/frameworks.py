"""Nanoseconds per step of JAX and PyTorch on Rosenbrock's function, path and loss recorded, in float64.

    python frameworks.py '{"start": [x, y], "steps": n, "optimizers": {"adam": {"lr": …, …}, …}}'

prints {"jax": {optimizer: ns}, "torch": {…}}, of what this interpreter has. Run by bench/native.py; imports
nothing of ours, since the interpreter that has them may lack what we need.
"""

import json
import sys
from statistics import median
from time import perf_counter_ns

EAGER_STEPS = 200  # PyTorch's steps take so long that fewer will do
CALLS = {"jax": 20, "torch": 5}


def timed(call, calls, steps):
    """The median nanoseconds per step over `calls` calls, after one that compiles."""
    times = []
    for _ in range(calls + 1):
        begin = perf_counter_ns()
        call()
        times.append((perf_counter_ns() - begin) / steps)
    return median(times[1:])


def jax_times(start, steps, optimizers):
    """`lax.scan` over optax's update, compiled."""
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)

    def loss(w):
        return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2

    def rule(name, h):
        if name == "adam":
            return optax.adam(h["lr"], h["beta1"], h["beta2"], h["eps"])
        return optax.sgd(h["lr"], h.get("momentum"))

    def run(rule):
        def step(carry, _):
            w, state = carry
            value, gradient = jax.value_and_grad(loss)(w)
            updates, state = rule.update(gradient, state, w)
            return (optax.apply_updates(w, updates), state), (w, value)

        return jax.jit(lambda w: jax.lax.scan(step, (w, rule.init(w)), length=steps)[1])

    times, w = {}, jnp.array(start)
    for name, h in optimizers.items():
        race = run(rule(name, h))
        times[name] = timed(lambda race=race: jax.block_until_ready(race(w)), CALLS["jax"], steps)
    return times


def torch_times(start, steps, optimizers):
    """torch.optim, step by step."""
    import torch

    torch.set_num_threads(1)  # two numbers: threads would only slow it down
    steps = min(steps, EAGER_STEPS)

    def race(name, h):
        w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        if name == "adam":
            rule = torch.optim.Adam([w], h["lr"], (h["beta1"], h["beta2"]), h["eps"])
        else:
            rule = torch.optim.SGD([w], h["lr"], h.get("momentum", 0))
        path = []
        for _ in range(steps):
            rule.zero_grad()
            loss = (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2
            loss.backward()
            path.append((w.detach().clone(), loss.detach()))
            rule.step()

    times = {}
    for name, h in optimizers.items():
        times[name] = timed(lambda name=name, h=h: race(name, h), CALLS["torch"], steps)
    return times


def main():
    """Measures what can be imported."""
    given, found = json.loads(sys.argv[1]), {}
    for name, times in (("jax", jax_times), ("torch", torch_times)):
        try:
            found[name] = times(**given)
        except ImportError:
            pass
    print(json.dumps(found))


if __name__ == "__main__":
    main()
