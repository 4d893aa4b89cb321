package io.tagway.proxy.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tagway.proxy.Ends;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingTest {
  private static Ends ends(String source, String destination) {
    return new Ends(new InetSocketAddress(source, 40000), new InetSocketAddress(destination, 443));
  }

  private static ByteBuf write(Greeting greeting, Ends ends) {
    EmbeddedChannel channel = new EmbeddedChannel();
    greeting.write(channel.pipeline(), ends);
    channel.flush();
    return channel.readOutbound();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 198.51.100.7, PROXY TCP4 192.0.2.1 198.51.100.7 40000 443",
    "2001:db8::1, 2001:db8::2, PROXY TCP6 2001:db8::1 2001:db8::2 40000 443",
    "192.0.2.1, 2001:db8::2, PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 40000 443"
  })
  void version1IsALineOfText(String source, String destination, String line) {
    ByteBuf out = write(Greeting.V1, ends(source, destination));
    assertEquals(line + "\r\n", out.toString(StandardCharsets.US_ASCII));
    out.release();
  }

  @Test
  void version2IsBinary() {
    ByteBuf out = write(Greeting.V2, ends("192.0.2.1", "198.51.100.7"));
    assertEquals(
        "0d0a0d0a000d0a515549540a"
            + "21"
            + "11"
            + "000c"
            + "c0000201"
            + "c6336407"
            + "9c40"
            + "01bb",
        ByteBufUtil.hexDump(out));
    out.release();
  }

  @Test
  void otherwiseNothingIsSent() {
    assertNull(write(Greeting.SILENT, ends("192.0.2.1", "198.51.100.7")));
  }

  @ParameterizedTest
  @CsvSource({
    "pxyproto=true, V1",
    "pxyproto=v1, V1",
    "pxyproto=v2, V2",
    "pxyproto=false, SILENT",
    "pxyproto=True, SILENT",
    "a=b, SILENT"
  })
  void theTargetSaysWhich(String option, Greeting expected) {
    assertEquals(
        expected,
        Greeting.of(
            TestTables.of("route add a :1 tcp://10.0.0.1:1 opts \"" + option + "\"")
                .lookupExact(":1")));
  }
}
