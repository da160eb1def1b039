"""Packages from npm, installed outside the repository and shared by every checkout."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Npm:
    """Exactly these versions, in a folder of this name."""

    name: str
    packages: Mapping[str, str]

    @property
    def folder(self) -> Path:
        base = os.environ.get("PEJLEMAERKE_SERVERS") or Path.home() / ".cache" / "pejlemaerke" / "servers"
        return Path(base) / self.name

    def missing(self) -> str:
        """Why they cannot be used; empty when they can."""
        if not shutil.which("node"):
            return "Node is not installed"
        if not self._stamp.exists() or json.loads(self._stamp.read_text()) != dict(self.packages):
            return f"{' and '.join(self.packages)} not installed: run python -m tests.servers"
        return ""

    @property
    def _stamp(self) -> Path:
        """Written last: an installation that was broken off is none."""
        return self.folder / "installed.json"

    def install(self) -> None:
        """Get the packages, with what they build; nothing to do when they are there."""
        if not self.missing():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "package.json").write_text(json.dumps({"private": True, "dependencies": self.packages}))
        npm = [shutil.which("npm") or "npm", "install", "--no-audit", "--no-fund", "--prefer-offline"]
        subprocess.run(npm, cwd=self.folder, check=True, timeout=900)
        self._stamp.write_text(json.dumps(dict(self.packages)))
