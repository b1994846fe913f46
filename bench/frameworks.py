"""JAX and PyTorch in float64: a race on Rosenbrock's function, path and loss recorded, or the training of a net.

    echo '{"start": [x, y], "steps": n, "optimizers": {"adam": {"lr": …, …}, …}}' | python frameworks.py race
    echo '{"sizes": [1, 20, 1], "weights": […], "inputs": [[x], …], …}' | python frameworks.py train

prints {"jax": …, "torch": …}, of what this interpreter has: of the race {optimizer: nanoseconds per step}, of the
training {"given": nanoseconds per step on the batches given, "shuffled": on batches of its own, "losses": […] of the
former}. Run by bench/native.py and bench/training.py; imports nothing of ours, since the interpreter that has them may
lack what we need.
"""

import contextlib
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


def layers_of(weights, sizes):
    """[(weights of a layer, a list for each of its units, and its biases)] of the flat list of them all."""
    at, layers = 0, []
    for ins, outs in zip(sizes, sizes[1:]):
        b = at + ins * outs
        layers.append(([weights[k : k + ins] for k in range(at, b, ins)], weights[b : b + outs]))
        at = b + outs
    return layers


def jax_step(inputs, targets, rule):
    """A step of training as `lax.scan` takes it. A batch: samples, -1 where there are fewer."""
    import jax
    import jax.numpy as jnp
    import optax

    def loss(layers, batch):
        values = inputs[batch]
        for i, (w, b) in enumerate(layers):
            values = (values if i == 0 else jax.nn.relu(values)) @ w.T + b
        there = batch >= 0
        return jnp.sum(there * (values[:, 0] - targets[batch]) ** 2) / jnp.sum(there)

    def step(carry, batch):
        layers, state = carry
        value, gradient = jax.value_and_grad(loss)(layers, batch)
        updates, state = rule.update(gradient, state, layers)
        return (optax.apply_updates(layers, updates), state), value

    return step


def jax_training(sizes, weights, inputs, targets, order, h):
    """`lax.scan` over optax's Adam, compiled: over the batches of `order`, and over epochs that it shuffles itself."""
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)
    inputs, targets, order = jnp.array(inputs), jnp.array(targets), jnp.array(order)
    rule, (steps, size) = optax.adam(h["lr"], h["beta1"], h["beta2"], h["eps"]), order.shape
    batches, layers = -(-len(targets) // size), [(jnp.array(w), jnp.array(b)) for w, b in layers_of(weights, sizes)]
    step, epochs = jax_step(inputs, targets, rule), steps // batches

    def epoch(carry, key):
        samples = jax.random.permutation(key, len(targets))
        padded = jnp.pad(samples, (0, batches * size - len(targets)), constant_values=-1)
        return jax.lax.scan(step, carry, padded.reshape(batches, size))

    def given():
        return jax.lax.scan(step, (layers, rule.init(layers)), order)[1]

    def shuffled():
        keys = jax.random.split(jax.random.key(0), epochs)
        return jax.lax.scan(epoch, (layers, rule.init(layers)), keys)[1]

    given, shuffled = jax.jit(given), jax.jit(shuffled)
    return {
        "given": timed(lambda: jax.block_until_ready(given()), CALLS["jax"], steps),
        "shuffled": timed(lambda: jax.block_until_ready(shuffled()), CALLS["jax"], epochs * batches),
        "losses": given().tolist(),
    }


def torch_training(sizes, weights, inputs, targets, order, h):
    """torch.nn and torch.optim, step by step: over the batches of `order`, and over those of a DataLoader."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    torch.set_num_threads(1)
    double, size = torch.float64, len(order[0])
    inputs, targets = torch.tensor(inputs, dtype=double), torch.tensor(targets, dtype=double)[:, None]
    given = [torch.tensor([sample for sample in batch if sample >= 0]) for batch in order[:EAGER_STEPS]]
    loader = DataLoader(TensorDataset(inputs, targets), batch_size=size, shuffle=True)
    epochs = EAGER_STEPS // len(loader)

    def train(batches):
        net = torch_net(weights, sizes)
        rule, losses = torch.optim.Adam(net.parameters(), h["lr"], (h["beta1"], h["beta2"]), h["eps"]), []
        for x, y in batches:
            rule.zero_grad()
            loss = torch.nn.functional.mse_loss(net(x), y)
            loss.backward()
            rule.step()
            losses.append(loss.detach())
        return [loss.item() for loss in losses]

    def from_given():
        return train((inputs[batch], targets[batch]) for batch in given)

    def from_loader():
        return train(batch for _ in range(epochs) for batch in loader)

    return {
        "given": timed(from_given, CALLS["torch"], len(given)),
        "shuffled": timed(from_loader, CALLS["torch"], epochs * len(loader)),
        "losses": from_given(),
    }


def torch_net(weights, sizes):
    """The net with these weights, ReLU between its layers."""
    import torch

    modules = []
    for w, b in layers_of(weights, sizes):
        w, b = torch.tensor(w, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)
        layer = torch.nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
        layer.load_state_dict({"weight": w, "bias": b})
        modules += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


JOBS = {
    "race": {"jax": jax_times, "torch": torch_times},
    "train": {"jax": jax_training, "torch": torch_training},
}


def main():
    """Measures what can be imported."""
    given, found = json.load(sys.stdin), {}
    for name, measure in JOBS[sys.argv[1]].items():
        with contextlib.suppress(ImportError):
            found[name] = measure(**given)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
