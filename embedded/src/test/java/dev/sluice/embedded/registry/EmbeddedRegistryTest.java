package dev.sluice.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.embedded.registry.Rest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddedRegistryTest {
  private static final String ONE = record("{'name':'a','type':'string'}");
  private static final String OPTIONAL =
      record("{'name':'a','type':'string'},{'name':'b','type':'int','default':0}");
  private static final String REQUIRED =
      record("{'name':'a','type':'string'},{'name':'b','type':'int'}");
  private static final String OTHER = record("{'name':'z','type':'long'}");

  private final MemoryLog log = new MemoryLog();
  private EmbeddedRegistry registry;
  private Rest rest;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.serve(log, "cluster-1", RegistryOptions.on("nowhere:1"));
    rest = new Rest(registry.url());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void restart() {
    stop();
    start();
  }

  private static String record(String fields) {
    return ("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"');
  }

  @Test
  void givesIdsInOrder() {
    assertThat(rest.register("s", ONE).body().path("id").asInt()).isEqualTo(1);
    assertThat(rest.register("t", OTHER).body().path("id").asInt()).isEqualTo(2);
    assertThat(rest.get("/subjects").body().toString()).isEqualTo("[\"s\",\"t\"]");
  }

  @Test
  void givesOneSchemaOneIdInAllSubjects() {
    rest.register("s", ONE);
    Answer again = rest.register("t", ONE.replace(",", " ,\n "));
    assertThat(again.body().path("id").asInt()).isEqualTo(1);
    assertThat(rest.get("/schemas/ids/1/subjects").body().toString()).isEqualTo("[\"s\",\"t\"]");
    assertThat(rest.get("/schemas/ids/1/versions").body().toString())
        .isEqualTo("[{\"subject\":\"s\",\"version\":1},{\"subject\":\"t\",\"version\":1}]");
  }

  @Test
  void tellsSchemasApartByTheirDocs() {
    rest.register("s", ONE);
    Answer documented =
        rest.register("s", ONE.replace("\"name\":\"R\"", "\"name\":\"R\",\"doc\":\"d\""));
    assertThat(documented.body().path("id").asInt()).isEqualTo(2);
    assertThat(rest.get("/subjects/s/versions").body().toString()).isEqualTo("[1,2]");
  }

  @Test
  void registersTheSameSchemaOnce() {
    rest.register("s", ONE);
    assertThat(rest.register("s", ONE).body().path("version").asInt()).isEqualTo(1);
    assertThat(log.written()).hasSize(1);
  }

  @Test
  void servesASchemaByIdAndByVersion() {
    rest.register("s", ONE);
    assertThat(rest.get("/schemas/ids/1").body().path("schema").asText()).isEqualTo(ONE);
    assertThat(rest.get("/schemas/ids/1/schema").body().toString()).isEqualTo(ONE);
    assertThat(rest.get("/subjects/s/versions/1/schema").body().toString()).isEqualTo(ONE);
    Answer latest = rest.get("/subjects/s/versions/latest");
    assertThat(latest.body().path("subject").asText()).isEqualTo("s");
    assertThat(latest.body().path("version").asInt()).isEqualTo(1);
    assertThat(latest.body().path("id").asInt()).isEqualTo(1);
    assertThat(latest.body().path("schema").asText()).isEqualTo(ONE);
    assertThat(latest.body().has("schemaType")).isFalse();
  }

  @Test
  void findsASchemaUnderItsSubject() {
    rest.register("s", ONE);
    assertThat(rest.post("/subjects/s", Rest.schemaBody(ONE)).body().path("version").asInt())
        .isEqualTo(1);
    assertThat(rest.post("/subjects/s", Rest.schemaBody(OTHER)).code()).isEqualTo(40403);
    assertThat(rest.post("/subjects/t", Rest.schemaBody(ONE)).code()).isEqualTo(40401);
  }

  @Test
  void answersWithConfluentsErrorCodes() {
    rest.register("s", ONE);
    assertThat(rest.get("/subjects/t/versions").code()).isEqualTo(40401);
    assertThat(rest.get("/subjects/t/versions/1").code()).isEqualTo(40401);
    assertThat(rest.get("/subjects/s/versions/2").code()).isEqualTo(40402);
    assertThat(rest.get("/subjects/s/versions/first").code()).isEqualTo(42202);
    assertThat(rest.get("/schemas/ids/7").code()).isEqualTo(40403);
    assertThat(rest.get("/config/s").code()).isEqualTo(40408);
    assertThat(rest.get("/mode/s").code()).isEqualTo(40409);
    assertThat(rest.put("/config", "{\"compatibility\":\"MOSTLY\"}").code()).isEqualTo(42203);
    assertThat(rest.put("/mode", "{\"mode\":\"MAYBE\"}").code()).isEqualTo(42204);
    assertThat(rest.get("/nothing").status()).isEqualTo(404);
    assertThat(rest.put("/subjects", "{}").status()).isEqualTo(405);
  }

  @Test
  void refusesWhatIsNoSchema() {
    Answer answer = rest.register("s", "{\"type\":\"recrod\"}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo(42201);
    assertThat(rest.register("s", "").code()).isEqualTo(42201);
    assertThat(rest.register("s", ONE + "x").code()).isEqualTo(42201);
    assertThat(rest.get("/subjects").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"schema\":\"\\\"int\\\"\",\"schemaType\":\"PROTOBUF\"}', 42201, PROTOBUF",
    "'{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]}', 42201, references",
    "'{\"schema\":\"\\\"int\\\"\",\"id\":5}', 42205, import mode",
    "'{\"schema\":\"\\\"int\\\"\",\"version\":3}', 42201, next is 1"
  })
  void refusesClearlyWhatItDoesNotHave(String body, int code, String reason) {
    Answer answer = rest.post("/subjects/s/versions", body);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.message()).contains(reason);
  }

  @Test
  void refusesToNormalizeAndAcceptsNotTo() {
    String body = Rest.schemaBody(ONE);
    assertThat(rest.post("/subjects/s/versions?normalize=true", body).code()).isEqualTo(42205);
    assertThat(rest.post("/subjects/s/versions?normalize=false", body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, true, true",
    "BACKWARD, true, false",
    "FORWARD, true, true",
    "FULL, true, false",
    "BACKWARD_TRANSITIVE, true, false",
    "FORWARD_TRANSITIVE, true, true",
    "FULL_TRANSITIVE, true, false"
  })
  void holdsASubjectToItsLevel(String level, boolean optional, boolean required) {
    rest.register("s", ONE);
    rest.put("/config/s", "{\"compatibility\":\"" + level + "\"}");
    assertThat(compatible("s", OPTIONAL)).isEqualTo(optional);
    assertThat(compatible("s", REQUIRED)).isEqualTo(required);
    assertThat(rest.register("s", REQUIRED).status()).isEqualTo(required ? 200 : 409);
  }

  private boolean compatible(String subject, String schema) {
    String path = "/compatibility/subjects/" + subject + "/versions";
    return rest.post(path, Rest.schemaBody(schema)).body().path("is_compatible").asBoolean();
  }

  @Test
  void saysWhatIsIncompatible() {
    rest.register("s", ONE);
    Answer refused = rest.register("s", REQUIRED);
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .contains(
            "\"s\"", "READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1", "version 1", "BACKWARD");
    Answer verbose =
        rest.post(
            "/compatibility/subjects/s/versions/latest?verbose=true", Rest.schemaBody(REQUIRED));
    assertThat(verbose.body().path("is_compatible").asBoolean()).isFalse();
    assertThat(verbose.body().path("messages").toString()).contains("/fields/1");
  }

  @Test
  void comparesWithEarlierVersionsOnlyWhereTransitive() {
    // With the first version's data, the third has no value for b; with the second's it has.
    rest.put("/config", "{\"compatibility\":\"NONE\"}");
    rest.register("s", ONE);
    rest.register("s", REQUIRED);
    String third = REQUIRED.replace("\"name\":\"R\"", "\"name\":\"R\",\"doc\":\"3\"");
    rest.put("/config/s", "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}");
    assertThat(compatible("s", third)).isFalse();
    rest.put("/config/s", "{\"compatibility\":\"BACKWARD\"}");
    assertThat(compatible("s", third)).isTrue();
  }

  @Test
  void comparesWithOneVersionIfAsked() {
    rest.put("/config", "{\"compatibility\":\"NONE\"}");
    rest.register("s", ONE);
    rest.register("s", REQUIRED);
    rest.put("/config", "{\"compatibility\":\"BACKWARD\"}");
    String body = Rest.schemaBody(REQUIRED);
    String path = "/compatibility/subjects/s/versions/";
    assertThat(rest.post(path + "1", body).body().path("is_compatible").asBoolean()).isFalse();
    assertThat(rest.post(path + "2", body).body().path("is_compatible").asBoolean()).isTrue();
    assertThat(rest.post(path + "3", body).code()).isEqualTo(40402);
  }

  @Test
  void keepsLevelsOfSubjectsAndOfAll() {
    assertThat(rest.get("/config").body().toString())
        .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(rest.put("/config", "{\"compatibility\":\"FULL\"}").body().toString())
        .isEqualTo("{\"compatibility\":\"FULL\"}");
    rest.put("/config/s", "{\"compatibility\":\"NONE\"}");
    assertThat(level("/config/t?defaultToGlobal=true")).isEqualTo("FULL");
    restart();
    assertThat(level("/config")).isEqualTo("FULL");
    assertThat(level("/config/s")).isEqualTo("NONE");
    assertThat(rest.delete("/config/s").body().path("compatibilityLevel").asText())
        .isEqualTo("NONE");
    rest.delete("/config");
    restart();
    assertThat(level("/config/s?defaultToGlobal=true")).isEqualTo("BACKWARD");
  }

  private String level(String path) {
    return rest.get(path).body().path("compatibilityLevel").asText();
  }

  @Test
  void addsNothingInReadOnlyMode() {
    rest.register("s", ONE);
    rest.put("/mode/s", "{\"mode\":\"READONLY\"}");
    assertThat(rest.register("s", OPTIONAL).code()).isEqualTo(42205);
    assertThat(rest.register("s", ONE).status()).isEqualTo(200);
    assertThat(rest.register("t", OPTIONAL).status()).isEqualTo(200);
    assertThat(rest.delete("/subjects/s").code()).isEqualTo(42205);
    assertThat(rest.delete("/mode/s").body().path("mode").asText()).isEqualTo("READONLY");
    assertThat(rest.register("s", OPTIONAL).status()).isEqualTo(200);
  }

  @Test
  void hidesASoftlyDeletedVersionAndStillServesItsId() {
    rest.register("s", ONE);
    rest.register("s", OPTIONAL);
    assertThat(rest.delete("/subjects/s/versions/latest").body().asInt()).isEqualTo(2);
    assertThat(rest.get("/subjects/s/versions").body().toString()).isEqualTo("[1]");
    assertThat(rest.get("/subjects/s/versions?deleted=true").body().toString()).isEqualTo("[1,2]");
    assertThat(rest.get("/schemas/ids/2").status()).isEqualTo(200);
    assertThat(rest.get("/subjects/s/versions/2").code()).isEqualTo(40402);
    assertThat(rest.delete("/subjects/s/versions/2").code()).isEqualTo(40406);
    assertThat(rest.delete("/subjects/s/versions/1?permanent=true").code()).isEqualTo(40407);
  }

  @Test
  void givesADeletedSchemaItsIdBackUnderANewVersion() {
    rest.register("s", ONE);
    rest.delete("/subjects/s");
    Answer again = rest.register("s", ONE);
    assertThat(again.body().path("id").asInt()).isEqualTo(1);
    assertThat(again.body().path("version").asInt()).isEqualTo(2);
  }

  @Test
  void deletesASubjectInTwoSteps() {
    rest.register("s", ONE);
    rest.register("s", OPTIONAL);
    rest.put("/config/s", "{\"compatibility\":\"NONE\"}");
    assertThat(rest.delete("/subjects/s?permanent=true").code()).isEqualTo(40405);
    assertThat(rest.delete("/subjects/s").body().toString()).isEqualTo("[1,2]");
    assertThat(rest.delete("/subjects/s").code()).isEqualTo(40404);
    assertThat(rest.get("/subjects?deleted=true").body().toString()).isEqualTo("[\"s\"]");
    assertThat(rest.get("/subjects").body()).isEmpty();
    assertThat(rest.get("/config/s").code()).isEqualTo(40408);
    assertThat(rest.delete("/subjects/s?permanent=true").body().toString()).isEqualTo("[1,2]");
    assertThat(rest.get("/schemas/ids/1").code()).isEqualTo(40403);
    assertThat(rest.delete("/subjects/s").code()).isEqualTo(40401);
  }

  @Test
  void neverGivesAnIdOutTwice() {
    rest.register("s", ONE);
    rest.register("t", OTHER);
    rest.delete("/subjects/t");
    rest.delete("/subjects/t?permanent=true");
    assertThat(log.written())
        .contains(new ChangeJson.Text("{\"keytype\":\"NOOP\",\"magic\":0}", "{\"maxId\":2}"));
    log.compact();
    restart();
    assertThat(rest.register("t", OPTIONAL).body().path("id").asInt()).isEqualTo(3);
  }

  @Test
  void knowsEverythingAgainAfterARestart() {
    rest.register("s", ONE);
    rest.register("s", OPTIONAL);
    rest.register("t", OTHER);
    rest.delete("/subjects/s/versions/1");
    String before = rest.get("/schemas?deleted=true").body().toString();
    log.compact();
    restart();
    assertThat(rest.get("/schemas?deleted=true").body().toString()).isEqualTo(before);
    assertThat(rest.get("/subjects/s/versions").body().toString()).isEqualTo("[2]");
  }

  @Test
  void answersOnlyForWhatWasWritten() {
    log.fill();
    Answer answer = rest.register("s", ONE);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.code()).isEqualTo(50001);
    assertThat(rest.get("/subjects").body()).isEmpty();
    assertThat(rest.get("/schemas/ids/1").code()).isEqualTo(40403);
  }

  @Test
  void writesRecordsAsConfluentDoes() {
    rest.register("s", "\"int\"");
    rest.put("/config", "{\"compatibility\":\"FULL\"}");
    assertThat(log.written())
        .containsExactly(
            new ChangeJson.Text(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\",\"deleted\":false}"),
            new ChangeJson.Text(
                "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                "{\"compatibilityLevel\":\"FULL\"}"));
  }

  @Test
  void readsATopicOfConfluents() {
    log.write("{\"keytype\":\"NOOP\",\"magic\":0}", null);
    log.write(
        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}",
        "{\"subject\":\"s\",\"version\":1,\"id\":40,\"md5\":\"x\",\"schema\":\"\\\"int\\\"\",\"deleted\":false}");
    log.write(
        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0}",
        "{\"subject\":\"s\",\"version\":1}");
    log.write("{\"keytype\":\"MODE\",\"subject\":\"t\",\"magic\":0}", "{\"mode\":\"READONLY\"}");
    restart();
    assertThat(rest.get("/subjects").body()).isEmpty();
    assertThat(rest.get("/subjects?deleted=true").body().toString()).isEqualTo("[\"s\"]");
    assertThat(rest.register("t", ONE).code()).isEqualTo(42205);
    assertThat(rest.register("u", ONE).body().path("id").asInt()).isEqualTo(41);
  }

  @Test
  void refusesATopicThatItCannotServe() {
    log.write(
        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}",
        "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}");
    assertThatThrownBy(this::restart).hasMessageContaining("PROTOBUF");
  }

  @Test
  void answersInTheTypeThatWasAskedFor() {
    assertThat(rest.get("/subjects").contentType()).isEqualTo(Rest.V1);
    Answer plain = rest.send(rest.request("/subjects").header("Accept", "application/json"));
    assertThat(plain.contentType()).isEqualTo("application/json");
  }

  @Test
  void refusesATypeThatABrowserSendsUnasked() {
    Answer answer =
        rest.send(
            rest.request("/subjects/s/versions")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(Rest.schemaBody(ONE))));
    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void refusesABodyThatIsNoJsonObject() {
    assertThat(rest.post("/subjects/s/versions", "{").status()).isEqualTo(400);
    assertThat(rest.post("/subjects/s/versions", "[]").status()).isEqualTo(400);
    assertThat(rest.post("/subjects/s/versions", " ".repeat(5 << 20)).status()).isEqualTo(413);
  }

  @Test
  void keepsSpecialCharactersInSubjectNames() {
    rest.register("a%2Fb%20c+d%C3%A9", ONE);
    assertThat(rest.get("/subjects").body().get(0).asText()).isEqualTo("a/b c+dé");
    assertThat(rest.get("/subjects/a%2Fb%20c%2Bd%C3%A9/versions").body().toString())
        .isEqualTo("[1]");
  }

  @Test
  void refusesSubjectsOfOtherContexts() {
    assertThat(rest.register(":.other:s", ONE).code()).isEqualTo(42208);
    assertThat(rest.register("__GLOBAL", ONE).code()).isEqualTo(42208);
  }

  @Test
  void saysWhichClusterItIsOn() {
    assertThat(
            rest.get("/v1/metadata/id")
                .body()
                .path("scope")
                .path("clusters")
                .path("kafka-cluster")
                .asText())
        .isEqualTo("cluster-1");
    assertThat(rest.get("/").body().toString()).isEqualTo("{}");
    assertThat(rest.get("/schemas/types").body().toString()).isEqualTo("[\"AVRO\"]");
  }
}
