#!/usr/bin/env python3
"""CPU that a stream through a tcp listener costs here and in HAProxy, measured in the same run.

A sender gives each connection so many MiB from a file in memory; the receiver throws them away. HAProxy (tcp mode, one thread) and the router (one event loop) are measured in turn,
several rounds; the CPU is each process's own utime + stime.

  bench-tcp.py --router 'java ... {port} {target}' [--mib 1024] [--rounds 5]
               [--also NAME='java ... {port} {target}']
"""
import argparse, os, shlex, socket, statistics, subprocess, tempfile, threading, time

HOST = '127.0.0.1'
TICK = os.sysconf('SC_CLK_TCK')


def free_port():
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def cpu(pid):
    with open('/proc/%d/stat' % pid) as f:
        fields = f.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rss_mib(pid):
    with open('/proc/%d/statm' % pid) as f:
        return int(f.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 2**20


class Sender(threading.Thread):
    """Sends to everyone who has sent a byte."""

    def __init__(self, mib):
        super().__init__(daemon=True)
        self.file = tempfile.TemporaryFile(dir='/dev/shm')
        self.file.truncate(64 << 20)
        self.mib = mib
        self.listener = socket.create_server((HOST, 0), backlog=128)
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            if not client.recv(1):
                return
            left = self.mib << 20
            while left:
                left -= os.sendfile(client.fileno(), self.file.fileno(), 0, min(left, 64 << 20))
        except OSError:
            pass
        finally:
            client.close()


SINK = bytearray(1 << 20)


def fetch(port, mib):
    with socket.create_connection((HOST, port)) as s:
        s.sendall(b'x')
        left = mib << 20
        while left:
            n = s.recv_into(SINK)
            if not n:
                raise SystemExit('ended early')
            left -= n


HAPROXY = """
global
  nbthread 1
  maxconn 2000
{tune}
defaults
  mode tcp
  timeout connect 5s
  timeout client 600s
  timeout server 600s
{options}
listen one
  bind {host}:{port}
  server s {host}:{target}
"""


def start(command, port):
    log = tempfile.TemporaryFile()
    proc = subprocess.Popen(command, stdout=log, stderr=log)
    end = time.time() + 40
    while time.time() < end:
        if proc.poll() is not None:
            log.seek(0)
            raise SystemExit('process ended: %s\n%s' % (command, log.read().decode()))
        try:
            socket.create_connection((HOST, port), 1).close()
            return proc
        except OSError:
            time.sleep(0.05)
    raise SystemExit('nobody listens on %d' % port)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--router', required=True)
    parser.add_argument('--also', action='append', default=[])
    parser.add_argument('--mib', type=int, default=1024)
    parser.add_argument('--rounds', type=int, default=5)
    args = parser.parse_args()
    sender = Sender(args.mib)
    sender.start()
    procs = {}
    try:
        for name, options in (('haproxy', ''), ('haproxy splice', '  option splice-auto\n')):
            port = free_port()
            with tempfile.NamedTemporaryFile('w', suffix='.cfg', delete=False) as f:
                f.write(HAPROXY.format(host=HOST, port=port, target=sender.port, tune='',
                                       options=options))
            procs[name] = (start(['haproxy', '-db', '-f', f.name], port), port, f.name)
        routers = [('tagway', args.router)] + [tuple(a.split('=', 1)) for a in args.also]
        for name, line in routers:
            port = free_port()
            command = line.format(port=port, target='%s:%d' % (HOST, sender.port))
            procs[name] = (start(shlex.split(command), port), port, None)
            fetch(port, args.mib)  # warms the compiler up
        result = {name: [] for name in procs}
        speed = {name: [] for name in procs}
        for _ in range(args.rounds):
            for name, (proc, port, _config) in procs.items():
                before, begin = cpu(proc.pid), time.time()
                fetch(port, args.mib)
                speed[name].append(args.mib / (time.time() - begin))
                result[name].append(cpu(proc.pid) - before)
        base = statistics.median(result['haproxy'])
        print('%-16s %12s %8s %10s %9s' % ('', 'CPU s', 'ratio', 'MiB/s', 'RSS MiB'))
        for name, (proc, _port, _config) in procs.items():
            median = statistics.median(result[name])
            print('%-16s %12.2f %8.2f %10.0f %9.0f'
                  % (name, median, median / base, statistics.median(speed[name]),
                     rss_mib(proc.pid)))
    finally:
        for proc, _port, config in procs.values():
            proc.terminate()
            proc.wait()
            if config:
                os.unlink(config)


main()
