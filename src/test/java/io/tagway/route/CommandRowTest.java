package io.tagway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRowTest {
  private static final Origin ORIGIN = new Origin(Origin.Kind.CUSTOM, "http://h/", "", 0);

  private static CommandRow add(List<String> tags, Map<String, String> options) {
    return new CommandRow("route add", "s", "h/p", "http://d:1/", "0.5", tags, options);
  }

  private static String text(CommandRow row) {
    Parsed parsed = CommandRow.parse(List.of(row), ORIGIN);
    return parsed.lines().isEmpty()
        ? parsed.problems().get(0).reason()
        : parsed.lines().get(0).command().print();
  }

  @Test
  void aRowIsTheCommandThatItsTextWouldBe() {
    CommandRow row = add(List.of(" a ", "b\"c"), Map.of("strip", "/p", "flag", ""));
    String line = text(row);
    assertEquals(
        "route add s h/p http://d:1/ weight 0.5 tags \"a,b\"\"c\" opts \"flag= strip=/p\"", line);
    assertEquals(
        CommandText.parse(line, ORIGIN).lines().get(0).command(),
        CommandRow.parse(List.of(row), ORIGIN).lines().get(0).command());
  }

  @ParameterizedTest
  @CsvSource({
    "'',s,/,http://d/,0,'route: invalid command: '",
    "route  add,s,/,http://d/,0,route: invalid command: route  add",
    "route add,s,'',http://d/,0,route: prefix must not be empty",
    "route add,s,/,'',0,route: target must not be empty",
    "route add,'',/,http://d/,0,route: service must not be empty",
    "route add,s t,/,http://d/,0,route: service with a blank or a control character",
    "route add,s,/,http://d/,1e400,syntax error: weight value invalid",
    "route weight,'',/,'',1,route: service must not be empty",
    "route weight,s,'','',1,route: prefix must not be empty",
    "route del,'',/,'',0,route: service must not be empty",
    "route del,s,/,'',0,route del s /",
    "route weight,s,/,'','',route weight s / weight 0",
  })
  void followsTheRulesOfTheText(
      String verb, String service, String source, String destination, String weight, String says) {
    assertEquals(
        says,
        text(new CommandRow(verb, service, source, destination, weight, List.of(), Map.of())));
  }

  @Test
  void nothingCanStandInARowThatWouldMakeOtherLinesOfTheText() {
    assertEquals("route: tag with a control character", text(add(List.of("a\nb"), Map.of())));
    assertEquals(
        "route: option \"host\" with a blank or a control character",
        text(add(List.of(), Map.of("host", "a b"))));
    assertEquals(
        "route: option \"a b\" with a blank or a control character",
        text(add(List.of(), Map.of("a b", ""))));
  }

  @Test
  void aListOfAddressesMayHaveBlanksBehindItsCommas() {
    assertEquals(
        "route add s h/p http://d:1/ weight 0.5 opts \"allow=ip:10.0.0.1,ip:10.0.0.2\"",
        text(add(List.of(), Map.of("allow", "ip:10.0.0.1, ip:10.0.0.2"))));
  }

  @Test
  void rowsAreCountedFromOne() {
    Parsed parsed =
        CommandRow.parse(
            List.of(
                add(List.of(), Map.of()),
                new CommandRow("x", "", "", "", "", List.of(), Map.of()),
                add(List.of(), Map.of())),
            ORIGIN);
    assertEquals(List.of(1, 3), parsed.lines().stream().map(line -> line.origin().line()).toList());
    assertEquals(2, parsed.problems().get(0).origin().line());
  }
}
