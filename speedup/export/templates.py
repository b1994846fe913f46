"""The parts of a script that stand as they are, but for {what differs}."""

RACE = """
for name, optimizer_of in LANES.items():
    w, end = torch.tensor(START), ""
    optimizer = optimizer_of([w])
    for t in range(STEPS + 1):
        loss, *slopes = {surface}
        if not torch.isfinite(w.sum() + loss):
            print(f"{{name}}: {diverged}")
            break
        x, y, z = *w.tolist(), loss.item()
        if not end and {goal}:
            end = f", {arrived}"
        w.grad = torch.stack(slopes){noise}
        optimizer.step()
    else:
        print(f"{{name}}: x = {{x:.6g}}, y = {{y:.6g}}, loss = {{z:.6g}}{{end}}")
"""

NOISE = """


noise = torch.tensor(NOISE * np.stack(normal_pair(SEED, {stream}, np.arange(STEPS + 1)), axis=1))
"""

DATA = """


inputs, targets, is_test = draw(function, SAMPLES, NOISE, TEST, SEED)
inputs, targets, is_test = torch.tensor(inputs), torch.tensor(targets)[:, None], torch.tensor(is_test)
train, test = (inputs[~is_test], targets[~is_test]), (inputs[is_test], targets[is_test])
"""

NET = '''


weights = [0.0] * sum((ins + 1) * outs for ins, outs in zip(UNITS, UNITS[1:]))
initialise(weights, [len(UNITS) - 1, 0, 0, *UNITS], {init}, SEED)  # {name}


def new_net():
    """{net}"""
    net = torch.nn.Sequential(
{layers}
    )
    torch.nn.utils.vector_to_parameters(torch.tensor(weights), net.parameters())
    return net
'''

BATCHES = '''


@cache
def order_of(epoch):
    """{epoch}"""
    order = [0] * (len(train[0]) + 1)
    shuffle(order, len(train[0]), epoch, SEED)
    return torch.tensor(order[:-1])


def batches(size):
    """{batches}"""
    epoch = 0
    while True:
        yield from order_of(epoch).split(size)
        epoch += 1
'''

TRAINING = '''
loss_of = torch.nn.{loss}()


def measured(net, inputs, targets):
    """{measured}"""
    with torch.no_grad():
        out = net(inputs)
    return f"loss = {{loss_of(out, targets):.6g}}"{accuracy}


for name, size, optimizer_of, changes in LANES:
    net = new_net()
    optimizer = optimizer_of(net.parameters())
    for t, batch in zip(range(STEPS), batches(size)):
        optimizer.param_groups[0].update(changes.get(t, {{}}))
        loss = loss_of(net(train[0][batch]), train[1][batch])
        if not torch.isfinite(loss):
            print(f"{{name}}: {diverged}")
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    else:
        print(f"{{name}}: {{measured(net, *train)}}"{test})
'''
ACCURACY = ' + f", accuracy = {((out > 0) == (targets > 0.5)).double().mean():.6g}"'
TEST = ' + f"; test: {measured(net, *test)}"'
