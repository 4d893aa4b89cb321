#!/bin/sh
# Every figure that docs/benchmarks.md speaks of, in one run: `make bench`.
# BENCH="tables changes deploys upgrade outage churn memory start cpu told hosts protocols stream"
# narrows it. What the last five want beside Java is fetched.
set -eu
cd "$(dirname "$0")/../../.."
bench=${BENCH:-tables changes deploys upgrade outage churn memory start cpu told hosts protocols stream}
transport=${TAGWAY_TRANSPORT:-epoll}
java=${JAVA:-java}
router="env TAGWAY_TRANSPORT=$transport $java @src/main/dist/conf/jvm.options -jar target/tagway.jar {args}"
run() { "$java" -XX:+UseSerialGC -Xmx1g -cp "target/test-classes:target/classes:$(cat target/test-classpath.txt)" "$@"; }

for part in $bench; do
  echo
  echo "== $part"
  case $part in
    tables) run io.tagway.route.bench.RouteBench ;;
    changes) run io.tagway.chaos.AnswerLatency ;;
    deploys) run io.tagway.chaos.RollingDeploy "${INSTANCES:-30}" ;;
    upgrade)
      run io.tagway.chaos.RollingDeploy 60 2000 graceful
      run io.tagway.chaos.RouterUpgrade 5
      ;;
    churn) run io.tagway.chaos.RouteChurn 10000 ;;
    outage) run io.tagway.chaos.ConsulOutage "${SECONDS_AWAY:-60}" ;;
    memory) run io.tagway.chaos.Memory ;;
    start)
      make -s dist
      python3 src/test/scripts/bench-start.py target/tagway-*.tar.gz
      ;;
    told)
      src/main/scripts/need.sh haproxy nginx-light wrk
      told="$router -metrics.target prometheus -log.access.target stdout"
      python3 src/test/scripts/bench-cpu.py --router "$router" \
        --also "common=$told -log.access.format common" \
        --also "json=$told -log.access.format json"
      ;;
    cpu)
      src/main/scripts/need.sh haproxy nginx-light wrk
      python3 src/test/scripts/bench-cpu.py \
        --router "$router"
      ;;
    hosts)
      src/main/scripts/need.sh nginx-light wrk
      python3 src/test/scripts/bench-hosts.py --asked 10 --router "$router"
      python3 src/test/scripts/bench-hosts.py --router "$router"
      ;;
    protocols)
      src/main/scripts/need.sh haproxy nginx-light wrk nghttp2-client openssl
      python3 src/test/scripts/bench-protocols.py --router "$router"
      ;;
    stream)
      src/main/scripts/need.sh haproxy
      # One event loop, as HAProxy has one thread.
      python3 src/test/scripts/bench-tcp.py --router "env TAGWAY_TRANSPORT=$transport $java \
        @src/main/dist/conf/jvm.options -jar target/tagway.jar -insecure -runtime.gomaxprocs 1 -ui.addr 127.0.0.1:0 \
        -proxy.addr 127.0.0.1:{port};proto=tcp -registry.backend static \
        -registry.static.routes 'route add one :{port} tcp://{target}'"
      ;;
    *) echo "no such part: $part"; exit 2 ;;
  esac
done
