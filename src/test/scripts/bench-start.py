#!/usr/bin/env python3
"""How soon the packed router answers, and how much memory it needs when nobody asks.

  bench-start.py target/tagway-VERSION-OS-ARCH.tar.gz [--rounds 11] [--routes 500]

Unpacks the archive of `make dist` and starts the launcher: the clock runs from the start of
the process to the last byte of the first answer that came from a target. Then with that many routes: resident memory after a quiet time.
"""
import argparse, http.server, os, shutil, signal, socket, statistics, subprocess, sys, tarfile
import tempfile, threading, time

HOST = '127.0.0.1'


def free_port():
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


class Target(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Length', '2')
        self.end_headers()
        self.wfile.write(b'ok')

    def log_message(self, *args):
        pass


def launch(home, routes, port):
    return subprocess.Popen(
        [home + '/bin/tagway', '-insecure', '-registry.backend', 'file', '-registry.file.path', routes,
         '-proxy.addr', '%s:%d' % (HOST, port), '-ui.addr', '%s:%d' % (HOST, free_port())],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def first_answer(port, limit=30):
    end = time.time() + limit
    while time.time() < end:
        try:
            with socket.create_connection((HOST, port), 1) as s:
                s.sendall(b'GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n')
                answer = b''
                while True:
                    piece = s.recv(4096)
                    if not piece:
                        break
                    answer += piece
                if answer.startswith(b'HTTP/1.1 200 '):
                    return
        except OSError:
            pass
        time.sleep(0.002)
    raise SystemExit('no answer')


def stop(proc):
    proc.send_signal(signal.SIGTERM)
    proc.wait(30)


def status_mib(pid, what):
    with open('/proc/%d/status' % pid) as f:
        return [int(l.split()[1]) for l in f if l.startswith(what + ':')][0] / 1024


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('archive')
    ap.add_argument('--rounds', type=int, default=11)
    ap.add_argument('--routes', type=int, default=500)
    ap.add_argument('--quiet', type=int, default=20, help='seconds before memory is read')
    o = ap.parse_args()
    tmp = tempfile.mkdtemp(prefix='bench-start-')
    target = http.server.ThreadingHTTPServer((HOST, 0), Target)
    threading.Thread(target=target.serve_forever, daemon=True).start()
    up = target.server_address[1]
    try:
        with tarfile.open(o.archive) as tar:
            tar.extractall(tmp)
        home = os.path.join(tmp, os.listdir(tmp)[0])
        routes = os.path.join(tmp, 'routes')
        with open(routes, 'w') as f:
            f.write('route add a / http://%s:%d/\n' % (HOST, up))
        times = []
        for i in range(o.rounds):
            port = free_port()
            begin = time.time()
            proc = launch(home, routes, port)
            first_answer(port)
            times.append(time.time() - begin)
            stop(proc)
        print('start to first answer of a target: median %.2f s, %.2f to %.2f s in %d starts'
              % (statistics.median(times), min(times), max(times), len(times)))
        with open(routes, 'w') as f:
            f.write('route add a / http://%s:%d/\n' % (HOST, up))
            for i in range(o.routes - 1):
                f.write('route add s%d host-%d.test/ http://%s:%d/ tags "a,b"\n' % (i, i, HOST, up))
        mib = []
        for i in range(3):
            port = free_port()
            proc = launch(home, routes, port)
            first_answer(port)
            time.sleep(o.quiet)
            mib.append((status_mib(proc.pid, 'VmRSS'), status_mib(proc.pid, 'RssAnon')))
            stop(proc)
        mib.sort()
        print('resident with %d routes after %d s without a request: median %.0f MiB of 3 starts (%s),'
              ' of which %.0f MiB are its own and not pages of files'
              % (o.routes, o.quiet, mib[1][0], ', '.join('%.0f' % one[0] for one in mib), mib[1][1]))
    finally:
        target.shutdown()
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
