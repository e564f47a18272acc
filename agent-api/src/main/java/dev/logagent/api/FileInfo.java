package dev.logagent.api;

/**
 * One generation of one file: the same bytes keep it under every name, and over restarts of the agent.
 *
 * @param path the path under which the file was found first
 * @param lineage a number derived from the file's identity; a truncated or replaced file gets another
 */
public record FileInfo(String path, long lineage) {}
