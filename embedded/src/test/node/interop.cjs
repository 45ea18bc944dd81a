// Speaks to a registry with two clients that are not ours. Prints one JSON object.
// usage: node interop.cjs REGISTRY_URL TOPIC HEX
//   HEX: a record value of TOPIC in Confluent's wire format, written in Java
"use strict";
const confluent = require("@confluentinc/schemaregistry");
const kafkajs = require("@kafkajs/confluent-schema-registry");

const [url, topic, hex] = process.argv.slice(2);
const TICKET = (namespace) => ({
  type: "record",
  name: "Ticket",
  namespace,
  doc: "Written by a client in another language.",
  fields: [
    { name: "title", type: "string" },
    { name: "labels", type: { type: "array", items: "string" }, default: [] },
    { name: "estimate", type: ["null", "double"], default: null },
  ],
});
const CHANGED = (namespace) => {
  const schema = TICKET(namespace);
  schema.fields.push({ name: "required", type: "long" });
  return schema;
};
const VALUE = { title: "Räumen – 清除", labels: ["a", "b"], estimate: 2.5 };

async function withConfluent() {
  const client = new confluent.SchemaRegistryClient({ baseURLs: [url] });
  const reader = new confluent.AvroDeserializer(client, confluent.SerdeType.VALUE, {});
  const latest = new confluent.AvroSerializer(client, confluent.SerdeType.VALUE, { useLatestVersion: true });
  const decoded = await reader.deserialize(topic, Buffer.from(hex, "hex"));
  const again = await latest.serialize(topic, decoded);

  const subject = "node-confluent-value";
  const schema = { schemaType: "AVRO", schema: JSON.stringify(TICKET("node.confluent")) };
  const id = await client.register(subject, schema);
  const writer = new confluent.AvroSerializer(client, confluent.SerdeType.VALUE, { useLatestVersion: true });
  const own = await writer.serialize("node-confluent", VALUE);
  const bad = { schemaType: "AVRO", schema: JSON.stringify(CHANGED("node.confluent")) };
  return {
    scanId: decoded.scanId,
    again: again.toString("hex"),
    id,
    own: own.toString("hex"),
    version: await client.getVersion(subject, schema),
    subjects: await client.getAllSubjects(),
    compatible: await client.testCompatibility(subject, "latest", bad),
    refused: await client.register(subject, bad).then(() => null, (e) => ({ status: e.status, code: e.errorCode })),
    missing: await client.getBySubjectAndId("", 999999).then(() => null, (e) => ({ status: e.status, code: e.errorCode })),
    config: await client.updateConfig(subject, { compatibilityLevel: "NONE", compatibility: "NONE" }).then((c) => c.compatibility, String),
    deleted: await client.deleteSubject(subject),
  };
}

async function withKafkaJs() {
  const registry = new kafkajs.SchemaRegistry({ host: url });
  const decoded = await registry.decode(Buffer.from(hex, "hex"));
  const javaId = Buffer.from(hex, "hex").readInt32BE(1);
  const again = await registry.encode(javaId, decoded);
  const { id } = await registry.register(
    { type: kafkajs.SchemaType.AVRO, schema: JSON.stringify(TICKET("node.kafkajs")) },
    { subject: "node-kafkajs-value" },
  );
  const own = await registry.encode(id, VALUE);
  return {
    scanId: decoded.scanId,
    again: again.toString("hex"),
    id,
    own: own.toString("hex"),
    latest: await registry.getLatestSchemaId("node-kafkajs-value"),
    refused: await registry
      .register(
        { type: kafkajs.SchemaType.AVRO, schema: JSON.stringify(CHANGED("node.kafkajs")) },
        { subject: "node-kafkajs-value" },
      )
      .then(() => null, (e) => String(e.message)),
  };
}

(async () => {
  console.log(JSON.stringify({ confluent: await withConfluent(), kafkajs: await withKafkaJs() }));
})().catch((e) => {
  console.error(e.stack, e.response && e.response.data);
  process.exit(1);
});
