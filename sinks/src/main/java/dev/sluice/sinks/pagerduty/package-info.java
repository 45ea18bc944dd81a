/** Opens and resolves incidents by the Events API v2 of PagerDuty. */
package dev.sluice.sinks.pagerduty;
