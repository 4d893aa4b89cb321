package io.tagway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.auth.Verdict.Busy;
import io.tagway.auth.Verdict.Granted;
import io.tagway.auth.Verdict.Refused;
import io.tagway.config.Settings.AuthScheme;
import io.tagway.testkit.Until;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasicAuthTest {
  private static final Verdict NO = new Refused(Optional.of("Basic realm=\"R\""));
  private static final String SLOW = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private BasicAuth open(Path file, Duration refresh) {
    BasicAuth auth =
        new BasicAuth(vertx, new AuthScheme("mine", "basic", file.toString(), "R", refresh));
    await(auth.open());
    return auth;
  }

  private static String header(String userPass) {
    return "Basic " + Base64.getEncoder().encodeToString(Latin1.bytes(userPass));
  }

  @Test
  void theRightPasswordIsGrantedAndEveryOtherAnswerCarriesTheChallenge(@TempDir Path dir)
      throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:" + SLOW + "\n");
    BasicAuth auth = open(file, Duration.ZERO);
    assertEquals(new Granted("al"), await(auth.verify(header("al:secret"))));
    assertEquals(NO, await(auth.verify(header("al:wrong"))));
    assertEquals(NO, await(auth.verify(header("bo:secret"))));
    assertEquals(NO, await(auth.verify(null)));
    assertEquals(NO, await(auth.verify("Bearer x")));
  }

  @Test
  void whatPassedOnceIsAnsweredAtOnceAndWhatFailedIsNot(@TempDir Path dir) throws IOException {
    BasicAuth auth =
        open(Files.writeString(dir.resolve("users"), "al:" + SLOW + "\n"), Duration.ZERO);
    assertFalse(auth.verify(header("al:secret")).isComplete());
    Until.holds("the cache", () -> auth.verify(header("al:secret")).isComplete());
    assertSame(auth.verify(header("al:secret")), auth.verify(header("al:secret")));
    assertEquals(NO, await(auth.verify(header("al:wrong"))));
    assertFalse(auth.verify(header("al:wrong")).isComplete());
    assertTrue(auth.verify(null).isComplete());
  }

  @Test
  void theVerdictArrivesOnTheCallersContext(@TempDir Path dir) throws IOException {
    BasicAuth auth =
        open(Files.writeString(dir.resolve("users"), "al:" + SLOW + "\n"), Duration.ZERO);
    List<Future<Boolean>> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Context context = ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
      Promise<Boolean> onContext = Promise.promise();
      seen.add(onContext.future());
      context.runOnContext(
          ignored ->
              auth.verify(header("al:secret"))
                  .onComplete(done -> onContext.complete(Vertx.currentContext() == context)));
    }
    for (Future<Boolean> onContext : seen) {
      assertTrue(await(onContext));
    }
  }

  @Test
  void guessesBeyondTheLimitAreTurnedAway(@TempDir Path dir) throws IOException {
    String slow = SLOW.replace("$05$", "$06$");
    BasicAuth auth =
        open(Files.writeString(dir.resolve("users"), "al:" + slow + "\n"), Duration.ZERO);
    List<Future<Verdict>> guesses = new ArrayList<>();
    for (int i = 0; i < 2 * BasicAuth.LIMIT_WAITING + 100; i++) {
      guesses.add(auth.verify(header("al:" + i)));
    }
    assertInstanceOf(Busy.class, await(guesses.get(guesses.size() - 1)));
    assertEquals(NO, await(guesses.get(0)));
    for (Future<Verdict> guess : guesses) {
      await(guess);
    }
    assertEquals(NO, await(auth.verify(header("al:again"))));
  }

  @Test
  void aFileThatIsMissingAtTheStartIsAClearError(@TempDir Path dir) {
    CompletionException failure =
        assertThrows(CompletionException.class, () -> open(dir.resolve("none"), Duration.ZERO));
    IOException cause = assertInstanceOf(IOException.class, failure.getCause());
    assertEquals(
        "auth 'mine': open " + dir.resolve("none") + ": no such file or directory",
        cause.getMessage());
  }

  @Test
  void aChangedFileCountsAndOldSuccessesDoNot(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:old\n");
    BasicAuth auth = open(file, Duration.ofMillis(20));
    assertEquals(new Granted("al"), await(auth.verify(header("al:old"))));
    Files.writeString(file, "al:newer\n");
    Until.holds(
        "the new password", () -> await(auth.verify(header("al:newer"))).equals(new Granted("al")));
    assertEquals(NO, await(auth.verify(header("al:old"))));
  }

  @Test
  void whileTheFileIsGoneNobodyIsLetIn(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:pw\n");
    BasicAuth auth = open(file, Duration.ofMillis(20));
    assertEquals(new Granted("al"), await(auth.verify(header("al:pw"))));
    Path away = Files.move(file, dir.resolve("away"));
    Until.holds("no users", () -> await(auth.verify(header("al:pw"))).equals(NO));
    Files.move(away, file);
    Until.holds(
        "the users again", () -> await(auth.verify(header("al:pw"))).equals(new Granted("al")));
  }

  @Test
  void withoutRefreshTheFileIsReadOnce(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:old\n");
    BasicAuth still = open(file, Duration.ZERO);
    BasicAuth watching = open(file, Duration.ofMillis(20));
    Files.writeString(file, "al:newer\n");
    Until.holds(
        "the other scheme to see the change",
        () -> await(watching.verify(header("al:newer"))).equals(new Granted("al")));
    assertEquals(new Granted("al"), await(still.verify(header("al:old"))));
  }

  @Test
  void schemesAreFoundByName(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:pw\n");
    AuthSchemes schemes =
        new AuthSchemes(
            vertx, List.of(new AuthScheme("a", "basic", file.toString(), "R", Duration.ZERO)));
    assertEquals(
        new Refused(Optional.of("Basic realm=\"R\"")),
        await(schemes.verify("a", header("al:pw"))),
        "before it is opened");
    await(schemes.open());
    assertEquals(new Granted("al"), await(schemes.verify("a", header("al:pw"))));
    assertEquals(new Refused(Optional.empty()), await(schemes.verify("nosuch", header("al:pw"))));
    await(schemes.close());
  }

  @Test
  void oneBadSchemeFailsAll(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("users"), "al:pw\n");
    AuthSchemes schemes =
        new AuthSchemes(
            vertx,
            List.of(
                new AuthScheme("a", "basic", file.toString(), "R", Duration.ZERO),
                new AuthScheme("b", "basic", dir + "/none", "R", Duration.ZERO)));
    CompletionException failure =
        assertThrows(CompletionException.class, () -> await(schemes.open()));
    IOException cause = assertInstanceOf(IOException.class, failure.getCause());
    assertEquals("auth 'b': open " + dir + "/none: no such file or directory", cause.getMessage());
  }
}
