package io.tagway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.testkit.SocketTarget;
import io.tagway.testkit.TagwayProcess;
import io.tagway.testkit.TrustAll;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code /api/try} foretells and what then happens: each request is tried, then sent through
 * the real router to a real target, which answers with the head it has got.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryIT {
  private static final String TLS = "src/test/resources/tls/";

  @TempDir static Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<SocketTarget> targets = new ArrayList<>();
  private TagwayProcess tagway;

  /** The head of an answer with its body. */
  private record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }

    String header(String name) {
      Matcher line = Pattern.compile("(?im)^" + name + ": (.*)$").matcher(head);
      return line.find() ? line.group(1).strip() : "";
    }
  }

  @BeforeAll
  void start() throws IOException {
    String one = "http://" + target().address();
    String two = "http://" + target().address();
    Path passwords = directory.resolve("staff.htpasswd");
    Files.writeString(passwords, "ann:{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=\n");
    List<String> routes =
        List.of(
            "route add plain plain.test/ ONE/",
            "route add strip plain.test/strip ONE/ opts \"strip=/strip\"",
            "route add pre plain.test/pre ONE/ opts \"prepend=/up%20per strip=/pre\"",
            "route add dst plain.test/dst ONE/ opts \"host=dst\"",
            "route add named plain.test/named ONE/ opts \"host=named.test:81\"",
            "route add query plain.test/query ONE/?k=v",
            "route add wild *.wild.test/ ONE/",
            "route add turns turns.test/ ONE/",
            "route add turns turns.test/ TWO/",
            "route add moved moved.test/ https://new.test/base$path opts \"redirect=302\"",
            "route add self self.test/ http://self.test$path opts \"redirect=301\"",
            "route add allow allow.test/ ONE/ opts \"allow=ip:127.0.0.1,ip:10.0.0.0/8\"",
            "route add deny deny.test/ ONE/ opts \"deny=ip:127.0.0.2\"",
            "route add safe safe.test/ ONE/ opts \"auth=staff\"",
            "route add both both.test/ ONE/ opts \"auth=staff deny=ip:127.0.0.2\"",
            "route add raw raw.test/ tcp://127.0.0.1:9");
    tagway =
        TagwayProcess.start(
            List.of(
                "-proxy.addr",
                "127.0.0.1:0,127.0.0.3:0;proto=https;cs=cert",
                "-proxy.cs",
                "cs=cert;type=file;cert=" + TLS + "rsa-cert.pem;key=" + TLS + "rsa-key.pem",
                "-proxy.auth",
                "name=staff;type=basic;file=" + passwords,
                "-proxy.strategy",
                "rr",
                "-proxy.localip",
                "10.9.8.7",
                "-proxy.header.requestid",
                "X-Request-Id",
                "-proxy.header.clientip",
                "X-Client",
                "-proxy.header.tls",
                "X-Tls",
                "-proxy.header.tls.value",
                "yes",
                "-proxy.noroutestatus",
                "410",
                "-ui.addr",
                "127.0.0.1:0",
                "-insecure",
                "-registry.backend",
                "static",
                "-registry.static.routes",
                String.join("\n", routes).replace("ONE", one).replace("TWO", two)));
  }

  @AfterAll
  void stop() throws IOException {
    tagway.close();
    for (SocketTarget target : targets) {
      target.close();
    }
  }

  /** Answers every request with its head; what follows the answer to a HEAD would be a fault. */
  private SocketTarget target() throws IOException {
    SocketTarget target =
        new SocketTarget(
            socket -> {
              while (true) {
                byte[] head = head(socket.getInputStream());
                String answer =
                    "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Target: http://127.0.0.1:%d/\r\n\r\n"
                        .formatted(head.length, socket.getLocalPort());
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                if (!new String(head, ISO_8859_1).startsWith("HEAD ")) {
                  socket.getOutputStream().write(head);
                }
              }
            });
    targets.add(target);
    return target;
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toByteArray();
  }

  /** Each as {@code CLIENT METHOD URL} and headers, separated by bars. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1 GET http://plain.test/",
        "127.0.0.1 GET http://plain.test/a/../b//c%2Fd/./e%20f?x=1&y=%zz",
        "127.0.0.1 GET http://PLAIN.test.:80/x",
        "127.0.0.1 GET http://plain.test/x | Host: plain.test:80",
        "127.0.0.1 GET http://wonder.wild.test:80/?",
        "127.0.0.1 HEAD http://plain.test/x",
        "127.0.0.1 POST http://plain.test/x",
        "127.0.0.1 PUT http://plain.test/x | Content-Length: 0",
        "127.0.0.1 DELETE http://plain.test/x",
        "127.0.0.1 patch http://plain.test/x",
        "127.0.0.1 GET http://plain.test/strip",
        "127.0.0.1 GET http://plain.test/strip/a%2Fb?c | X-Forwarded-Prefix: /mine",
        "127.0.0.1 GET http://plain.test/pre/a%20b?c",
        "127.0.0.1 GET http://plain.test/dst?x",
        "127.0.0.1 GET http://plain.test/named",
        "127.0.0.1 GET http://plain.test/query/a",
        "127.0.0.1 GET http://plain.test/query/a?b=c",
        "127.0.0.2 GET http://plain.test/ | User-Agent: curl/8.5.0 | Accept: */*",
        "127.0.0.2 GET http://plain.test/ | user-agent: | X-Empty:",
        "127.0.0.1 GET http://plain.test/ | X-Forwarded-For: 192.0.2.1, 198.51.100.2"
            + " | X-Forwarded-For: 203.0.113.3",
        "127.0.0.1 GET http://plain.test/ | X-Forwarded-Proto: https | X-Forwarded-Port: 8443"
            + " | X-Forwarded-Host: else.test | X-Real-Ip: 192.0.2.1",
        "127.0.0.1 GET http://plain.test/ | Forwarded: for=192.0.2.1;proto=https"
            + " | Forwarded: for=192.0.2.2",
        "127.0.0.1 GET http://plain.test/ | X-Client: 1.2.3.4 | X-Tls: no | X-Request-Id: mine",
        "127.0.0.1 GET http://plain.test/ | Connection: keep-alive, X-Mine | X-Mine: 1"
            + " | Keep-Alive: 5 | TE: trailers, deflate | Proxy-Authorization: x",
        "127.0.0.1 GET http://plain.test/ | Connection: Upgrade | Upgrade: websocket"
            + " | Sec-WebSocket-Key: abc | Sec-WebSocket-Version: 13",
        "127.0.0.1 GET http://plain.test/ | Connection: X-Forwarded-For, Host"
            + " | X-Forwarded-For: 192.0.2.1",
        "127.0.0.1 GET https://plain.test/x",
        "127.0.0.1 GET https://plain.test:443/x | Forwarded: for=192.0.2.1",
        "127.0.0.2 GET https://wonder.wild.test/x | Connection: Upgrade | Upgrade: websocket",
        "127.0.0.1 GET http://moved.test/a%20b/?c=d",
        "127.0.0.1 GET http://self.test/x",
        "127.0.0.1 GET https://self.test/x",
        "127.0.0.1 GET http://self.test/x | X-Forwarded-Proto: https",
        "127.0.0.1 GET http://allow.test/",
        "127.0.0.2 GET http://allow.test/",
        "127.0.0.1 GET http://allow.test/ | X-Forwarded-For: 10.1.2.3",
        "127.0.0.1 GET http://allow.test/ | X-Forwarded-For: 10.1.2.3, 192.0.2.1",
        "127.0.0.1 GET http://allow.test/ | X-Forwarded-For: unknown",
        "127.0.0.1 GET http://deny.test/",
        "127.0.0.2 GET http://deny.test/",
        "127.0.0.1 GET http://deny.test/ | X-Forwarded-For: [::ffff:127.0.0.2]:99",
        "127.0.0.1 GET http://safe.test/",
        "127.0.0.2 GET http://both.test/",
        "127.0.0.1 GET http://safe.test/ | Authorization: Basic YW5uOnRlc3Q=",
        "127.0.0.1 GET http://raw.test/",
        "127.0.0.1 GET http://nowhere.test/",
        "127.0.0.1 GET http://plain.test:8080/",
        "127.0.0.1 GET http://a^b/",
        "127.0.0.1 GET http://plain.test/% | Accept: a/b",
        "127.0.0.1 GET http://plain.test/ | Expect: nothing",
        "127.0.0.1 GET http://plain.test/ | Host: plain.test | Host: plain.test",
        "127.0.0.1 CONNECT http://plain.test:444/",
      })
  void whatIsForetoldHappens(String text) throws Exception {
    String[] parts = text.split(" \\| ");
    String[] words = parts[0].split(" ");
    List<String> headers = List.of(parts).subList(1, parts.length);
    JsonObject told = tried(words[0], words[1], words[2], headers);
    Answer answer = sent(told);
    JsonObject target =
        told.getJsonArray("targets").stream()
            .map(JsonObject.class::cast)
            .findFirst()
            .orElse(new JsonObject());
    boolean authorized = headers.stream().anyMatch(line -> line.startsWith("Authorization"));
    if (!target.getString("auth", "").isEmpty() && !authorized) {
      assertEquals(401, answer.status(), told.encode());
      return;
    }
    switch (told.getString("ending")) {
      case "forward" -> assertForwarded(told, target, answer);
      case "redirect" -> {
        assertEquals(told.getInteger("status"), answer.status(), told.encode());
        assertEquals(target.getString("detail"), answer.header("location"));
      }
      default -> assertEquals(told.getInteger("status"), answer.status(), told.encode());
    }
  }

  private static void assertForwarded(JsonObject told, JsonObject target, Answer answer) {
    assertEquals(200, answer.status(), told.encode());
    JsonObject sent = target.getJsonObject("sent");
    boolean tls = told.getJsonObject("request").getBoolean("tls");
    List<String> foretold = new ArrayList<>(List.of(sent.getString("start")));
    sent.getJsonArray("lines")
        .forEach(
            each -> {
              JsonObject line = (JsonObject) each;
              foretold.add(line.getString("name") + ": " + line.getString("value"));
            });
    if (!told.getJsonObject("request").getString("method").equals("HEAD")) {
      List<String> got = answer.body().lines().filter(line -> !line.isEmpty()).toList();
      assertEquals(masked(foretold, tls), masked(got, tls));
    }
  }

  /** Without what differs for each request and each TLS connection; blanks at the end aside. */
  private static String masked(List<String> lines, boolean tls) {
    return String.join("\n", lines)
        .replaceAll("(?m) +$", "")
        .replaceAll("(?m)^X-Request-Id: [0-9a-f-]{36}$", "X-Request-Id: ID")
        .replaceAll(
            "(?m)^(Forwarded: .*); tlsver=tls1[23]; tlscipher=0x[0-9a-f]{4}$",
            tls ? "$1; TLS" : "$0");
  }

  @Test
  void theTargetWhoseTurnItIsIsForetold() throws Exception {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      JsonObject told = tried("127.0.0.1", "GET", "http://turns.test/" + i, List.of());
      JsonObject next =
          told.getJsonArray("targets").stream()
              .map(JsonObject.class::cast)
              .filter(target -> target.getBoolean("next"))
              .findFirst()
              .orElseThrow();
      Answer answer = sent(told);
      assertEquals(next.getString("dst"), answer.header("x-target"));
      seen.add(next.getString("dst"));
    }
    assertEquals(seen.get(0), seen.get(2));
    assertEquals(seen.get(1), seen.get(3));
    assertTrue(!seen.get(0).equals(seen.get(1)), seen.toString());
  }

  private JsonObject tried(String client, String method, String url, List<String> headers)
      throws Exception {
    StringBuilder query = new StringBuilder("client=" + client + "&method=" + method);
    query.append("&url=").append(URLEncoder.encode(url, UTF_8));
    headers.forEach(line -> query.append("&header=").append(URLEncoder.encode(line, UTF_8)));
    URI uri = URI.create("http://127.0.0.1:" + tagway.adminPort() + "/api/try?" + query);
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  /** Sends the request that was tried, byte for byte. */
  private Answer sent(JsonObject told) throws IOException {
    JsonObject request = told.getJsonObject("request");
    StringBuilder head = new StringBuilder(request.getString("method"));
    head.append(' ').append(request.getString("target")).append(" HTTP/1.1\r\n");
    request
        .getJsonArray("headers")
        .forEach(
            each -> {
              JsonObject line = (JsonObject) each;
              head.append(line.getString("name")).append(": ").append(line.getString("value"));
              head.append("\r\n");
            });
    head.append("\r\n");
    try (Socket socket = connect(request.getBoolean("tls"), request.getString("client"))) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      String answer = new String(head(socket.getInputStream()), ISO_8859_1);
      Matcher length =
          Pattern.compile("\r\ncontent-length: (\\d+)\r\n")
              .matcher(answer.toLowerCase(Locale.ROOT));
      boolean hasBody = length.find() && !request.getString("method").equals("HEAD");
      int bytes = hasBody ? Integer.parseInt(length.group(1)) : 0;
      return new Answer(answer, new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1));
    }
  }

  private Socket connect(boolean tls, String client) throws IOException {
    InetAddress from = InetAddress.getByName(client);
    return tls
        ? TrustAll.context()
            .getSocketFactory()
            .createSocket(
                InetAddress.getByName("127.0.0.3"), tagway.proxyPort("127.0.0.3"), from, 0)
        : new Socket(InetAddress.getLoopbackAddress(), tagway.proxyPort(), from, 0);
  }
}
