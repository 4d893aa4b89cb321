package io.tagway.proxy.tcp;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.tagway.proxy.Ends;
import io.tagway.route.Target;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PROXY header a target asks for, which precedes everything that it is sent. */
enum Greeting {
  /** None. */
  SILENT(null),
  /** A line of text: {@code PROXY TCP4 SOURCE DESTINATION PORT PORT}. */
  V1(HAProxyProtocolVersion.V1),
  /** The binary header. */
  V2(HAProxyProtocolVersion.V2);

  private static final Map<String, Greeting> WORDS = Map.of("true", V1, "v1", V1, "v2", V2);

  private final @Nullable HAProxyProtocolVersion version;

  Greeting(@Nullable HAProxyProtocolVersion version) {
    this.version = version;
  }

  static Greeting of(Target target) {
    return WORDS.getOrDefault(target.options().getOrDefault("pxyproto", ""), SILENT);
  }

  /** Writes the header for a client's connection, to be flushed. */
  void write(ChannelPipeline pipeline, Ends ends) {
    HAProxyProtocolVersion known = version;
    if (known != null) {
      pipeline.addFirst(HAProxyMessageEncoder.INSTANCE);
      var unused = pipeline.write(message(known, ends), pipeline.channel().voidPromise());
      pipeline.remove(HAProxyMessageEncoder.INSTANCE);
    }
  }

  private static HAProxyMessage message(HAProxyProtocolVersion version, Ends ends) {
    InetAddress source = ends.source().getAddress();
    InetAddress destination = ends.destination().getAddress();
    boolean four = source instanceof Inet4Address && destination instanceof Inet4Address;
    return new HAProxyMessage(
        version,
        HAProxyCommand.PROXY,
        four ? HAProxyProxiedProtocol.TCP4 : HAProxyProxiedProtocol.TCP6,
        text(source, four),
        text(destination, four),
        ends.source().getPort(),
        ends.destination().getPort());
  }

  /** Both addresses must be of one kind, so an IPv4 one beside an IPv6 one is mapped. */
  private static String text(InetAddress address, boolean four) {
    String text = NetUtil.toAddressString(address);
    return four || !(address instanceof Inet4Address) ? text : "::ffff:" + text;
  }
}
