"""The platform of the benchmarks: answers at once, and remembers when each post came.

``python -m tests.benchmarks.server PORT``; GET /taken gives what came since the last time, as [moment, text].
"""

import asyncio
import json
import sys
import time


class Platform(asyncio.Protocol):
    taken: list = []

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while True:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            length = next(
                (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"), 0
            )
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.answer(head, rest[:length])

    def answer(self, head, body):
        if head.startswith(b"GET /posts"):
            content, status = b'{"ids": ["1"]}', b"200 OK"
        elif head.startswith(b"GET"):
            content, status = json.dumps(Platform.taken).encode(), b"200 OK"
            Platform.taken = []
        else:
            Platform.taken.append((time.time(), json.loads(body)["text"]))
            content, status = b'{"id": "%d"}' % len(Platform.taken), b"201 Created"
        self.transport.write(
            b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (status, len(content), content)
        )


async def main(port):
    server = await asyncio.get_running_loop().create_server(Platform, "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
