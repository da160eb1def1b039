"""The folder that serves as broker on one machine: kombu's own, but a message appears there whole or not at all.

kombu's writes in place, under the name that readers look for: a worker that comes at the wrong moment reads half a
message, or half a table of queues, and dies of that. (Seen with kombu 5.7: JSONDecodeError in ``_get`` under load.)
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


def _write_whole(path: Path, content: Any) -> None:
    """Beside, then renamed: a rename is all or nothing. No reader looks for the ending that it has before."""
    half = path.with_name(f"{path.name}.{uuid.uuid4()}.part")
    half.write_bytes(dumps(content).encode())
    half.replace(path)


class Channel(filesystem.Channel):  # type: ignore[misc]
    """As kombu's, with other writing."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"  # readers take them in this order
        try:
            _write_whole(Path(self.data_folder_out) / name, payload)
        except OSError as error:
            raise ChannelError(f"Cannot add {name} to the broker's folder.") from error

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        path: Path = self._exchange_file(exchange)
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        self.control_folder.mkdir(exist_ok=True)
        try:
            with open(self.control_folder / "turn", "w") as turn:  # closing it lets the next one in
                filesystem.lock(turn, filesystem.LOCK_EX)
                table = self.get_table(exchange)
                if bound not in table:
                    _write_whole(path, [bound, *table])
        except OSError as error:
            raise ChannelError(f"Cannot write {path.name} in the broker's folder.") from error


class Transport(filesystem.Transport):  # type: ignore[misc]
    """Named by ``BROKER_TRANSPORT`` where ``BROKER_URL`` is ``filesystem://``."""

    Channel = Channel
