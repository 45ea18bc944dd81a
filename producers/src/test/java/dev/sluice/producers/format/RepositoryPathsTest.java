package dev.sluice.producers.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RepositoryPathsTest {
  private final RepositoryPaths paths = new RepositoryPaths(List.of("/srv/checkout", "D:\\agent"));

  @ParameterizedTest
  @CsvSource({
    "src/main.go, src/main.go",
    "./src//main.go, src/main.go",
    "src/../lib/a.c, lib/a.c",
    "src\\win\\a.cs, src/win/a.cs",
    "/srv/checkout/a/b.py, a/b.py",
    "D:\\agent\\a\\b.cs, a/b.cs",
    "/home/runner/work/shop/shop/a.go, a.go",
    "/github/workspace/a.go, a.go",
    "D:\\a\\shop\\shop\\a.cs, a.cs",
    "/builds/group/shop/a.go, a.go",
    "/builds/a1b2c3/0/group/shop/a.go, a.go",
    "/var/jenkins_home/workspace/job-1/a.go, a.go",
    "/home/vsts/work/1/s/a.go, a.go",
    "/go/src/github.com/acme/shop/cmd/a.go, cmd/a.go",
    "/usr/local/lib/a.py, usr/local/lib/a.py",
    "home/runner/work/shop/shop/a.go, home/runner/work/shop/shop/a.go"
  })
  void bringsEverySpellingToOnePath(String name, String path) {
    assertEquals(path, paths.of(name));
  }

  @ParameterizedTest
  @CsvSource({
    "file:///home/runner/work/shop/shop/a%20b.go, a b.go",
    "file:///C:/code/a.c, code/a.c",
    "file:////src/a.js, src/a.js",
    "file:/srv/checkout/a.c, a.c",
    "a+b/100%.txt, a+b/100%.txt",
    "not a valid URI, not a valid URI"
  })
  void resolvesUris(String uri, String path) {
    assertEquals(path, paths.ofUri(uri));
  }

  @Test
  void hasNoPathForNoName() {
    assertEquals("", paths.of(null));
    assertEquals("", paths.ofUri(" "));
  }
}
