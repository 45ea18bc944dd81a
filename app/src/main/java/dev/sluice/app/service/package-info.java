/**
 * Services as the process runs them: started in order, watched, stopped in reverse within ten
 * seconds, and looked at over HTTP.
 */
package dev.sluice.app.service;
