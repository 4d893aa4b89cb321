package io.tagway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rooms and what each may know: imports point down, never sideways. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tagway");

  /** Lowest first; rooms on one line must not know each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("route"),
          List.of("config"),
          List.of("outbound"),
          List.of("consul", "metrics"),
          List.of("registry", "tls", "auth", "bgp"),
          List.of("proxy"),
          List.of("proxy.http", "proxy.tcp", "admin", "accesslog"));

  @Test
  void importsPointDownOnly() {
    var rule = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("io.tagway..");
    for (List<String> floor : FLOORS) {
      for (String room : floor) {
        rule = rule.optionalLayer(room).definedBy("io.tagway." + room);
      }
    }
    rule = rule.layer("top").definedBy("io.tagway").whereLayer("top").mayNotBeAccessedByAnyLayer();
    for (int i = 0; i < FLOORS.size(); i++) {
      String[] above =
          java.util.stream.Stream.concat(
                  FLOORS.subList(i + 1, FLOORS.size()).stream().flatMap(List::stream),
                  java.util.stream.Stream.of("top"))
              .toArray(String[]::new);
      for (String room : FLOORS.get(i)) {
        rule = rule.whereLayer(room).mayOnlyBeAccessedByLayers(above);
      }
    }
    rule.check(CLASSES);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("io.tagway.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void routeIsPure() {
    noClasses()
        .that()
        .resideInAPackage("io.tagway.route")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "java.io..",
                    "java.nio.file..",
                    "java.time..",
                    "java.util.logging..",
                    "java.util.concurrent.locks..")
                .or(assignableTo(System.Logger.class))
                // Bytes in memory, whatever its package is called.
                .and(not(type(ByteArrayOutputStream.class))))
        .check(CLASSES);
  }

  @Test
  void configKnowsNoVertx() {
    noClasses()
        .that()
        .resideInAPackage("io.tagway.config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void adminAndTheProxiesKnowNoRegistryOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.tagway.proxy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.tagway.registry..", "io.tagway.consul..")
        .check(CLASSES);
  }

  @Test
  void nothingWritesToTheConsoleButTheTop() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tagway")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
