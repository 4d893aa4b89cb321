package io.tagway.proxy.http;

import static io.tagway.proxy.http.RetryRule.Again.ELSEWHERE;
import static io.tagway.proxy.http.RetryRule.Again.ELSEWHERE_OR_HERE;
import static io.tagway.proxy.http.RetryRule.Again.NO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagway.proxy.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRuleTest {
  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"DIAL_FAILED", "DIAL_TIMEOUT", "TLS_FAILED", "BUSY"})
  void whatWasNotSentGoesElsewhereWhateverItIs(Failure failure) {
    assertEquals(ELSEWHERE, RetryRule.after(failure, false, false, 1, 0));
    assertEquals(ELSEWHERE, RetryRule.after(failure, false, false, 2, 0));
    assertEquals(NO, RetryRule.after(failure, true, true, 3, 0));
  }

  @Test
  void aReusedConnectionThatDiesMayHaveBeenClosedBefore() {
    assertEquals(ELSEWHERE_OR_HERE, RetryRule.after(Failure.UPSTREAM_CLOSED, true, true, 0, 0));
    assertEquals(NO, RetryRule.after(Failure.UPSTREAM_CLOSED, true, true, 0, 2));
    assertEquals(NO, RetryRule.after(Failure.UPSTREAM_CLOSED, false, true, 0, 0));
  }

  @Test
  void aFreshOneThatDiesIsTheTargetsFaultAndOnlyAnotherMayHelp() {
    assertEquals(ELSEWHERE, RetryRule.after(Failure.UPSTREAM_CLOSED, true, false, 0, 0));
    assertEquals(NO, RetryRule.after(Failure.UPSTREAM_CLOSED, false, false, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {
        "BAD_ANSWER",
        "ANSWER_TIMEOUT",
        "ANSWER_CUT",
        "REQUEST_TIMEOUT",
        "WRITE_TIMEOUT",
        "CLIENT_GONE",
        "SCHEME"
      })
  void nothingElseIsTriedAgain(Failure failure) {
    assertEquals(NO, RetryRule.after(failure, true, true, 0, 0));
  }

  @Test
  void repeatableByMethodOrByKey() {
    for (String method : new String[] {"GET", "HEAD", "OPTIONS", "TRACE"}) {
      assertTrue(RetryRule.isRepeatable(method, RequestHeadersTest.headers()), method);
    }
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "get"}) {
      assertFalse(RetryRule.isRepeatable(method, RequestHeadersTest.headers()), method);
    }
    assertTrue(RetryRule.isRepeatable("POST", RequestHeadersTest.headers("idempotency-key", "k")));
    assertTrue(
        RetryRule.isRepeatable("POST", RequestHeadersTest.headers("X-Idempotency-Key", "k")));
  }
}
