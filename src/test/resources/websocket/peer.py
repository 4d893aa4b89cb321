"""Both ends of a WebSocket, by the library websockets (Debian: python3-websockets).

peer.py server                   echoes every message on two ports, which it prints first; on the
                                 second, messages may be compressed. Under /page is an empty page,
                                 for browsers want one from the same place
peer.py client URL DEFLATE MIB   sends so many MiB to the first and checks what comes back, message
                                 by message, then a little compressed to the second
"""

import asyncio
import http
import sys

import websockets

MIB = 1 << 20


async def echo(socket, path):
    try:
        async for message in socket:
            await socket.send(message)
    except websockets.ConnectionClosed:
        pass


async def page(path, headers):
    if path.endswith("/page"):
        body = b"<!doctype html><title>echo</title><link rel=icon href=data:,>"
        return http.HTTPStatus.OK, {"Content-Type": "text/html"}, body
    return None


def server(compression):
    return websockets.serve(
        echo,
        "127.0.0.1",
        0,
        max_size=4 * MIB,
        subprotocols=["echo.two", "echo.one"],
        process_request=page,
        compression=compression,
    )


async def serve():
    async with server(None) as plain, server("deflate") as deflate:
        ports = [one.sockets[0].getsockname()[1] for one in (plain, deflate)]
        print(*ports, flush=True)
        await asyncio.Future()


def message(number, text):
    """A MiB that differs from the others; of text, in characters of three bytes."""
    if text:
        return f"{number:07d}€€" + "€ua" * ((MIB - 13) // 5)
    return number.to_bytes(8, "big") + bytes(range(256)) * (MIB // 256)


async def exchange(socket, count, text):
    async def send():
        for number in range(count):
            await socket.send(message(number, text))

    sender = asyncio.create_task(send())
    for number in range(count):
        answer = await socket.recv()
        assert answer == message(number, text), f"message {number} came back changed"
    await sender


async def ask(url, deflate, count):
    async with websockets.connect(
        url, max_size=4 * MIB, compression=None, subprotocols=["echo.one"]
    ) as socket:
        assert socket.subprotocol == "echo.one", socket.subprotocol
        assert not socket.extensions, socket.extensions
        await (await socket.ping(b"are you there?"))
        half = count // 2
        await exchange(socket, half, False)
        await exchange(socket, count - half, True)
        await socket.close(4001, "enough")
    assert (socket.close_code, socket.close_reason) == (4001, "enough")
    async with websockets.connect(deflate, max_size=4 * MIB) as socket:
        assert [one.name for one in socket.extensions] == ["permessage-deflate"]
        await exchange(socket, 2, True)
    print("all came back", flush=True)


if sys.argv[1] == "server":
    asyncio.run(serve())
else:
    asyncio.run(ask(sys.argv[2], sys.argv[3], int(sys.argv[4])))
