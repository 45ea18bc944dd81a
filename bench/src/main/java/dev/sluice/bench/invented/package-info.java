/** Invented scans of images, as events and as report files. */
package dev.sluice.bench.invented;
