/**
 * The commands of {@code sluice}, one class each. A command reads its options and settings, hands
 * the work to the module that does it, and turns the outcome into text or JSON and an exit code.
 */
package dev.sluice.app.command;
