package io.tagway.bgp;

/** Bytes that are no message; carries the answer that the protocol asks for. */
final class Malformed extends Exception {
  private final transient Notification answer;

  Malformed(Notification answer) {
    super(answer.toString(), null, false, false);
    this.answer = answer;
  }

  Notification answer() {
    return answer;
  }
}
