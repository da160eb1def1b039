"""Whoever rings is heard: the web server's process too knows which broker the house has."""

import subprocess
import sys

ASK = (
    "import cms.wsgi; from publishing.tasks import prepare_consent as t; print(t.app.main, t.app.conf.broker_transport)"
)


def test_the_web_server_rings_at_the_broker_of_the_house(tmp_path):
    environment = {"PATH": "", "DATA_DIR": str(tmp_path), "SECRET_KEY": "only-for-this-test"}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pejlemaerke", "cms.broker:Transport"]
