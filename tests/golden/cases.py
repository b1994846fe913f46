"""The cases of golden.json: which optimizer runs on which surface, from where, with which hyperparameters."""

STEPS = 200

# surface: (start, parameters, lr where a step is lr times the gradient, lr where it is about lr long)
SETTINGS = {
    "rosenbrock": ((-1.2, 1.0), {}, 2e-4, 0.02),
    "beale": ((1.0, 1.5), {}, 2e-3, 0.02),
    "himmelblau": ((-0.5, -1.0), {}, 4e-3, 0.05),
    "saddle": ((1.8, 0.2), {}, 0.01, 0.01),
    "monkey_saddle": ((0.8, 0.1), {}, 1e-3, 0.005),
    "long_valley": ((-4.0, 3.0), {"condition": 100.0, "angle": 30.0}, 0.01, 0.05),
    "rastrigin": ((2.3, -1.7), {}, 1e-3, 0.02),
    "ackley": ((2.2, -1.3), {}, 0.01, 0.02),
    "three_hump_camel": ((1.2, -1.5), {}, 0.02, 0.02),
    "six_hump_camel": ((1.4, -1.1), {}, 5e-3, 0.02),
    "styblinski_tang": ((0.3, -4.0), {}, 5e-3, 0.05),
    "goldstein_price": ((0.6, -0.4), {}, 1e-5, 0.01),
    "booth": ((-6.0, 4.0), {}, 0.02, 0.1),
    "matyas": ((7.0, -4.0), {}, 0.2, 0.1),
    "mccormick": ((2.5, -1.0), {}, 0.05, 0.05),
    "levy13": ((-1.15, 2.2), {}, 5e-4, 0.01),
    "easom": ((2.0, 2.2), {}, 0.1, 0.02),
}

# optimizer: (which of the two lr, times what)
RATES = {
    "sgd": ("gradient", 1.0),
    "momentum": ("gradient", 0.5),
    "nesterov": ("gradient", 0.5),
    "adagrad": ("length", 5.0),
    "adadelta": ("length", 25.0),
    "rmsprop": ("length", 0.5),
    "adam": ("length", 1.0),
    "amsgrad": ("length", 1.0),
    "adamax": ("length", 1.0),
    "nadam": ("length", 1.0),
    "adamw": ("length", 1.0),
    "lion": ("length", 0.5),
}

BETAS = {"beta1": 0.8, "beta2": 0.98}
VARIANTS = {  # each beside lr, on every surface of VARIED
    "sgd": ({"weight_decay": 0.1},),
    "momentum": ({"momentum": 0.5}, {"momentum": 0.8, "weight_decay": 0.1}),
    "nesterov": ({"momentum": 0.5}, {"momentum": 0.8, "weight_decay": 0.1}),
    "adagrad": ({"eps": 0.1, "weight_decay": 0.1}, {"eps": 0.0}),
    "adadelta": ({"rho": 0.85, "eps": 1e-6}, {"rho": 0.95, "eps": 1e-5, "weight_decay": 0.1}),
    "rmsprop": ({"rho": 0.97, "eps": 0.1}, {"weight_decay": 0.1}, {"rho": 0.97, "eps": 0.0}),
    "adam": (BETAS, {"eps": 0.1, "weight_decay": 0.1}, {"eps": 0.0}),
    "amsgrad": (BETAS, {"eps": 0.1, "weight_decay": 0.1}),
    "adamax": (BETAS, {"eps": 0.1, "weight_decay": 0.1}),
    "nadam": (BETAS, {"eps": 0.1, "weight_decay": 0.1}),
    "adamw": (BETAS, {"eps": 0.1, "weight_decay": 0.3}, {"weight_decay": 0.0}),
    "lion": ({"beta1": 0.95, "beta2": 0.98}, {"weight_decay": 0.3}),
}
VARIED = ("beale", "himmelblau", "long_valley", "styblinski_tang")
UNCORRECTED = {  # each beside lr and bias_correction 0, on every surface of VARIED too
    "adam": {},
    "amsgrad": {},
    "adamax": {},
    "adamw": {},
    "nadam": {"beta1": 0.5, "beta2": 0.0, "eps": 1.0},
}

# Too high a learning rate, the loss overflows: (surface, start, steps, optimizer, lr)
DIVERGING = (
    ("rosenbrock", (-1.9, -0.8), 50, "sgd", 0.02),
    ("rosenbrock", (1.9, -0.8), 50, "nesterov", 0.01),
    ("beale", (1.0, 1.5), 50, "momentum", 0.2),
    ("beale", (-4.0, -3.5), 50, "sgd", 0.1),
    ("himmelblau", (-5.0, 4.0), 50, "sgd", 0.2),
    ("booth", (-6.0, 4.0), STEPS, "sgd", 1.0),
    ("long_valley", (-4.0, 3.0), STEPS, "momentum", 0.2),
)


def case(surface, optimizer, h, **other):
    """One case as it is stored, still without its path; `other` replaces start, steps or oracle."""
    start, params, _, _ = SETTINGS[surface]
    oracle = "optax" if optimizer == "lion" else "torch"
    return {
        "surface": surface,
        "params": params,
        "start": start,
        "steps": STEPS,
        "optimizer": optimizer,
        "h": h,
        "oracle": oracle,
    } | other


def rates(surface):
    """{optimizer: lr} on this surface."""
    _, _, gradient, length = SETTINGS[surface]
    rate = {"gradient": gradient, "length": length}
    return {name: scale * rate[kind] for name, (kind, scale) in RATES.items()}


def varied(surface, lr):
    """The cases with other hyperparameters and forms than the defaults, on one surface."""
    for name, variants in VARIANTS.items():
        yield from (case(surface, name, {"lr": lr[name]} | h) for h in variants)
    for name, h in UNCORRECTED.items():
        yield case(surface, name, {"lr": lr[name]} | h | {"bias_correction": 0}, oracle="torch, uncorrected")
    yield case(surface, "adam", {"lr": lr["adam"], "bias_correction": 0, "eps": 0.0}, oracle="chapter")


def cases():
    """Every optimizer on every surface, the varied ones among them, the defaults alone, and the diverging."""
    for surface in SETTINGS:
        lr = rates(surface)
        yield from (case(surface, name, {"lr": lr[name]}) for name in RATES)
        if surface in VARIED:
            yield from varied(surface, lr)
    yield from (case("beale", name, {}) for name in RATES)
    for surface, start, steps, optimizer, lr in DIVERGING:
        yield case(surface, optimizer, {"lr": lr}, start=start, steps=steps)
