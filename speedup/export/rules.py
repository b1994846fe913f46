"""The optimizers of a script: torch.optim's own where PyTorch has the rule, else ours, from the kernel's source."""

from collections.abc import Iterable, Mapping, Sequence

from speedup.decay import start, tick
from speedup.export.source import Bundle
from speedup.optimizers import DECOUPLED, OPTIMIZERS

History = Sequence[Mapping[str, float]]

# Ours -> the class in torch.optim and the arguments that make it this optimizer.
TORCH: dict[str, tuple[str, dict[str, bool]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {}),
    "nesterov": ("SGD", {"nesterov": True}),
    "adagrad": ("Adagrad", {}),
    "adadelta": ("Adadelta", {}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "amsgrad": ("Adam", {"amsgrad": True}),
    "adamax": ("Adamax", {}),
    "nadam": ("NAdam", {}),
    "adamw": ("AdamW", {}),
}
NAMES = {"rmsprop": {"rho": "alpha"}}  # where PyTorch calls a hyperparameter otherwise

RULE = '''
class Rule(torch.optim.Optimizer):
    """An optimizer made of update(w, g, state, decay, h) -> (w, state); h holds its hyperparameters."""

    def __init__(self, params, update, **h):
        super().__init__(params, h)
        self.update, self.decay = update, {start}

    @torch.no_grad()
    def step(self):
        (group,) = self.param_groups
        h = SimpleNamespace(**group)
        self.decay = {tick}
        for w in group["params"]:
            g = w.grad if self.update.__name__ in DECOUPLED else w.grad + h.weight_decay * w
            state = self.state[w].get("before") or [torch.zeros_like(w) for _ in range(3)]
            new, self.state[w]["before"] = self.update(w.clone(), g, state, self.decay, h)
            w.copy_(new)
'''


def has_torch(name: str, history: History) -> bool:
    """Tells whether torch.optim has the rule of an optimizer; history: its hyperparameters {name: value}, then as they changed.

    Not without bias correction; nor where PyTorch takes powers of a beta that has changed, has no buffer since momentum
    was 0, or refuses such a momentum.
    """
    if name not in TORCH or any(h.get("bias_correction") == 0 for h in history):
        return False
    if "beta1" in history[0] and len({(h["beta1"], h["beta2"]) for h in history}) > 1:
        return False
    momenta = {h.get("momentum") for h in history}
    return 0 not in momenta or (len(momenta) == 1 and name == "momentum")


def call(name: str, history: History, weights: str) -> str:
    """Returns the text that makes the optimizer of `weights` (text)."""
    h, torch = history[0], has_torch(name, history)
    if not torch:
        arguments = ", ".join(f"{key}={value!r}" for key, value in h.items())
        return f"Rule({weights}, {name}, {arguments})"
    cls, fixed = TORCH[name]
    given = {}
    for key, value in h.items():
        if key == "beta1":
            given["betas"] = f"({value!r}, {h['beta2']!r})"
        elif key not in ("beta2", "bias_correction"):
            given[NAMES.get(name, {}).get(key, key)] = repr(value)
    arguments = ", ".join(f"{key}={value}" for key, value in (given | fixed).items())
    return f"torch.optim.{cls}({weights}, {arguments})"


def change(name: str, values: Mapping[str, float]) -> str:
    """Returns the text of changed hyperparameters, as the optimizer's group has them."""
    names = NAMES.get(name, {})
    return "{" + ", ".join(f'"{names.get(key, key)}": {value!r}' for key, value in values.items()) + "}"


def own_rules(names: Iterable[str]) -> str:
    """Returns the text of the updates of these optimizers and of `Rule`, which calls them."""
    updates, driver = Bundle("torch", elementwise=True), Bundle("torch")
    for name in names:
        updates.add(OPTIMIZERS[name].kernel)
    text, steps = updates.text(), {"start": "None", "tick": "None"}
    if "decay." in text:
        driver.add(start)
        driver.add(tick)
        steps = {
            "start": 'start(SimpleNamespace(**h)) if "beta1" in h else None',
            "tick": "tick(self.decay, h) if self.decay else None",
        }
    rule = f"DECOUPLED = {DECOUPLED!r}\n\n\n{RULE.strip().format(**steps)}"
    return "\n\n\n".join(filter(None, [driver.text(), text, rule]))
