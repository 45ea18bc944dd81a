/** Reading XML reports as a stream, without document types and external entities. */
package dev.sluice.producers.format.xml;
