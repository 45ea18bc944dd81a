/** Documents that people write, with the place of every piece, so that complaints can name it. */
package dev.sluice.streams.rules.document;
