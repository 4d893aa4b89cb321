package io.tagway.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tagway.route.Instance;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the answers of Consul's catalog token by token: with thousands of services a tree of
 * objects would be most of the garbage of this process.
 *
 * <p>A body that is not what it should be is an {@link IOException}: half an answer is none.
 */
final class CatalogJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** Where field names are data: remembering thousands of them would cost more than it saves. */
  private static final JsonFactory NAMES =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private CatalogJson() {}

  /** A check that is not passing: where it is and whom it belongs to; empty service for a node. */
  record Failing(String node, String checkId, String service, String serviceId) {}

  /** All instances by service name, of {@code /v1/internal/ui/nodes}. */
  static Map<String, List<Listed>> nodes(Buffer body) throws IOException {
    Map<String, List<Listed>> all = new HashMap<>();
    JsonParser in = open(body);
    elements(
        in,
        () -> {
          NodeFields node = new NodeFields();
          List<ServiceFields> services = new ArrayList<>();
          List<Check> checks = new ArrayList<>();
          fields(
              in,
              name -> {
                switch (name) {
                  case "Node" -> node.name = text(in);
                  case "Address" -> node.address = text(in);
                  case "PeerName" -> node.imported = !text(in).isEmpty();
                  case "Services" -> elements(in, () -> services.add(service(in)));
                  case "Checks" -> elements(in, () -> checks.add(check(in)));
                  default -> in.skipChildren();
                }
              });
          if (!node.imported) {
            addNode(all, node, services, checks);
          }
        });
    end(in);
    return all;
  }

  private static void addNode(
      Map<String, List<Listed>> all,
      NodeFields node,
      List<ServiceFields> services,
      List<Check> checks) {
    Map<String, List<Check>> byService = new HashMap<>();
    checks.forEach(
        check -> byService.computeIfAbsent(check.serviceId(), id -> new ArrayList<>()).add(check));
    List<Check> ofNode = byService.getOrDefault("", List.of());
    for (ServiceFields service : services) {
      List<Check> own =
          service.id.isEmpty() ? List.of() : byService.getOrDefault(service.id, List.of());
      all.computeIfAbsent(service.name, name -> new ArrayList<>())
          .add(service.listed(node, Stream.concat(ofNode.stream(), own.stream()).toList()));
    }
  }

  /** The instances of one service, of {@code /v1/health/service/<name>}. */
  static List<Listed> service(Buffer body) throws IOException {
    List<Listed> all = new ArrayList<>();
    JsonParser in = open(body);
    elements(
        in,
        () -> {
          NodeFields node = new NodeFields();
          List<ServiceFields> service = new ArrayList<>();
          List<Check> checks = new ArrayList<>();
          fields(
              in,
              name -> {
                switch (name) {
                  case "Node" -> node(in, node);
                  case "Service" -> service.add(service(in));
                  case "Checks" -> elements(in, () -> checks.add(check(in)));
                  default -> in.skipChildren();
                }
              });
          if (service.isEmpty()) {
            throw new IOException("an element without Service");
          }
          all.add(service.get(0).listed(node, checks));
        });
    end(in);
    return all;
  }

  /** The instances on a node by service name, of {@code /v1/catalog/node/<name>}. */
  static Map<String, List<Listed>> services(Buffer body) throws IOException {
    Map<String, List<Listed>> all = new HashMap<>();
    NodeFields node = new NodeFields();
    List<ServiceFields> services = new ArrayList<>();
    JsonParser in = open(body);
    if (in.currentToken() != JsonToken.VALUE_NULL) { // there is no such node
      fields(
          in,
          name -> {
            switch (name) {
              case "Node" -> node(in, node);
              case "Services" -> fields(in, id -> services.add(service(in)));
              default -> in.skipChildren();
            }
          });
    }
    end(in);
    addNode(all, node, services, List.of());
    return all;
  }

  /** The tags in use by service name, of {@code /v1/catalog/services}. */
  static Map<String, Set<String>> tags(Buffer body) throws IOException {
    Map<String, Set<String>> all = new HashMap<>();
    JsonParser in = open(NAMES, body);
    fields(
        in,
        name -> {
          Set<String> tags = new HashSet<>();
          elements(in, () -> tags.add(text(in)));
          all.put(name, tags);
        });
    end(in);
    return all;
  }

  /** Checks, of {@code /v1/health/state/<status>}. */
  static Set<Failing> failing(Buffer body) throws IOException {
    Set<Failing> all = new HashSet<>();
    JsonParser in = open(body);
    elements(
        in,
        () -> {
          Map<String, String> row = new HashMap<>();
          fields(
              in,
              name -> {
                switch (name) {
                  case "Node", "CheckID", "ServiceName", "ServiceID" -> row.put(name, text(in));
                  default -> in.skipChildren();
                }
              });
          all.add(
              new Failing(
                  row.getOrDefault("Node", ""),
                  row.getOrDefault("CheckID", ""),
                  row.getOrDefault("ServiceName", ""),
                  row.getOrDefault("ServiceID", "")));
        });
    end(in);
    return all;
  }

  private static final class NodeFields {
    private String name = "";
    private String address = "";
    private boolean imported;
  }

  private static final class ServiceFields {
    private String id = "";
    private String name = "";
    private String address = "";
    private int port;
    private final List<String> tags = new ArrayList<>();

    Listed listed(NodeFields node, List<Check> checks) {
      return new Listed(
          new Instance(name, id, node.name, address, node.address, port, tags), checks);
    }
  }

  private static void node(JsonParser in, NodeFields node) throws IOException {
    fields(
        in,
        name -> {
          switch (name) {
            case "Node" -> node.name = text(in);
            case "Address" -> node.address = text(in);
            default -> in.skipChildren();
          }
        });
  }

  private static ServiceFields service(JsonParser in) throws IOException {
    ServiceFields service = new ServiceFields();
    fields(
        in,
        name -> {
          switch (name) {
            case "ID" -> service.id = text(in);
            case "Service" -> service.name = text(in);
            case "Address" -> service.address = text(in);
            case "Port" -> service.port = in.getIntValue();
            case "Tags" -> elements(in, () -> service.tags.add(text(in)));
            default -> in.skipChildren();
          }
        });
    return service;
  }

  private static Check check(JsonParser in) throws IOException {
    Map<String, String> row = new HashMap<>(4);
    fields(
        in,
        name -> {
          switch (name) {
            case "CheckID", "Status", "ServiceID" -> row.put(name, text(in));
            default -> in.skipChildren();
          }
        });
    return new Check(
        row.getOrDefault("CheckID", ""),
        row.getOrDefault("Status", ""),
        row.getOrDefault("ServiceID", ""));
  }

  private interface FieldReader {
    /** Takes the value that the parser stands on, to its end. */
    void read(String name) throws IOException;
  }

  private interface ElementReader {
    void read() throws IOException;
  }

  private static JsonParser open(Buffer body) throws IOException {
    return open(JSON, body);
  }

  private static JsonParser open(JsonFactory json, Buffer body) throws IOException {
    JsonParser in = json.createParser(body.getBytes());
    in.nextToken();
    return in;
  }

  private static void end(JsonParser in) throws IOException {
    if (in.nextToken() != null) {
      throw new IOException("more after the end of the answer");
    }
    in.close();
  }

  private static void fields(JsonParser in, FieldReader reader) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("an object was expected, not " + in.currentToken());
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      reader.read(name);
    }
  }

  /** Go writes an empty list as null. */
  private static void elements(JsonParser in, ElementReader reader) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("an array was expected, not " + in.currentToken());
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == null) {
        throw new IOException("the answer ends too early");
      }
      reader.read();
    }
  }

  private static String text(JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL ? "" : in.getText();
  }
}
