"""Things to serve, made on the spot: wheels, npm packages, a git repository."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import tarfile
import zipfile
from pathlib import Path


def wheel(name: str, version: str = "1.0", requires: tuple[str, ...] = ()) -> tuple[str, bytes]:
    """Return the file name and the bytes of a pure Python wheel."""
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    files = {
        f"{name}/__init__.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: lab\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},{_digest(text.encode())},{len(text)}\n" for path, text in files.items()
    )
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}-{version}-py3-none-any.whl", out.getvalue()


def _digest(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def python_index(packages: dict[str, list[tuple[str, bytes]]]) -> dict[str, tuple[str, bytes]]:
    """Return the paths of a simple package index: path -> (content type, bytes)."""
    pages: dict[str, tuple[str, bytes]] = {}
    for name, files in packages.items():
        links = ""
        for file, data in files:
            digest = hashlib.sha256(data).hexdigest()
            links += f'<a href="/files/{file}#sha256={digest}">{file}</a><br>\n'
            pages[f"/files/{file}"] = ("application/octet-stream", data)
        page = f"<!DOCTYPE html><html><body>\n{links}</body></html>\n"
        pages[f"/simple/{name}/"] = ("text/html", page.encode())
    return pages


def npm_package(name: str, version: str, address: str) -> dict[str, tuple[str, bytes]]:
    """Return the paths of one package of an npm registry at `address`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        files = {
            "package/package.json": json.dumps({"name": name, "version": version}),
            "package/index.js": "module.exports = 1\n",
        }
        for path, text in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    data = out.getvalue()
    path = f"/npm/{name}/-/{name}-{version}.tgz"
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    about = {
        "name": name,
        "dist-tags": {"latest": version},
        "versions": {
            version: {
                "name": name,
                "version": version,
                "dist": {
                    "tarball": address + path,
                    "shasum": hashlib.sha1(data).hexdigest(),
                    "integrity": integrity,
                },
            }
        },
    }
    return {
        f"/npm/{name}": ("application/json", json.dumps(about).encode()),
        path: ("application/octet-stream", data),
    }


def git_repository(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Make a repository and return its paths for git's plain file protocol."""
    work, bare = folder / "git-work", folder / "git-bare"
    env = {"HOME": str(folder), "PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words: str, cwd: Path | None = None) -> None:
        subprocess.run(["git", *words], cwd=cwd, env=env, check=True, capture_output=True)

    work.mkdir()
    git("init", "-q", "-b", "main", cwd=work)
    (work / "README").write_text("lab\n")
    git("add", ".", cwd=work)
    git("-c", "user.name=lab", "-c", "user.email=lab@lab.invalid", "commit", "-qm", "one", cwd=work)
    git("clone", "-q", "--bare", str(work), str(bare))
    git("update-server-info", cwd=bare)
    return {
        f"/git/lab.git/{path.relative_to(bare)}": ("application/octet-stream", path.read_bytes())
        for path in bare.rglob("*")
        if path.is_file()
    }


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate that nobody trusts; return it and its key."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key
