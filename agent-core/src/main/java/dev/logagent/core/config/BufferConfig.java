package dev.logagent.core.config;

/**
 * What may pile up in the agent.
 *
 * @param maxMemoryBytes how many bytes of lines may be on their way at once, from reading to the destination's word
 */
public record BufferConfig(long maxMemoryBytes) {}
