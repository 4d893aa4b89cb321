#!/usr/bin/env python3
"""CPU that TLS, HTTP/2 and WebSocket cost here and in HAProxy, measured in the same run.

nginx is the target of HTTP, an echo of our own that of WebSocket. HAProxy (one thread) and the
router (one event loop) are driven in turn, several rounds; the CPU is each process's own utime +
stime, given for one handshake, response, request or message.

  bench-protocols.py --router 'java ... {args}' [--rounds 5] [--only handshakes,responses,h2,websocket]
"""
import argparse, base64, importlib.util, os, selectors, shlex, shutil, socket, statistics, subprocess
import sys, tempfile, threading

spec = importlib.util.spec_from_file_location(
    'bench_cpu', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench-cpu.py'))
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)
HOST = bench.HOST

NGINX = """
daemon off; worker_processes 1; pid {dir}/nginx.pid; error_log {dir}/err.log;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600;
  client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f;
  uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  server {{ listen {host}:{port}; root {dir}; location = /small {{ default_type text/plain;
    return 200 "thirty-three bytes of plain text\\n"; }} }} }}
"""

HAPROXY = """
global
  nbthread 1
  maxconn 4000
  tune.ssl.default-dh-param 2048
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  timeout tunnel 600s
  http-reuse always
frontend tls
  bind {host}:{tls} ssl crt {dir}/both.pem alpn h2,http/1.1
  http-request set-header X-Real-Ip %[src]
  http-request set-header X-Forwarded-Proto https
  http-request set-header X-Forwarded-Port 443
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  option forwardfor
  default_backend web
frontend plain
  bind {host}:{plain}
  option forwardfor
  default_backend echo
backend web
  server s {host}:{web}
backend echo
  server s {host}:{echo}
"""


class Echo(threading.Thread):
    """Answers 101 to whatever comes first, then gives back every byte."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server((HOST, 0), backlog=256)
        self.port = self.listener.getsockname()[1]

    def run(self):
        poll = selectors.DefaultSelector()
        poll.register(self.listener, selectors.EVENT_READ)
        switched = set()
        while True:
            for key, _ in poll.select():
                s = key.fileobj
                if s is self.listener:
                    client, _ = s.accept()
                    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    poll.register(client, selectors.EVENT_READ)
                    continue
                try:
                    data = s.recv(65536)
                except OSError:
                    data = b''
                if not data:
                    poll.unregister(s)
                    switched.discard(s)
                    s.close()
                elif s in switched:
                    s.sendall(data)
                else:
                    switched.add(s)
                    s.sendall(b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n'
                              b'Connection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n')


def messages(port, count, connections=32):
    """Sends one masked text frame after another on each connection and waits for its echo."""
    frame = b'\x81' + bytes([0x80 | 64]) + b'\0\0\0\0' + b'm' * 64
    poll, left, got = selectors.DefaultSelector(), {}, {}
    for _ in range(connections):
        s = socket.create_connection((HOST, port))
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        s.sendall(b'GET /echo HTTP/1.1\r\nHost: bench.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                  b'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: '
                  + base64.b64encode(os.urandom(16)) + b'\r\n\r\n')
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            piece = s.recv(1)
            if not piece:
                raise SystemExit('no 101: %r' % head)
            head += piece
        if b' 101 ' not in head:
            raise SystemExit('no 101: %r' % head)
        left[s], got[s] = count // connections, 0
        poll.register(s, selectors.EVENT_READ)
        s.sendall(frame)
    while left:
        for key, _ in poll.select():
            s = key.fileobj
            data = s.recv(65536)
            if not data:
                raise SystemExit('a tunnel ended early')
            got[s] += len(data)
            if got[s] == len(frame):
                got[s] = 0
                left[s] -= 1
                if left[s]:
                    s.sendall(frame)
                else:
                    poll.unregister(s)
                    s.close()
                    del left[s]
    return count // connections * connections


def wrk(port, path, seconds, *more):
    out = subprocess.run(
        ['wrk', '-t1', '-c32', '-d%ds' % seconds, '--timeout', '60s', '-H', 'Host: bench.test', *more,
         'https://%s:%d%s' % (HOST, port, path)], stdout=subprocess.PIPE, check=True).stdout.decode()
    if 'Non-2xx' in out or 'Socket errors' in out:
        raise SystemExit('errors under load:\n' + out)
    return int([l for l in out.split('\n') if 'requests in' in l][0].split()[0])


def h2(port, count):
    out = subprocess.run(
        ['h2load', '-n%d' % count, '-c16', '-m10', 'https://%s:%d/small' % (HOST, port)],
        stdout=subprocess.PIPE, check=True).stdout.decode()
    if '%d succeeded, 0 failed, 0 errored' % count not in out:
        raise SystemExit('errors under load:\n' + out)
    return count


KINDS = {
    'handshakes': ('TLS handshake and request', lambda r, s: wrk(r.port, '/small', s, '-H', 'Connection: close')),
    'responses': ('TLS response of 64 KiB', lambda r, s: wrk(r.port, '/64k', s)),
    'h2': ('HTTP/2 request', lambda r, s: h2(r.port, 8000 * s)),
    'websocket': ('WebSocket message, there and back', lambda r, s: messages(r.plain, 6400 * s)),
}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('--router', required=True)
    ap.add_argument('--only', default=','.join(KINDS))
    ap.add_argument('--rounds', type=int, default=5)
    ap.add_argument('--seconds', type=int, default=4)
    ap.add_argument('--warmup', type=int, default=10)
    o = ap.parse_args()
    tmp = tempfile.mkdtemp(prefix='bench-')
    children = []
    try:
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                        '-keyout', tmp + '/key.pem', '-out', tmp + '/cert.pem', '-days', '2', '-subj',
                        '/CN=bench.test'], check=True, stderr=subprocess.DEVNULL)
        with open(tmp + '/both.pem', 'w') as f:
            f.write(open(tmp + '/cert.pem').read() + open(tmp + '/key.pem').read())
        with open(tmp + '/64k', 'wb') as f:
            f.write(os.urandom(64 << 10))
        echo = Echo()
        echo.start()
        web = bench.free_port()
        with open(tmp + '/nginx.conf', 'w') as f:
            f.write(NGINX.format(dir=tmp, host=HOST, port=web))
        children.append(bench.Child('nginx', ['nginx', '-c', tmp + '/nginx.conf', '-p', tmp], web))
        os.chmod(tmp, 0o755)
        tls, plain = bench.free_port(), bench.free_port()
        with open(tmp + '/haproxy.cfg', 'w') as f:
            f.write(HAPROXY.format(dir=tmp, host=HOST, tls=tls, plain=plain, web=web, echo=echo.port))
        haproxy = bench.Child('haproxy', ['haproxy', '-db', '-f', tmp + '/haproxy.cfg'], tls)
        children.append(haproxy)
        haproxy.plain = plain
        tls, plain = bench.free_port(), bench.free_port()
        args = ['-insecure', '-runtime.gomaxprocs', '1', '-ui.addr', '%s:%d' % (HOST, bench.free_port()),
                '-proxy.cs', 'cs=c;type=file;cert=%s/cert.pem;key=%s/key.pem' % (tmp, tmp),
                '-proxy.addr', '%s:%d;cs=c,%s:%d' % (HOST, tls, HOST, plain), '-registry.backend', 'static',
                '-registry.static.routes',
                'route add web / http://%s:%d/\nroute add echo /echo http://%s:%d/' % (HOST, web, HOST, echo.port)]
        argv = []
        for word in shlex.split(o.router):
            argv += args if word == '{args}' else [word]
        router = bench.Child('tagway', argv, tls)
        router.plain = plain
        children.append(router)
        for kind in o.only.split(','):
            name, run = KINDS[kind]
            samples = {haproxy: [], router: []}
            run(router, o.warmup)
            run(haproxy, 1)
            for _ in range(o.rounds):
                for r in (haproxy, router):
                    before = bench.cpu(r.proc.pid)
                    count = run(r, o.seconds)
                    samples[r].append((bench.cpu(r.proc.pid) - before) * 1e6 / count)
            ours, theirs = statistics.median(samples[router]), statistics.median(samples[haproxy])
            print('%-36s %8.1f us CPU, HAProxy %8.1f, %.2f x' % (name, ours, theirs, ours / theirs), flush=True)
        print('resident %d MiB' % bench.rss_mib(router.proc.pid))
    finally:
        for c in reversed(children):
            c.stop()
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
