/**
 * What is the same. State lives on atoms, which never change; alias statements are facts beside
 * them; a finding is a function of the whole set, whatever the order of arrival. Never part of
 * identity: severity, title, description, scanner, scanner version, line number, image tag or
 * digest, absolute path prefix.
 */
package dev.sluice.streams.rules.identity;
