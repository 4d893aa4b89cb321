package io.tagway.bgp;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Routes that come and go (RFC 4271, section 4.3); the prefixes here are IPv4. */
record Update(List<Prefix> withdrawn, List<PathAttribute> attributes, List<Prefix> announced)
    implements BgpMessage {
  static final int TYPE = 2;

  Update {
    withdrawn = List.copyOf(withdrawn);
    attributes = List.copyOf(attributes);
    announced = List.copyOf(announced);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeBody(Buffer out) {
    Buffer gone = Buffer.buffer();
    withdrawn.forEach(prefix -> prefix.write(gone));
    Buffer path = Buffer.buffer();
    attributes.forEach(attribute -> attribute.write(path));
    out.appendUnsignedShort(gone.length()).appendBuffer(gone);
    out.appendUnsignedShort(path.length()).appendBuffer(path);
    announced.forEach(prefix -> prefix.write(out));
  }

  static Update read(WireReader in) throws Malformed {
    List<Prefix> withdrawn = prefixes(in.part(in.u16()));
    WireReader path = in.part(in.u16());
    List<PathAttribute> attributes = new ArrayList<>();
    while (path.left() > 0) {
      attributes.add(PathAttribute.read(path));
    }
    return new Update(withdrawn, attributes, prefixes(in));
  }

  private static List<Prefix> prefixes(WireReader in) throws Malformed {
    List<Prefix> prefixes = new ArrayList<>();
    while (in.left() > 0) {
      prefixes.add(Prefix.read(Family.IPV4, in));
    }
    return prefixes;
  }
}
