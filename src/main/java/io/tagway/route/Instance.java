package io.tagway.route;

import java.util.List;

/**
 * One instance of a service as a catalog lists it.
 *
 * @param service service name
 * @param id service id, unique on its node
 * @param node node name
 * @param address service address; empty = use the node's
 * @param nodeAddress node address
 * @param port 0 to 65535
 * @param tags in catalog order
 */
public record Instance(
    String service,
    String id,
    String node,
    String address,
    String nodeAddress,
    int port,
    List<String> tags) {
  public Instance {
    tags = List.copyOf(tags);
  }
}
