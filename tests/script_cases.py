"""Scenes whose scripts are looked at: queries that go through every optimizer, hyperparameter, surface and kind of net."""

import re
from urllib.parse import parse_qsl

from speedup import DATASETS, OPTIMIZERS, SURFACES
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.scenes import network_scene, surfaces_scene
from speedup.words import i18n
from tests.golden.cases import DIVERGING, SETTINGS, UNCORRECTED, VARIANTS, rates


def lane(optimizer, **h):
    return "&lane=" + ",".join([optimizer, *(f"{name}:{value!r}" for name, value in h.items())])


def settled(surface):
    """Every optimizer on a surface, along paths that rounding doesn't move: those of golden.json."""
    (x, y), params, _, _ = SETTINGS[surface]
    name = ",".join([surface, *(f"{key}:{value}" for key, value in params.items())])
    return f"surface={name}&start={x},{y}&steps=90" + "".join(lane(one, lr=lr) for one, lr in rates(surface).items())


def varied():
    """Every hyperparameter changed."""
    lr = rates("beale")
    lanes = [lane(name, **{"lr": lr[name]} | h) for name, variants in VARIANTS.items() for h in variants]
    lanes += [lane(name, **{"lr": lr[name]} | h | {"bias_correction": 0}) for name, h in UNCORRECTED.items()]
    lanes += [lane(name, lr=lr[name], momentum=0.0) for name in ("momentum", "nesterov")]
    for i in range(0, len(lanes), 12):
        yield f"surface=beale&start=1,1.5&steps=90{''.join(lanes[i : i + 12])}"


WHOLE = [  # hyperparameters that are whole numbers
    *(f"{name},lr:0.01,{zero}" for name in ("adam", "amsgrad", "adamw", "adamax", "nadam") for zero in ("beta1:0", "beta2:0")),
    "adam,lr:1,beta1:0,beta2:0,eps:1",
    "lion,lr:1,beta1:0,beta2:0",
    "sgd,lr:1,weight_decay:1",
    "momentum,lr:1,momentum:0",
    "nesterov,lr:1,momentum:0",
    "rmsprop,lr:1,rho:0,eps:1",
    "adadelta,lr:1,rho:0,eps:1",
    "adagrad,lr:1,eps:1",
]
WHOLE = ["".join(f"&lane={one}" for one in part) for part in (WHOLE[:9], WHOLE[9:])]
EVERY = "".join(lane(name, lr=lr / 4) for name, lr in rates("long_valley").items())
RACES = {
    **{surface: settled(surface) for surface in SETTINGS},
    "plateau": "surface=plateau&start=-0.4,1.8&steps=200" + "".join(lane(name, lr=0.01) for name in OPTIMIZERS),
    **{f"changed {i}": query for i, query in enumerate(varied())},
    **{
        f"diverging {i}": f"surface={surface}&start={x},{y}&steps={steps}" + lane(name, lr=lr)
        for i, (surface, (x, y), steps, name, lr) in enumerate(DIVERGING)
    },
    "noise": f"surface=long_valley,condition:20,angle:30&noise=3&seed=2147483647&steps=150{EVERY}",
    "noise and waves": "surface=levy13&noise=0.5&seed=5&steps=100" + lane("sgd", lr=0.001) + lane("adam", lr=0.01),
    **{f"whole numbers {i}": f"surface=beale&start=1,1&steps=20{query}" for i, query in enumerate(WHOLE)},
    "no slope": "surface=ackley&start=0,0&steps=9" + lane("sgd", lr=0.1) + lane("adam", lr=0.1, eps=0.0),
    "nothing is divided": "surface=saddle&start=1,0&steps=9" + lane("adagrad", lr=0.1, eps=0.0) + lane("lion", lr=0.1),
    "the first scene": "",
    **{f"{surface} at first": f"surface={surface}" for surface in SURFACES},
}

SMALL = "samples=60&test=0.2&batch=9&steps=60&seed=3"
ALL = "".join(lane(name, lr=0.01) for name in OPTIMIZERS)
CHANGES = "".join(
    f"&change={one}"
    for one in (
        "0,1,lr,0.2",
        "20,1,lr,0.02",
        "30,1,weight_decay,0.1",
        "30,2,momentum,0.9",
        "20,3,momentum,0",
        "40,3,momentum,0.5",
        "0,4,beta1,0.5",
        "25,4,beta2,0.9",
        "10,5,beta1,0.7",
        "10,6,eps,0.1",
        "30,6,rho,0.5",
        "15,7,bias_correction,0",
        "20,8,rho,0.5",
        "33,9,weight_decay,0.2",
        "33,9,lr,0.02",
        "12,10,beta1,0.5",
    )
)
CHANGED = ["sgd", "momentum,momentum:0", "nesterov", "nadam", "adam", "rmsprop", "adamax", "adadelta", "adamw", "lion"]
NETWORKS = {
    "tutorial": "",
    "own batches": f"dataset=parabola&{SMALL}&lane=sgd,lr:0.1,batch:48&lane=adam,lr:0.01,batch:7&lane=sgd,lr:0.1",
    "changes": f"dataset=moons&{SMALL}" + "".join(f"&lane={one}" for one in CHANGED) + CHANGES,
    **{f"trained whole numbers {i}": f"dataset=gaussians&{SMALL}{query}&change=5,1,lr,1" for i, query in enumerate(WHOLE)},
    "diverging": "dataset=parabola&steps=100&lane=sgd,lr:9&lane=sgd,lr:0.01&lane=momentum,lr:2",
    "no hidden units": f"dataset=gaussians&{SMALL}&hidden=none{ALL}",
    "seed": f"dataset=step&{SMALL}".replace("seed=3", "seed=2147483647") + ALL,
    **{
        f"{dataset} {activation} {init}": f"dataset={dataset}&{SMALL}&hidden=6,5&activation={activation}&init={init}{ALL}"
        for dataset, activation, init in zip(DATASETS, (*ACTIVATIONS[1:], *ACTIVATIONS[1:], "relu", "relu"), INITS * 2)
    },
}


def race(query):
    found, problems = surfaces_scene.read_scene(parse_qsl(query))
    assert not problems
    return found


def network(query):
    found, problems = network_scene.read_scene(parse_qsl(query))
    assert not problems
    return found


def follows(text):
    """For each lane of a script, whether it isn't said there that rounding decides where it ends."""
    return [i18n.text("en", "script.rounding") not in line for line in re.findall(r".*lambda w.*", text)]
