package io.tagway.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFilesTest {
  @ParameterizedTest
  @CsvSource({
    "http://h/list, x.pem, http://h/x.pem",
    "http://h/certs/list.txt, x.pem, http://h/certs/x.pem",
    "http://h/certs/, x.pem, http://h/certs/x.pem",
    "http://h/certs/list, /y/x.pem, http://h/y/x.pem",
    "http://h/certs/list, ../x.pem, http://h/x.pem",
    "http://h/certs/list, sub/x.pem, http://h/certs/sub/x.pem",
    "http://h/list?token=t, x.pem, http://h/x.pem?token=t",
    "http://h/list?token=t, x.pem?v=2, http://h/x.pem?v=2",
    "http://h/list?token=t, http://other/x.pem, http://other/x.pem",
    "http://u:p@h:81/list, x.pem, http://u:p@h:81/x.pem",
    "http://h/list, my name.pem, http://h/my%20name.pem"
  })
  void resolvesNamesAgainstTheList(String list, String name, String expected) {
    assertEquals(expected, HttpFiles.resolve(URI.create(list), name).toString());
  }

  @Test
  void refusesWhatIsNoName() {
    assertThrows(
        BadCertificate.class, () -> HttpFiles.resolve(URI.create("http://h/list"), "<html>"));
  }
}
