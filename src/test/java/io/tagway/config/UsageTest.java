package io.tagway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private static final String TEXT = Usage.text("bin/tagway");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Usage of bin/tagway:\n  -aws.apigw.cert.cn string\n    \tName of",
        "  -insecure\n    \tSay",
        "  -v\tPrint the version and stop.\n",
        "  -proxy.addr string\n    \tWhere the proxy listens: any number of listeners; empty ="
            + " nowhere. Keys of an entry: addr proto cs rt ",
        " pxyfrom refresh h2c. (default \":9999\")\n",
        "iprefix ignores case. Fits: prefix, iprefix or glob. (default \"prefix\")\n",
        "How eagerly Go collected garbage. No effect: ",
        "no limit, negative = fail at once. (default 30s)\n",
        "  -registry.consul.service.status value\n    \tStates of checks that count as healthy."
            + " Fits: ",
        "  -proxy.header.sts.maxage int\n"
            + "    \tmax-age of Strict-Transport-Security on TLS requests; 0 or less = no"
            + " header.\n",
        "  -bgp.asn uint\n",
        "  -ui.routingtable.source.newtab\n    \tOpen it in a new tab. (default true)\n",
        "(default: the number of processors)\n"
      })
  void hasFabiosForm(String part) {
    assertTrue(TEXT.contains(part), TEXT);
  }

  @Test
  void isSortedByName() {
    List<String> names = TEXT.lines().filter(line -> line.startsWith("  -")).toList();
    assertEquals(OptionTable.options().size(), names.size());
    assertEquals(
        names.stream().map(UsageTest::name).sorted().toList(),
        names.stream().map(UsageTest::name).toList());
  }

  private static String name(String line) {
    return line.strip().split("[ \t]")[0];
  }

  @Test
  void picocliKnowsEveryOption() {
    assertEquals(
        OptionTable.options().stream().map(o -> "-" + o.name()).sorted().toList(),
        Usage.model("tagway").options().stream().map(o -> o.names()[0]).sorted().toList());
  }
}
