package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.settings.SecretValue;
import dev.sluice.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  enum Colour {
    DARK_BLUE,
    RED
  }

  record Hook(
      @Setting(doc = "Target.") String url,
      @Setting(value = "3", doc = "Tries.") int attempts,
      @Setting(doc = "Key.") SecretValue secret) {
    Hook {
      if (attempts > 9) {
        throw new IllegalArgumentException("attempts may be 9 at most");
      }
    }
  }

  record Port(@Setting(value = "8080", doc = "Port.") int port) {}

  record Everything(
      @Setting(value = "5s", doc = "How long.") Duration patience,
      @Setting(value = "red", doc = "Which.") Colour colour,
      @Setting(value = "a,b", doc = "Names.") List<String> names,
      @Setting(doc = "On.") boolean enabled,
      @Setting(doc = "Properties.") Map<String, String> properties,
      @Setting(doc = "Hooks.") Map<String, Hook> hooks,
      @Setting(doc = "Gateway.") Port gateway) {}

  @TempDir Path directory;

  @Test
  void takesTheDefaultWhereNobodySaysAnything() throws Exception {
    assertThat(load(Map.of()))
        .isEqualTo(
            new Everything(
                Duration.ofSeconds(5),
                Colour.RED,
                List.of("a", "b"),
                false,
                Map.of(),
                Map.of(),
                new Port(8080)));
  }

  @Test
  void readsEveryTypeFromTheFile() throws Exception {
    yaml(
        """
        patience: 7d
        colour: dark-blue
        names: [x, "y,z"]
        enabled: true
        properties:
          security.protocol: SSL
          sasl:
            mechanism: PLAIN
        hooks:
          main: {url: "http://h", attempts: 2, secret: s3}
        """);

    Everything settings = load(Map.of());

    assertThat(settings.patience()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.colour()).isEqualTo(Colour.DARK_BLUE);
    assertThat(settings.names()).containsExactly("x", "y,z");
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.properties())
        .isEqualTo(Map.of("security.protocol", "SSL", "sasl.mechanism", "PLAIN"));
    assertThat(settings.hooks())
        .isEqualTo(Map.of("main", new Hook("http://h", 2, SecretValue.of("s3"))));
  }

  @Test
  void environmentBeatsFileAndFlagsBeatEnvironment() throws Exception {
    yaml("patience: 1s\ncolour: dark-blue\ngateway: {port: 1}\n");

    Everything settings =
        loader(Map.of("SLUICE_PATIENCE", "2s", "SLUICE_GATEWAY_PORT", "2"))
            .flag("gateway.port", "3", "--port")
            .load(Everything.class);

    assertThat(settings.colour()).isEqualTo(Colour.DARK_BLUE);
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.gateway().port()).isEqualTo(3);
  }

  @Test
  void variablesReachMapsAndNamedRecords() throws Exception {
    yaml("hooks: {My-Hook: {url: u}}\n");

    Everything settings =
        load(
            Map.of(
                "SLUICE_PROPERTIES_SECURITY_PROTOCOL", "SSL",
                "SLUICE_HOOKS_MY_HOOK_SECRET", "s",
                "SLUICE_HOOKS_OTHER_URL", "v"));

    assertThat(settings.properties()).containsEntry("security.protocol", "SSL");
    assertThat(settings.hooks().get("My-Hook")).isEqualTo(new Hook("u", 3, SecretValue.of("s")));
    assertThat(settings.hooks().get("other").url()).isEqualTo("v");
  }

  @Test
  void namesTheNearestKeyForAnUnknownOneInTheFile() throws Exception {
    yaml("patience: 1s\ngateway:\n  prot: 1\n");

    assertThat(problems(Map.of()))
        .singleElement()
        .asString()
        .endsWith("sluice.yaml, line 3: unknown key gateway.prot; did you mean gateway.port?");
  }

  @Test
  void namesTheNearestVariableForAnUnknownOne() {
    assertThat(problems(Map.of("SLUICE_GATEWAY_PROT", "1")))
        .containsExactly(
            "environment variable SLUICE_GATEWAY_PROT: unknown setting;"
                + " did you mean SLUICE_GATEWAY_PORT?");
  }

  @Test
  void namesTheNearestKeyForAnUnknownFlag() {
    var e =
        catchThrowableOfType(
            SettingsException.class,
            () -> loader(Map.of()).flag("patienze", "1s", "--set").load(Everything.class));

    assertThat(e.problems())
        .containsExactly("--set: unknown setting patienze; did you mean patience?");
  }

  @Test
  void saysPlaceValueAndExpectedTypeOfAWrongValue() throws Exception {
    yaml("\ngateway:\n  port: many\ncolour: green\n");

    assertThat(problems(Map.of("SLUICE_PATIENCE", "soon")))
        .hasSize(3)
        .anySatisfy(
            p ->
                assertThat(p).endsWith("line 3: gateway.port is \"many\", expected a whole number"))
        .anySatisfy(
            p -> assertThat(p).endsWith("colour is \"green\", expected one of dark-blue, red"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "environment variable SLUICE_PATIENCE: patience is \"soon\","
                            + " expected a duration such as 500ms, 30s, 5m, 12h or 7d"));
  }

  @Test
  void neverPrintsASecret() throws Exception {
    yaml("hooks: {main: {secret: [hunter2, hunter3], attempts: 10}}\n");

    assertThat(problems(Map.of("SLUICE_HOOKS_MAIN_SECRET", "hunter4")).toString())
        .contains("hooks.main")
        .doesNotContain("hunter");
  }

  @Test
  void passesOnWhyARecordRefusedItsValues() throws Exception {
    yaml("hooks:\n  main: {attempts: 10}\n");

    assertThat(problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("hooks.main: attempts may be 9 at most")
        .contains("sluice.yaml, line 2");
  }

  @Test
  void takesTextWithDollarSignsLiterally() throws Exception {
    yaml("properties: {password: 'a${b}c\\,d'}\n");

    assertThat(load(Map.of()).properties()).containsEntry("password", "a${b}c\\,d");
  }

  @Test
  void ignoresVariablesThatKubernetesMakesForAServiceNamedSluice() throws Exception {
    Everything settings =
        load(
            Map.of(
                "SLUICE_SERVICE_HOST", "10.0.0.1",
                "SLUICE_SERVICE_PORT_HTTP", "80",
                "SLUICE_PORT", "tcp://10.0.0.1:80",
                "SLUICE_GATEWAY_PORT", "tcp://10.0.0.1:80",
                "SLUICE_GATEWAY_PORT_80_TCP_ADDR", "10.0.0.1"));

    assertThat(settings.gateway().port()).isEqualTo(8080);
  }

  @Test
  void saysWhichLineIsNoYaml() throws Exception {
    yaml("patience: 1s\ncolour: [\n");

    assertThat(problems(Map.of())).singleElement().asString().contains("is not YAML", "line ");
  }

  @Test
  void refusesAKeyThatIsThereTwice() throws Exception {
    yaml("patience: 1s\npatience: 2s\n");

    assertThat(problems(Map.of())).singleElement().asString().contains("patience", "line 1");
  }

  @Test
  void refusesASettingsFileThatIsNotThere() {
    var e =
        catchThrowableOfType(
            SettingsException.class,
            () -> loader(Map.of()).file(directory.resolve("none.yaml")).load(Everything.class));

    assertThat(e.problems()).singleElement().asString().contains("none.yaml", "no such file");
  }

  @Test
  void refusesAFileThatIsNotText() throws Exception {
    Files.write(
        directory.resolve("sluice.yaml"), "gr\u00fcn: 1".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems(Map.of())).singleElement().asString().contains("not UTF-8");
  }

  @Test
  void findsTheFileThatTheEnvironmentNames() throws Exception {
    Files.writeString(directory.resolve("other.yaml"), "patience: 9s\n");

    assertThat(load(Map.of("SLUICE_CONFIG", "other.yaml")).patience()).hasSeconds(9);
  }

  @Test
  void anEmptyFileLeavesTheDefaults() throws Exception {
    yaml("# nothing here\ngateway:\n");

    assertThat(load(Map.of()).gateway().port()).isEqualTo(8080);
  }

  private void yaml(String text) throws IOException {
    Files.writeString(directory.resolve("sluice.yaml"), text);
  }

  private SettingsLoader loader(Map<String, String> environment) {
    return new SettingsLoader(environment, directory);
  }

  private Everything load(Map<String, String> environment) throws SettingsException {
    return loader(environment).load(Everything.class);
  }

  private List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> load(environment)).problems();
  }
}
