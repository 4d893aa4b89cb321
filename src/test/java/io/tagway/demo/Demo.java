package io.tagway.demo;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code make demo}: a Consul agent, three instances of two services, and Tagway; does once what a
 * new user would try, and says how to go on. With the argument {@code check} it ends by itself,
 * with status 1 if anything was not as promised. Run from the sources, on the JDK alone.
 */
public final class Demo {
  private static final Path JAR = Path.of("target/tagway.jar");
  private static final Path LOGS = Path.of("target/demo");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Process> processes = new ArrayList<>();
  private final String consul = System.getenv().getOrDefault("CONSUL", "consul");
  private final int consulPort = freePort(8500);
  private final int proxyPort = freePort(9999);
  private final int uiPort = freePort(9998);

  private Demo() throws IOException {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    boolean check = args.length > 0 && args[0].equals("check");
    Demo demo = new Demo();
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop));
    int status = 0;
    try {
      Process last = demo.run();
      if (!check) {
        demo.stay(last);
      }
    } catch (Broken e) {
      say("");
      say("NOT AS PROMISED: " + e.getMessage());
      say("Logs: " + LOGS);
      status = 1;
    }
    System.exit(status);
  }

  /** Shows the three things; gives the one instance of /v2 that is left. */
  private Process run() throws Exception {
    Files.createDirectories(LOGS);
    say("Starting Consul on :" + consulPort + ", three instances of two services, and Tagway");
    startConsul();
    service("monolith", "examples/monolith.json", 9001);
    Process first = service("rewrite-1", "examples/rewrite-1.json", 9002);
    Process second = service("rewrite-2", "examples/rewrite-2.json", 9003);
    start(
        "tagway",
        "java",
        "@src/main/dist/conf/jvm.options",
        "-jar",
        JAR.toString(),
        "-registry.consul.addr",
        "127.0.0.1:" + consulPort,
        "-proxy.addr",
        "127.0.0.1:" + proxyPort,
        "-proxy.strategy",
        "rr",
        "-ui.addr",
        "127.0.0.1:" + uiPort);
    until("the routes of all three instances", () -> targets() == 3);
    // The listeners open behind the first table.
    until("an open proxy port", () -> get(proxyPort, "/").statusCode() > 0);

    say("");
    say("1. Both prefixes reach their service:");
    showGet("/v1/orders", "monolith");
    showGet("/v2/orders", "rewrite");
    showGet("/v2/orders", "rewrite");

    say("");
    say("2. The page of live routes: http://127.0.0.1:" + uiPort + "/");
    expect(get(uiPort, "/routes").body().contains("<html"), "the page of routes is served");

    say("");
    say("3. Stop one instance and watch it leave:");
    say("   $ kill " + first.pid() + "   # rewrite-1");
    first.destroy();
    int asked = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (targets() != 2) {
      HttpResponse<String> answer = get(proxyPort, "/v2/orders");
      expect(
          answer.statusCode() == 200,
          "/v2 answers 200 while an instance goes away, it answered " + answer.statusCode());
      asked++;
      expect(System.nanoTime() < deadline, "the stopped instance leaves the table within 20 s");
    }
    say("   " + asked + " requests to /v2 meanwhile, all answered 200; the table now:");
    get(uiPort, "/api/routes?raw").body().lines().forEach(line -> say("   " + line));
    showGet("/v2/orders", "rewrite");
    return second;
  }

  private void stay(Process last) throws InterruptedException {
    say("");
    say("It is yours now:");
    say("  curl http://127.0.0.1:" + proxyPort + "/v1/hello");
    say("  curl http://127.0.0.1:" + proxyPort + "/v2/hello");
    say("  open http://127.0.0.1:" + uiPort + "/");
    say("  kill " + last.pid() + "   # the last instance of /v2: then 404");
    say("  CONSUL_HTTP_ADDR=127.0.0.1:" + consulPort + " " + consul + " catalog services");
    say("Ctrl-C ends everything.");
    new java.util.concurrent.CountDownLatch(1).await();
  }

  private void startConsul() throws Exception {
    start(
        "consul",
        consul,
        "agent",
        "-dev",
        "-log-level=warn",
        "-bind=127.0.0.1",
        "-http-port=" + consulPort,
        "-dns-port=-1",
        "-grpc-port=-1",
        "-server-port=" + freePort(8300),
        "-serf-lan-port=" + freePort(8301),
        "-serf-wan-port=-1");
    until(
        "Consul's leader",
        () ->
            get(consulPort, "/v1/status/leader").body().contains(":")
                && get(consulPort, "/v1/catalog/nodes").body().contains("Node"));
  }

  /** Starts an instance and registers it as its file says, on another port if that one is taken. */
  private Process service(String name, String file, int wanted) throws Exception {
    int port = freePort(wanted);
    String kind = name.replaceAll("-\\d$", "");
    Process process = start(name, "java", "-Xmx32m", "examples/Service.java", "" + port, kind);
    Path registration = Files.createTempFile("registration", ".json");
    Files.writeString(
        registration,
        Files.readString(Path.of(file)).replace(Integer.toString(wanted), Integer.toString(port)));
    until("instance " + name, () -> get(port, "/").statusCode() == 200);
    Process register =
        start(name + "-register", consul, "services", "register", registration.toString());
    expect(register.waitFor() == 0, "consul services register " + file);
    Files.delete(registration);
    say("   " + name + " on :" + port + ", registered with " + file);
    return process;
  }

  private Process start(String name, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CONSUL_HTTP_ADDR", "127.0.0.1:" + consulPort);
    File log = LOGS.resolve(name + ".log").toFile();
    Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
    processes.add(process);
    return process;
  }

  private void stop() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  private int targets() throws Exception {
    HttpResponse<String> answer = get(uiPort, "/api/routes?raw");
    return (int) answer.body().lines().filter(line -> line.startsWith("route add")).count();
  }

  private void showGet(String path, String service) throws Exception {
    HttpResponse<String> answer = get(proxyPort, path);
    say("   $ curl http://127.0.0.1:" + proxyPort + path);
    say("   " + answer.body().strip());
    expect(
        answer.statusCode() == 200 && answer.body().startsWith(service + " "),
        path + " is answered by " + service);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The port itself if nothing listens on it, else any free one. */
  private static int freePort(int wanted) throws IOException {
    for (int port : new int[] {wanted, 0}) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket.getLocalPort();
      } catch (IOException e) {
        if (port == 0) {
          throw e;
        }
      }
    }
    throw new IOException("no free port");
  }

  private static void until(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException e) {
        // Not up yet.
      }
      expect(System.nanoTime() < deadline, what + " within 30 s");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new Broken(what);
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String what) {
      super(what);
    }
  }
}
