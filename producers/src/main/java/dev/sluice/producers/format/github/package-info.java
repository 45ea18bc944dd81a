/**
 * GitHub's alerts: lists of the REST API, answers of the GraphQL API and bodies of webhooks. All of
 * them are statements. A list is one page of what a query let through, and does not say of which
 * query; so an alert that is missing from it means nothing, and only the state of an alert does.
 */
package dev.sluice.producers.format.github;
