package io.tagway.route;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tags to commands. Commands are compared by what they mean, not by the order of their options. */
class TagCasesTest {
  @TestFactory
  Stream<DynamicTest> readsAsTheCaseSays() {
    return new Cases("tags").all(TagCasesTest::actual, TagCasesTest::expected);
  }

  private static JsonObject actual(JsonObject c) {
    JsonObject service = c.getJsonObject("service");
    Instance instance =
        new Instance(
            service.getString("name"),
            "id",
            "node",
            service.getString("address"),
            service.getString("nodeAddress"),
            service.getInteger("port"),
            Cases.texts(service.getJsonArray("tags")));
    Parsed parsed = new RouteTags(c.getString("tagPrefix"), c.getString("dc")).commands(instance);
    List<String> commands =
        parsed.lines().stream().map(line -> meaning(line.command().print())).toList();
    List<String> problems = parsed.problems().stream().map(Problem::reason).toList();
    return new JsonObject()
        .put("commands", new JsonArray(commands))
        .put("problems", new JsonArray(problems));
  }

  private static JsonObject expected(JsonObject c) {
    JsonObject expect = c.getJsonObject("expect");
    JsonArray commands = new JsonArray();
    Cases.texts(expect.getJsonArray("commands")).forEach(line -> commands.add(meaning(line)));
    return new JsonObject()
        .put("commands", commands)
        .put("problems", expect.getJsonArray("problems", new JsonArray()));
  }

  /** The command read and printed again; the text itself if it cannot be read. */
  private static String meaning(String line) {
    Parsed parsed = CommandText.parse(line, Tables.ORIGIN);
    return parsed.lines().isEmpty() ? line : parsed.lines().get(0).command().toString();
  }
}
