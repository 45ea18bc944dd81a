/**
 * Versions as each package ecosystem orders them: which is newer, which one fixes, and which
 * release line of an asset a version belongs to.
 *
 * <p>Every order is total on every string, so a version that nobody can read never stops the
 * pipeline. That is why the orders are our own but for Maven's: the versatile library throws for
 * numbers above 2^31 ({@code 0~20230301123456}) and for versions outside the grammar, keeps its
 * providers in a map that is not safe for several threads, and has no apk, PyPI, gem or NuGet.
 * Tests hold ours against it where both know the answer.
 */
package dev.sluice.streams.rules.version;
