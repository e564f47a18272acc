/**
 * Reads {@code log-agent.config}.
 *
 * <p>In order: {@link dev.logagent.dist.config.ConfigLocation} finds the file, {@link
 * dev.logagent.dist.config.ConfigDocument} reads it with all that it includes and resolves <code>${…}</code>, and, once
 * the transports are known, validates everything against the tables ({@link dev.logagent.dist.config.GlobalTable},
 * {@link dev.logagent.dist.config.SourceTable}, {@link dev.logagent.dist.config.BufferTable}, and the transport's own)
 * into a {@link dev.logagent.dist.config.LoadedConfig}. All that is wrong is found in one run and thrown as one {@link
 * dev.logagent.dist.config.ConfigException}. From the same tables come the JSON Schema and the reference.
 */
@NullMarked
package dev.logagent.dist.config;

import org.jspecify.annotations.NullMarked;
