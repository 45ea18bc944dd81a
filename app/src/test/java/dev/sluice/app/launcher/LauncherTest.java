package dev.sluice.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in a source tree of its own, with a Java and a Maven that only say how they
 * were called.
 */
class LauncherTest {
  @TempDir Path temporary;
  private Path tree;
  private Path jdk;
  private Path tools;
  private Path mavenCalls;

  @BeforeEach
  void plantATree() throws IOException {
    tree = temporary.resolve("a tree with spaces");
    jdk = temporary.resolve("the jdk");
    tools = temporary.resolve("tools");
    mavenCalls = temporary.resolve("maven.log");
    Files.createDirectories(tree.resolve("app/src/main"));
    Files.writeString(tree.resolve("pom.xml"), "<project/>");
    Files.writeString(tree.resolve("app/pom.xml"), "<project/>");
    Files.copy(Path.of(System.getProperty("sluice.root"), "sluice"), tree.resolve("sluice"));
    script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"; exit ${FAKE_EXIT:-0}");
    script(jdk.resolve("bin/javac"), "exit 0");
    release("17.0.15");
    script(
        tools.resolve("mvn"),
        "echo \"$@\" >>'" + mavenCalls + "'",
        "echo '[INFO] Building Sluice :: app 0.1.0 [1/1]'",
        "[ -z \"${FAKE_BROKEN:-}\" ] || { echo '[ERROR] no such symbol'; exit 1; }",
        "mkdir -p app/target/lib",
        "touch app/target/sluice-app-0.1.0.jar app/target/lib/one.jar");
  }

  @Test
  void buildsWhatIsNotBuiltAndThenStartsJava() throws Exception {
    Ended ended = launch("version");

    assertThat(ended.exit()).isZero();
    assertThat(ended.err()).contains("building", "app [1/1]");
    assertThat(Files.readString(mavenCalls)).contains("-DskipTests package");
    assertThat(ended.out())
        .contains(
            tree.toRealPath() + "/app/target/sluice-app-0.1.0.jar:",
            tree.toRealPath() + "/app/target/lib/one.jar",
            "dev.sluice.app.Main")
        .endsWith("version");
  }

  @Test
  void buildsNothingWhenNothingChanged() throws Exception {
    launch("version");

    Ended second = launch("version");

    assertThat(second.err()).isEmpty();
    assertThat(Files.readAllLines(mavenCalls)).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch("version");
    Path source = Files.writeString(tree.resolve("app/src/main/A.java"), "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    launch("version");

    assertThat(Files.readAllLines(mavenCalls)).hasSize(2);
  }

  @Test
  void handsMavenItsArgumentsOnce() throws Exception {
    launch(List.of("MAVEN_ARGS=--offline -T2"), "version");

    assertThat(Files.readString(mavenCalls)).containsOnlyOnce("--offline -T2");
  }

  @Test
  void showsWhyTheBuildFailed() throws Exception {
    Ended ended = launch(List.of("FAKE_BROKEN=1"), "version");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("[ERROR] no such symbol", "build.log");
  }

  @Test
  void passesExitCodeAndArgumentsOn() throws Exception {
    Ended ended = launch(List.of("FAKE_EXIT=3"), "inspect", "a file.json", "*", "");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).endsWith("inspect\na file.json\n*\n");
  }

  @Test
  void worksThroughASymbolicLinkFromAnotherDirectory() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("a link"), tree.resolve("sluice"));
    Path second = Files.createSymbolicLink(tools.resolve("sluice"), link);

    Ended ended = launch(second, List.of(), "version");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains(tree.toRealPath() + "/app/target/lib/one.jar");
  }

  @Test
  void usersOptionsForJavaComeLast() throws Exception {
    Ended ended = launch(List.of("SLUICE_JAVA_OPTS=-Xmx99m -Dx=y"), "version");

    List<String> lines = ended.out().lines().toList();
    assertThat(lines).contains("-Xmx128m", "-Xmx99m", "-Dx=y");
    assertThat(lines.indexOf("-Xmx99m")).isGreaterThan(lines.indexOf("-Xmx128m"));
  }

  @Test
  void refusesAnOldJavaAndNamesIt() throws Exception {
    release("11.0.2");

    Ended ended = launch("version");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("Java 11", "too old", "17");
    assertThat(mavenCalls).doesNotExist();
  }

  @Test
  void takesANewerJavaWithAnEarlyAccessVersion() throws Exception {
    release("25-ea");

    assertThat(launch("version").exit()).isZero();
  }

  @Test
  void anInstalledOneBuildsNothing() throws Exception {
    Path installed = temporary.resolve("installed");
    Files.createDirectories(installed.resolve("lib"));
    Files.createFile(installed.resolve("lib/sluice-app-0.1.0.jar"));
    Path launcher = Files.copy(tree.resolve("sluice"), installed.resolve("sluice"));

    Ended ended = launch(launcher, List.of(), "version");

    assertThat(ended.out()).contains(installed.toRealPath() + "/lib/sluice-app-0.1.0.jar");
    assertThat(mavenCalls).doesNotExist();
  }

  private record Ended(int exit, String out, String err) {}

  private Ended launch(String... arguments) throws Exception {
    return launch(List.of(), arguments);
  }

  private Ended launch(List<String> environment, String... arguments) throws Exception {
    return launch(tree.resolve("sluice"), environment, arguments);
  }

  private Ended launch(Path launcher, List<String> environment, String... arguments)
      throws Exception {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("bash");
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(temporary.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("SLUICE_.*|MAVEN_.*|JAVA_HOME"));
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    for (String variable : environment) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("launcher ended").isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8).stripTrailing()
            + (arguments.length > 0 && arguments[arguments.length - 1].isEmpty() ? "\n" : ""),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private void release(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
