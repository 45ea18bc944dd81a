/**
 * For tests of every module: one broker and registry per JVM, started when first asked for. JUnit
 * is needed only where these classes are used.
 */
package dev.sluice.embedded.junit;
