package io.tagway.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tagway.registry.CatalogJson.Failing;
import io.tagway.route.Instance;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogJsonTest {
  private static final String NODES =
      """
      [{"ID":"x","Node":"n1","Address":"10.0.0.1","TaggedAddresses":{"lan":"10.0.0.1"},"Meta":null,
        "Services":[
         {"ID":"a-1","Service":"a","Tags":["t1","t2"],"Port":80,"Address":"","Weights":{"Passing":1},
          "Proxy":{"Expose":{}},"Connect":{}},
         {"ID":"b-1","Service":"b","Tags":null,"Port":81,"Address":"10.9.9.9"}],
        "Checks":[
         {"Node":"n1","CheckID":"serfHealth","Status":"passing","ServiceID":"","ServiceName":""},
         {"Node":"n1","CheckID":"service:a-1","Status":"critical","ServiceID":"a-1",
          "ServiceTags":["t1"],"Definition":{"Header":{"x":["y"]}}}]},
       {"Node":"n2","Address":"10.0.0.2","Services":null,"Checks":null},
       {"Node":"far","Address":"10.0.0.3","PeerName":"elsewhere",
        "Services":[{"ID":"a-9","Service":"a","Port":1}],"Checks":[]}]
      """;

  private static Buffer body(String text) {
    return Buffer.buffer(text);
  }

  @Test
  void reads_all_nodes_and_leaves_out_those_of_other_clusters() throws IOException {
    Check serf = new Check("serfHealth", "passing", "");
    Check own = new Check("service:a-1", "critical", "a-1");
    assertEquals(
        Map.of(
            "a",
            List.of(
                new Listed(
                    new Instance("a", "a-1", "n1", "", "10.0.0.1", 80, List.of("t1", "t2")),
                    List.of(serf, own))),
            "b",
            List.of(
                new Listed(
                    new Instance("b", "b-1", "n1", "10.9.9.9", "10.0.0.1", 81, List.of()),
                    List.of(serf)))),
        CatalogJson.nodes(body(NODES)));
  }

  @Test
  void reads_one_service() throws IOException {
    assertEquals(
        List.of(
            new Listed(
                new Instance("a", "a-1", "n1", "", "10.0.0.1", 80, List.of("t")),
                List.of(new Check("c", "passing", "a-1")))),
        CatalogJson.service(
            body(
                """
                [{"Node":{"Node":"n1","Address":"10.0.0.1","Meta":{"a":"b"}},
                  "Service":{"ID":"a-1","Service":"a","Tags":["t"],"Port":80,"Address":""},
                  "Checks":[{"CheckID":"c","Status":"passing","ServiceID":"a-1"}]}]
                """)));
    assertEquals(List.of(), CatalogJson.service(body("[]")));
  }

  @Test
  void reads_the_services_of_a_node() throws IOException {
    assertEquals(
        Map.of(
            "a",
            List.of(
                new Listed(
                    new Instance("a", "a-1", "n1", "", "10.0.0.1", 80, List.of()), List.of()),
                new Listed(
                    new Instance("a", "a-2", "n1", "10.0.0.2", "10.0.0.1", 81, List.of("t")),
                    List.of()))),
        CatalogJson.services(
            body(
                """
                {"Services":{
                   "a-1":{"ID":"a-1","Service":"a","Tags":null,"Port":80,"Address":""},
                   "a-2":{"ID":"a-2","Service":"a","Tags":["t"],"Port":81,"Address":"10.0.0.2"}},
                 "Node":{"Node":"n1","Address":"10.0.0.1","Meta":null}}
                """)));
    assertEquals(Map.of(), CatalogJson.services(body("null\n")));
  }

  @Test
  void reads_names_with_tags_and_checks() throws IOException {
    assertEquals(
        Map.of("consul", Set.of(), "a", Set.of("x", "y")),
        CatalogJson.tags(body("{\"consul\":[],\"a\":[\"y\",\"x\"]}")));
    assertEquals(
        Set.of(new Failing("n1", "c", "a", "a-1"), new Failing("n1", "serfHealth", "", "")),
        CatalogJson.failing(
            body(
                """
                [{"Node":"n1","CheckID":"c","Name":"n","Status":"critical","Output":"x",
                  "ServiceID":"a-1","ServiceName":"a","ServiceTags":[],"ModifyIndex":4},
                 {"Node":"n1","CheckID":"serfHealth","Status":"warning","ServiceID":"",
                  "ServiceName":""}]
                """)));
  }

  @Test
  void whatever_is_cut_off_or_of_another_shape_is_an_error() {
    for (int end = 0; end < NODES.length() - 3; end += 7) {
      Buffer part = body(NODES.substring(0, end));
      assertThrows(IOException.class, () -> CatalogJson.nodes(part));
    }
    for (String text : List.of("", "{}", "\"x\"", "[1]", "[{}]", "[[]]", "[{\"Service\":1}]")) {
      assertThrows(IOException.class, () -> CatalogJson.service(body(text)), text);
    }
    for (String text : List.of("", "[]", "{\"a\":1}", "{\"a\":[1", "{} {}", "No leader")) {
      assertThrows(IOException.class, () -> CatalogJson.tags(body(text)), text);
    }
    for (String text :
        List.of("", "[]", "{\"Services\":[]}", "{\"Services\":{\"a\":1}}", "null 1")) {
      assertThrows(IOException.class, () -> CatalogJson.services(body(text)), text);
    }
    for (String text : List.of("", "{}", "[1]", "[{]", "null x")) {
      assertThrows(IOException.class, () -> CatalogJson.failing(body(text)), text);
    }
  }
}
