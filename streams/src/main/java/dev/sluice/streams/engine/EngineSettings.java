package dev.sluice.streams.engine;

import java.time.Duration;

/**
 * How the engine works.
 *
 * @param slice longest time that work on one asset may hold up the others
 * @param abandonAfter how long a scan may be silent before it is given up
 * @param generation number of the state's generation; results carry it
 * @param embargoed whether everything here is under embargo
 */
public record EngineSettings(
    Duration slice, Duration abandonAfter, int generation, boolean embargoed) {}
