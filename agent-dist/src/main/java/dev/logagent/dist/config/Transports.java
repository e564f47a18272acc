package dev.logagent.dist.config;

import dev.logagent.api.transport.TransportFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The transports that are installed, as far as the configuration needs to know them. */
public interface Transports {

    /** The transport of that name, compared without case. */
    Optional<TransportFactory> find(String name);

    /** The names of all transports, sorted. */
    List<String> names();

    /** The folders that were searched. */
    List<Path> searched();
}
