package io.tagway.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.tagway.testkit.HeldTarget;
import io.tagway.testkit.TagwayProcess;
import org.junit.jupiter.api.Test;

/** Streams that ask for much memory get none of the others', with the memory the launcher gives. */
class Http2MemoryIT {
  private static final int STREAMS = 80;
  private static final int LINES = 5_000;

  @Test
  void largeHeadsOfManyStreamsLeaveMemoryForOthers() throws Exception {
    try (HeldTarget target = new HeldTarget();
        TagwayProcess tagway = TagwayProcess.launch(target.url(), "127.0.0.1:0;h2c=true");
        H2Peer greedy = H2Peer.to(tagway.proxyPort());
        H2Peer other = H2Peer.to(tagway.proxyPort())) {
      Http2Headers head = H2Peer.get("/");
      for (int i = 0; i < LINES; i++) {
        head.add("a", "");
      }
      int last = 0;
      for (int i = 0; i < STREAMS; i++) {
        last = greedy.open(head, true);
      }
      assertEquals(Http2Error.ENHANCE_YOUR_CALM.code(), greedy.answer(last).reset());

      target.release();
      assertEquals(200, other.ask(H2Peer.get("/")).status());
    }
  }
}
