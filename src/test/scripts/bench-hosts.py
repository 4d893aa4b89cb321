#!/usr/bin/env python3
"""CPU a request costs with 10 and with 10,000 host routes, measured in turn in the same run.

Every request goes to a host chosen at random; all lead to the same target, so that the table is the
only difference. With --asked 10 the same number of hosts is asked for in both tables: the search
itself, without what memory costs that is read for the first time in a while.

  bench-hosts.py --router 'java ... {args}' [--hosts 10 10000] [--asked 10] [--rounds 7] [--seconds 5]
"""
import argparse, importlib.util, os, shlex, shutil, statistics, subprocess, sys, tempfile

spec = importlib.util.spec_from_file_location(
    'bench_cpu', os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench-cpu.py'))
bench = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bench)

# Requests are made before the run, so that making them costs the same for any number of hosts.
REQUESTS = """
local made, at = {}, 0
init = function(args)
  math.randomseed(42)
  for i = 1, 20000 do
    made[i] = wrk.format("GET", "/small", {["Host"] = "host-" .. math.random(%d, %d) .. ".test"})
  end
end
request = function()
  at = at %% 20000 + 1
  return made[at]
end
"""


def load(port, script, seconds):
    out = subprocess.run(
        ['wrk', '-t1', '-c64', '-d%ds' % seconds, '--timeout', '60s', '-s', script,
         'http://%s:%d/' % (bench.HOST, port)],
        stdout=subprocess.PIPE, check=True).stdout.decode()
    if 'Non-2xx' in out or 'Socket errors' in out:
        raise SystemExit('errors under load:\n' + out)
    return int([l for l in out.split('\n') if 'requests in' in l][0].split()[0])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument('--router', required=True)
    ap.add_argument('--hosts', type=int, nargs=2, default=[10, 10000])
    ap.add_argument('--asked', type=int, default=0, help='how many of the hosts are asked for; 0: all')
    ap.add_argument('--rounds', type=int, default=7)
    ap.add_argument('--seconds', type=int, default=5)
    ap.add_argument('--warmup', type=int, default=20)
    o = ap.parse_args()
    tmp = tempfile.mkdtemp(prefix='bench-')
    children = []
    try:
        up = bench.free_port()
        with open(tmp + '/nginx.conf', 'w') as f:
            f.write(bench.NGINX.format(dir=tmp, host=bench.HOST, port=up))
        children.append(bench.Child('nginx', ['nginx', '-c', tmp + '/nginx.conf', '-p', tmp], up))
        routers = []
        for hosts in o.hosts:
            routes, script = '%s/routes-%d' % (tmp, hosts), '%s/load-%d.lua' % (tmp, hosts)
            with open(routes, 'w') as f:
                for i in range(hosts):
                    f.write('route add svc-%d host-%d.test/ http://%s:%d/\n' % (i, i, bench.HOST, up))
            with open(script, 'w') as f:
                f.write(REQUESTS % (hosts - o.asked if o.asked else 0, hosts - 1))
            port = bench.free_port()
            args = ['-proxy.addr', '%s:%d' % (bench.HOST, port), '-insecure', '-runtime.gomaxprocs', '1',
                    '-ui.addr', '%s:%d' % (bench.HOST, bench.free_port()),
                    '-registry.backend', 'file', '-registry.file.path', routes]
            argv = []
            for word in shlex.split(o.router):
                argv += args if word == '{args}' else [word]
            child = bench.Child('%d hosts' % hosts, argv, port)
            child.script = script
            children.append(child)
            routers.append(child)
        for r in routers:
            load(r.port, r.script, o.warmup)
        for i in range(o.rounds):
            for r in routers if i % 2 == 0 else reversed(routers):
                before = bench.cpu(r.proc.pid)
                n = load(r.port, r.script, o.seconds)
                r.samples.append((bench.cpu(r.proc.pid) - before) * 1e6 / n)
                print('round %d %-12s %7.2f us/request' % (i + 1, r.name, r.samples[-1]), flush=True)
        base = statistics.median(routers[0].samples)
        for r in routers:
            m = statistics.median(r.samples)
            print('%-12s %6.2f us CPU a request (median of %d), %.3f x' % (r.name, m, len(r.samples), m / base))
    finally:
        for c in reversed(children):
            c.stop()
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
