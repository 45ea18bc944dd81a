/**
 * What an item says in words, before any markup, and what writes words in a markup. Tickets and
 * messages differ in what they choose of it.
 */
package dev.sluice.sinks.text;
