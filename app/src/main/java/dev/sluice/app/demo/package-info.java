/** The demo: all of Sluice in one process, on sample reports, and what came out of its topics. */
package dev.sluice.app.demo;
