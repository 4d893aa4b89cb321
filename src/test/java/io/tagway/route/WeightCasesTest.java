package io.tagway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Weights to shares and the order of turns. */
class WeightCasesTest {
  @TestFactory
  Stream<DynamicTest> sharesAsTheCaseSays() {
    return new Cases("weights").all(WeightCasesTest::actual, WeightCasesTest::expected);
  }

  private static JsonObject actual(JsonObject c) {
    String text = String.join("\n", Cases.texts(c.getJsonArray("table")));
    List<Line> lines = CommandText.parse(text, Tables.ORIGIN).lines();
    Table table = Table.of(Tables.options(), Map.of(), lines);
    Source source = Source.of(c.getString("src"));
    Optional<Route> found =
        table.routes().stream().filter(route -> route.source().equals(source)).findFirst();
    JsonArray targets = new JsonArray();
    JsonArray ring = new JsonArray();
    if (found.isPresent()) {
      Route route = found.get();
      route.targets().forEach(target -> targets.add(shape(target)));
      for (int i = 0; i < Math.min(20, route.ringSize()); i++) {
        ring.add(route.targets().indexOf(route.pick()));
      }
    }
    return new JsonObject()
        .put("targets", targets)
        .put("ringSize", found.map(Route::ringSize).orElse(0))
        .put("ringStart", ring);
  }

  private static JsonObject shape(Target target) {
    return new JsonObject()
        .put("service", target.service())
        .put("dst", target.destination())
        .put("fixed", String.valueOf(target.fixedWeight()))
        .put("weight", rounded(target.weight()))
        .put("slots", target.slots());
  }

  private static JsonObject expected(JsonObject c) {
    JsonObject expect = c.getJsonObject("expect").copy();
    Cases.objects(expect.getJsonArray("targets", new JsonArray()))
        .forEach(
            target -> {
              target.put("fixed", String.valueOf(target.getValue("fixed")));
              target.put("weight", rounded(target.getDouble("weight")));
            });
    return expect;
  }

  private static String rounded(double weight) {
    return String.format("%.9f", weight);
  }
}
