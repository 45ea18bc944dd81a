/** Which rights on Kafka each service needs, and no more. */
package dev.sluice.app.acl;
