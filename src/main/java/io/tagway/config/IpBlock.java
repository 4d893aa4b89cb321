package io.tagway.config;

import io.tagway.route.IpNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of IP addresses as it was written, such as {@code 10.0.0.0/8}.
 *
 * @param text an address, or one with the number of bits that are the same in the whole block
 */
public record IpBlock(String text, IpNetwork network) {
  private static final int MAPPED_BITS = 96;
  private static final String FITS =
      "addresses and blocks such as 10.0.0.0/8 or 2001:db8::1, several in double quotes";

  /** Addresses and CIDR blocks with commas between them; at least one. */
  static Reading<List<IpBlock>> list(String text) {
    List<IpBlock> blocks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      IpNetwork network = IpNetwork.parse(word);
      if (network == null || isMoreThanMapped(network)) {
        return Reading.unfit(Quoted.of(word) + " is no address and no block of addresses", FITS);
      }
      blocks.add(new IpBlock(word, network));
    }
    return Reading.of(List.copyOf(blocks));
  }

  /** {@code ::ffff:10.0.0.0/95} would be IPv4 and more, and can only be a slip. */
  private static boolean isMoreThanMapped(IpNetwork network) {
    return network.address().isV4() && network.bits() < MAPPED_BITS;
  }
}
