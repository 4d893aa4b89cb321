#!/usr/bin/env python3
"""CPU a request costs here and in HAProxy, measured in the same run.

nginx is the target. HAProxy (one thread, four headers set) and the router (one event loop) are
driven in turn with `wrk -c64`, several rounds; the CPU is each process's own utime + stime.

  bench-cpu.py --router 'java ... {args}' [--rounds 5] [--seconds 8] [--also NAME='java ... {args}']

The router gets `-proxy.addr` and `-registry.static.routes` as Fabio does.
"""
import argparse, os, shlex, shutil, signal, socket, statistics, subprocess, sys, tempfile, time

HOST = '127.0.0.1'
TICK = os.sysconf('SC_CLK_TCK')


def free_port():
    with socket.socket() as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


def text(log):
    log.seek(0)
    return log.read().decode(errors='replace')


def wait_for(port, proc, log):
    end = time.time() + 40
    while time.time() < end:
        if proc.poll() is not None:
            raise SystemExit('process ended: %s\n%s' % (proc.args, text(log)))
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit('nobody listens on %d' % port)


def cpu(pid):
    with open('/proc/%d/stat' % pid) as f:
        fields = f.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rss_mib(pid):
    with open('/proc/%d/statm' % pid) as f:
        return int(f.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 2**20


def wrk(port, seconds, connections):
    out = subprocess.run(
        ['wrk', '-t1', '-c%d' % connections, '-d%ds' % seconds, '--timeout', '60s', '-H', 'Host: bench.test',
         '-H', 'User-Agent: bench', '-H', 'Accept: */*', 'http://%s:%d/small' % (HOST, port)],
        stdout=subprocess.PIPE, check=True).stdout.decode()
    total = [l for l in out.split('\n') if 'requests in' in l][0].split()[0]
    if 'Non-2xx' in out or 'Socket errors' in out:
        raise SystemExit('errors under load:\n' + out)
    return int(total)


NGINX = """
daemon off; worker_processes 1; pid {dir}/nginx.pid; error_log {dir}/err.log;
events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600;
  client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f;
  uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  server {{ listen {host}:{port}; location / {{ default_type text/plain;
    return 200 "thirty-three bytes of plain text\\n"; }} }} }}
"""

HAPROXY = """
global
  nbthread 1
  maxconn 2000
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  http-reuse always
frontend f
  bind {host}:{port}
  http-request set-header X-Real-Ip %[src]
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Port 80
  http-request set-header X-Forwarded-Host %[req.hdr(Host)]
  option forwardfor
  default_backend b
backend b
  server s {host}:{up}
"""


class Child:
    def __init__(self, name, argv, port, env=None):
        self.name, self.port = name, port
        self.log = tempfile.TemporaryFile()
        self.proc = subprocess.Popen(argv, stdout=self.log, stderr=self.log,
                                     env=dict(os.environ, **(env or {})))
        wait_for(port, self.proc, self.log)
        self.samples = []

    def stop(self):
        if self.proc.poll() is None:
            self.proc.send_signal(signal.SIGTERM)
            try:
                self.proc.wait(5)
            except subprocess.TimeoutExpired:
                self.proc.kill()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('--router', required=True)
    ap.add_argument('--also', action='append', default=[], help='NAME=command of another router')
    ap.add_argument('--rounds', type=int, default=5)
    ap.add_argument('--seconds', type=int, default=6)
    ap.add_argument('--warmup', type=int, default=20)
    ap.add_argument('--connections', type=int, default=64)
    ap.add_argument('--limit', type=float, default=0, help='exit 1 if the ratio is above')
    o = ap.parse_args()
    for tool in ('nginx', 'haproxy', 'wrk'):
        if not shutil.which(tool):
            raise SystemExit(tool + ' is needed (Debian package of that name)')
    tmp = tempfile.mkdtemp(prefix='bench-')
    children = []
    try:
        up = free_port()
        with open(tmp + '/nginx.conf', 'w') as f:
            f.write(NGINX.format(dir=tmp, host=HOST, port=up))
        children.append(Child('nginx', ['nginx', '-c', tmp + '/nginx.conf', '-p', tmp], up))
        ha = free_port()
        with open(tmp + '/haproxy.cfg', 'w') as f:
            f.write(HAPROXY.format(host=HOST, port=ha, up=up))
        children.append(Child('haproxy', ['haproxy', '-db', '-f', tmp + '/haproxy.cfg'], ha))
        rivals = [children[-1]]
        for spec in ['tagway=' + o.router] + o.also:
            name, command = spec.split('=', 1)
            port = free_port()
            args = ['-proxy.addr', '%s:%d' % (HOST, port), '-ui.addr', '%s:%d' % (HOST, free_port()),
                    '-insecure', '-runtime.gomaxprocs', '1', '-registry.backend', 'static', '-registry.static.routes',
                    'route add svc bench.test/ http://%s:%d/' % (HOST, up),
                    '-proxy.header.requestid', 'X-Request-Id', '-proxy.header.clientip', 'X-Client-Ip']
            argv = []
            for word in shlex.split(command):
                argv += args if word == '{args}' else [word]
            children.append(Child(name, argv, port))
            rivals.append(children[-1])
        for r in rivals:
            wrk(r.port, o.warmup if r is not rivals[0] else 2, o.connections)
        for i in range(o.rounds):
            for r in rivals:
                before = cpu(r.proc.pid)
                n = wrk(r.port, o.seconds, o.connections)
                us = (cpu(r.proc.pid) - before) * 1e6 / n
                r.samples.append(us)
                print('round %d %-10s %7.2f us/request  %7d req/s' % (i + 1, r.name, us, n / o.seconds),
                      flush=True)
        base = statistics.median(rivals[0].samples)
        worst = 0
        for r in rivals:
            m = statistics.median(r.samples)
            ratio = m / base
            if r is not rivals[0]:
                worst = max(worst, ratio)
            print('%-10s %6.2f us CPU a request (median of %d), %.2f x haproxy, resident %d MiB'
                  % (r.name, m, len(r.samples), ratio, rss_mib(r.proc.pid)))
        if o.limit and worst > o.limit:
            print('above the limit of %.2f' % o.limit)
            return 1
        return 0
    finally:
        for c in reversed(children):
            c.stop()
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
