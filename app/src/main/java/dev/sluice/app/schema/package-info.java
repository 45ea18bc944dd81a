/** Our schemas against the registry, before a deployment. */
package dev.sluice.app.schema;
