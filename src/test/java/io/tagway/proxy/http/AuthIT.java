package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.tagway.proxy.Failure;
import io.tagway.proxy.Observer;
import io.tagway.proxy.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a request, and to its connection, while a password is being hashed. */
class AuthIT {
  private static final String RIGHT = "Authorization: " + credentials("al:secret") + "\r\n";
  private static final String WRONG = "Authorization: " + credentials("al:nope") + "\r\n";

  @TempDir Path directory;
  private final List<Outcome> told = new CopyOnWriteArrayList<>();
  private FakeTarget target;
  private TestRouter router;

  private static String credentials(String userPass) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userPass.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A hash that takes about 2 ms at cost 5, twice that at cost 6, and so on. */
  private static String hash(int cost) {
    return BCrypt.withDefaults().hashToString(cost, "secret".toCharArray());
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("quick"), "al:" + hash(7) + "\n");
    Files.writeString(directory.resolve("slow"), "al:" + hash(12) + "\n");
    target = FakeTarget.saying("hello");
    router =
        TestRouter.start(
            1,
            new Watching(told),
            """
            route add a a.test/ http://%1$s/ opts "auth=quick"
            route add s a.test/slow http://%1$s/ opts "auth=slow"
            route add o a.test/open http://%1$s/
            route add d a.test/denied http://%1$s/ opts "deny=ip:127.0.0.0/8 auth=quick"
            route add r a.test/moved http://new.test/ opts "redirect=301 auth=quick"
            """
                .formatted(target.address()),
            "-proxy.auth",
            "name=quick;type=basic;file="
                + directory.resolve("quick")
                + ",name=slow;type=basic;file="
                + directory.resolve("slow"));
  }

  @AfterEach
  void stop() throws IOException {
    router.close();
    target.close();
  }

  private record Watching(List<Outcome> told) implements Observer {
    @Override
    public void told(Outcome outcome) {
      told.add(outcome);
    }
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: a.test\r\n" + headers + "\r\n";
  }

  private static RawMessage answer(RawConnection client) throws IOException {
    RawMessage answer = client.answer("GET");
    assertNotNull(answer);
    return answer;
  }

  @Test
  void theBodyOfARequestWaitsWithIt() throws IOException {
    String body = "0123456789abcdef".repeat(1 << 16);
    try (RawConnection client = router.connect()) {
      client.send(
          "POST /slow HTTP/1.1\r\nHost: a.test\r\nContent-Length: "
              + body.length()
              + "\r\n"
              + RIGHT
              + "\r\n"
              + body);

      assertEquals(200, answer(client).status());
      assertEquals(body, target.seen.get(0).body());
    }
  }

  @Test
  void requestsBehindItOnTheConnectionWaitTheirTurn() throws IOException {
    try (RawConnection client = router.connect()) {
      client.send(get("/slow/1", RIGHT) + get("/open/2", "") + get("/3", WRONG) + get("/4", RIGHT));

      assertEquals(200, answer(client).status());
      assertEquals(200, answer(client).status());
      assertEquals(401, answer(client).status());
      assertEquals(200, answer(client).status());
      assertEquals(
          List.of("/slow/1", "/open/2", "/4"),
          target.seen.stream().map(request -> request.word(1)).toList());
    }
  }

  @Test
  void aRefusedRequestLeavesItsConnectionFitForTheNext() throws IOException {
    try (RawConnection client = router.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000\r\n"
              + WRONG
              + "\r\n"
              + "x".repeat(100_000));
      RawMessage refused = answer(client);
      client.send(get("/", RIGHT));

      assertEquals(401, refused.status());
      assertEquals("Basic realm=\"quick\"", refused.first("WWW-Authenticate"));
      assertEquals(200, answer(client).status());
      assertEquals(1, target.seen.size());
    }
  }

  @Test
  void aClientThatGoesAwayMeanwhileIsNotForwarded() throws IOException {
    try (RawConnection client = router.connect()) {
      client.send(get("/slow", RIGHT));
    }
    Await.until("the outcome", () -> !told.isEmpty());

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, told.get(0));
    assertEquals(Failure.CLIENT_GONE, failed.failure());
    assertEquals("s", failed.target().service());
    assertEquals(List.of(), target.seen);
  }

  @Test
  void accessRulesComeBeforeAndRedirectsAfter() throws IOException {
    try (RawConnection client = router.connect()) {
      client.send(get("/denied", RIGHT) + get("/moved", "") + get("/moved", RIGHT));

      assertEquals(403, answer(client).status());
      assertEquals(401, answer(client).status());
      assertEquals(301, answer(client).status());
    }
  }

  @Test
  void moreGuessesThanCanBeCheckedAreTurnedAway() throws IOException {
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        clients.add(router.connect());
      }
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).send(get("/", "Authorization: " + credentials("al:" + i) + "\r\n"));
      }
      List<RawMessage> answers = new ArrayList<>();
      for (RawConnection client : clients) {
        answers.add(answer(client));
      }

      List<RawMessage> busy = answers.stream().filter(one -> one.status() == 503).toList();
      assertTrue(!busy.isEmpty() && busy.size() < clients.size(), busy.size() + " times 503");
      assertEquals("1", busy.get(0).first("Retry-After"));
      assertEquals(
          clients.size() - busy.size(),
          answers.stream().filter(one -> one.status() == 401).count());
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
  }
}
