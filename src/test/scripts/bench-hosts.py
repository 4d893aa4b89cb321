#!/usr/bin/env python3
"""CPU a request costs with 10 and with 10,000 host routes, measured in turn in the same process.

The file with the routes is replaced before each round: two processes differ by a tenth already by how
the Java machine has compiled them. Every request goes to a host chosen at random; all lead to the
same target, so that the table is the only difference. With --asked 10 the same number of hosts is asked for in both tables: the search
itself, without what memory costs that is read for the first time in a while.

  bench-hosts.py --router 'java ... {args}' [--hosts 10 10000] [--asked 10] [--rounds 7] [--seconds 5]
"""
import argparse, importlib.util, json, os, shlex, shutil, statistics, subprocess, sys, tempfile, time
import urllib.request

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


def replace(path, text):
    with open(path + '.new', 'w') as f:
        f.write(text)
    os.rename(path + '.new', path)


def count(ui):
    with urllib.request.urlopen('http://%s:%d/api/routes' % (bench.HOST, ui)) as answer:
        return len(json.load(answer) or [])


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
        text, script, samples = {}, {}, {}
        for hosts in o.hosts:
            text[hosts] = ''.join('route add svc-%d host-%d.test/ http://%s:%d/\n' % (i, i, bench.HOST, up)
                                  for i in range(hosts))
            script[hosts] = '%s/load-%d.lua' % (tmp, hosts)
            samples[hosts] = []
            with open(script[hosts], 'w') as f:
                f.write(REQUESTS % (hosts - o.asked if o.asked else 0, hosts - 1))
        port, ui = bench.free_port(), bench.free_port()
        routes = tmp + '/routes'
        replace(routes, text[o.hosts[0]])
        args = ['-proxy.addr', '%s:%d' % (bench.HOST, port), '-insecure', '-runtime.gomaxprocs', '1',
                '-ui.addr', '%s:%d' % (bench.HOST, ui),
                '-registry.backend', 'file', '-registry.file.path', routes]
        argv = []
        for word in shlex.split(o.router):
            argv += args if word == '{args}' else [word]
        router = bench.Child('router', argv, port)
        children.append(router)

        def use(hosts, seconds):
            replace(routes, text[hosts])
            until = time.time() + 60
            while count(ui) != hosts:
                if time.time() > until:
                    raise SystemExit('the table does not come')
                time.sleep(0.2)
            # The table before this one is garbage, which is not what is measured.
            subprocess.run(['jcmd', str(router.proc.pid), 'GC.run'], stdout=subprocess.DEVNULL, check=True)
            load(port, script[hosts], seconds)

        for hosts in o.hosts:
            use(hosts, o.warmup)
        for i in range(o.rounds):
            for hosts in o.hosts if i % 2 == 0 else reversed(o.hosts):
                use(hosts, 2)
                before = bench.cpu(router.proc.pid)
                n = load(port, script[hosts], o.seconds)
                samples[hosts].append((bench.cpu(router.proc.pid) - before) * 1e6 / n)
                print('round %d %6d hosts %7.2f us/request' % (i + 1, hosts, samples[hosts][-1]), flush=True)
        few, many = (samples[hosts] for hosts in o.hosts)
        for hosts in o.hosts:
            print('%6d hosts %7.2f us CPU a request (median of %d)' % (hosts, statistics.median(samples[hosts]), o.rounds))
        print('%.3f x, the median of the pairs' % statistics.median(m / f for f, m in zip(few, many)))
    finally:
        for c in reversed(children):
            c.stop()
        shutil.rmtree(tmp, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
