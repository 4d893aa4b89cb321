package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;

/** Says that the speaker lives (RFC 4271, section 4.4). */
record KeepAlive() implements BgpMessage {
  static final int TYPE = 4;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeBody(Buffer out) {
    // The header is all of it.
  }
}
