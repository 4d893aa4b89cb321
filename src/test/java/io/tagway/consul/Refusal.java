package io.tagway.consul;

/** What a question fails with that Consul does not answer, for tests of other rooms. */
public final class Refusal {
  private Refusal() {}

  public static ConsulFailure badRequest() {
    return ConsulFailure.unexpected(400, "");
  }
}
