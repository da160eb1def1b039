"""What the engine is measured against: a bare ``requests.Session`` that posts as fast as it can.

``python -m tests.benchmarks.bare URL COUNT``
"""

import sys

import requests


def main(url, count):
    session = requests.Session()
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        response = session.post(f"{url}/posts", json={"text": f"Opslag {number}"}, timeout=10)
        assert response.json()["id"]
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
