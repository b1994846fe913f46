"""The package as it is installed: nothing forgotten, the library without the app's packages, the app from any folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import speedup
from tests.servers import ROOT, running

pytestmark = pytest.mark.long

MOVED = {"pages/": "speedup/pages/", ".streamlit/": "speedup/settings/"}  # where they lie in a wheel


def python(code, cwd, **environment):
    """What a program prints that is run in a folder. Its errors fail the test."""
    command = (sys.executable, "-c", code)
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tracked(*folders):
    """The project's files, those too that are not committed yet."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *folders)
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in listed if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel, built from a copy: what an earlier build left behind in a folder would slip into the next."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in tracked("speedup", "pages", ".streamlit", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "-q")
    subprocess.run((sys.executable, "-m", "pip", "wheel", *options, "-w", made, source), check=True)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder that the wheel is installed in, and nothing else is."""
    folder = tmp_path_factory.mktemp("installed")
    command = ("-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check", "-q", "--target", folder)
    subprocess.run((sys.executable, *command, wheel), check=True)
    return folder


def test_a_wheel_has_every_file(wheel):
    wanted = tracked("speedup", "pages", ".streamlit")
    for folder, place in MOVED.items():
        wanted = {place + name.removeprefix(folder) if name.startswith(folder) else name for name in wanted}
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == wanted


def test_a_wheel_says_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        lines = files.read(name).decode().split("\n\n")[0].splitlines()
    assert f"Version: {speedup.__version__}" in lines and "License-Expression: MIT" in lines
    needs = {line.removeprefix("Requires-Dist: ") for line in lines if line.startswith("Requires-Dist: ")}
    library = {need.split("<")[0].split(">")[0] for need in needs if "extra ==" not in need}
    assert library == {"numpy", "numba", "safetensors"}
    assert not any("==" in need.replace("extra ==", "") for need in needs)


def test_the_library_runs_from_another_folder(installed, tmp_path):
    code = (
        "import speedup; from speedup import Lane, RaceSpec, simulate\n"
        "print(speedup.__file__); print(simulate(RaceSpec('booth', steps=5, lanes=(Lane('adam', lr=0.1),))).paths.shape)"
    )
    file, shape = python(code, tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert Path(file).is_relative_to(installed) and shape == "(1, 6, 3)"


def test_the_library_imports_nothing_of_the_app():
    print_loaded = "import sys, speedup; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = set(python(print_loaded, ROOT).split())
    assert "numba" in loaded
    assert not loaded & {"streamlit", "starlette", "uvicorn", "anyio", "plotly", "pandas", "pyarrow", "segno"}


def test_without_the_app_s_packages_it_says_how_to_get_them():
    code = "import sys; sys.modules['streamlit'] = None\nfrom speedup.__main__ import main\nmain([])"
    done = subprocess.run((sys.executable, "-c", code), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "pip install 'speedup[app]'" in done.stderr and "Traceback" not in done.stderr


def test_version():
    done = subprocess.run((sys.executable, "-m", "speedup", "--version"), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"speedup {speedup.__version__}\n"


def test_an_installed_app_has_its_settings(installed, tmp_path):
    code = (
        "from streamlit import config; from speedup.web import settings; settings.apply()\n"
        "print(settings.PAGES, config.get_option('client.showErrorDetails'), config.get_option('theme.dark.backgroundColor'))"
    )
    pages, errors, colour = python(code, tmp_path, PYTHONPATH=str(installed)).split()
    assert Path(pages) == installed / "speedup" / "pages" and errors == "none" and colour == "#18212a"


def test_an_installed_app_starts_from_another_folder(installed, tmp_path):
    """It compiles two of the kernels: all take a minute, and would show nothing more of the place."""
    code = (
        "import sys; from speedup.__main__ import main; from speedup.kernels import native\n"
        "native.wanted = lambda every=False: dict((name, native.load_entries()[name]) for name in ('smooth', 'quantiles'))\n"
        "main(['--port', sys.argv[1]])"
    )
    with running((sys.executable, "-c", code, "{port}"), cwd=tmp_path, PYTHONPATH=str(installed)) as server:
        server.settle()
        assert "speedup --host 0.0.0.0" in server.printed and ", 2 of 2" in server.printed
        assert b"<title>" in server.ask("/").body
        assert server.ask("/api/data?dataset=xor").status == 200


def test_any_free_port(tmp_path):
    """The address that is printed holds the port that was taken."""
    command = (sys.executable, "-m", "speedup", "--port", "0")
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=tmp_path, env=os.environ | environment, stdout=subprocess.PIPE, text=True)
    try:
        line = next(line for line in process.stdout if "http://" in line)
    finally:
        process.kill()
        process.communicate()
    assert int(line.rsplit(":", 1)[1].strip().strip("/")) > 0
