package dev.logagent.dist.config;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the transport.
 *
 * @param factory of the transport that {@code send_type} names
 * @param key the NAME in {@code [transport.NAME]} as it is written
 * @param endPoint as configured, not empty
 * @param options of {@code [transport.NAME]}, validated
 * @param format as configured, or null when it is the transport's choice
 */
public record TransportConfig(
        TransportFactory factory,
        String key,
        String endPoint,
        Options options,
        @Nullable Format format,
        Compression compression) {

    /** The name of the transport, in lower case. */
    public String name() {
        return factory.name();
    }

    /** The configured format, else the one that the transport prefers. */
    public Format effectiveFormat() {
        return format == null ? factory.defaultFormat() : format;
    }

    /**
     * Makes the transport.
     *
     * @throws InvalidOptionsException as {@link TransportFactory#create} does
     */
    Transport create(String agentName, String agentVersion, int maxConcurrentSends) throws InvalidOptionsException {
        return factory.create(new TransportContext(
                agentName, agentVersion, endPoint, options, effectiveFormat(), compression, maxConcurrentSends));
    }

    /** What only the transport itself can find wrong, with paths from the top of the configuration. */
    List<OptionProblem> tryOut(Options global) {
        String agentName = global.optionalString(GlobalTable.AGENT_NAME).orElse("agent");
        try {
            create(agentName, "0", 1).close();
            return List.of();
        } catch (InvalidOptionsException e) {
            return fromTop(e);
        }
    }

    /** The problems with paths from the top of the configuration. */
    List<OptionProblem> fromTop(InvalidOptionsException e) {
        List<OptionProblem> problems = new ArrayList<>();
        for (OptionProblem problem : e.problems()) {
            boolean ofGlobal = problem.path().equals(List.of(GlobalTable.END_POINT));
            problems.add(
                    problem.within(ofGlobal ? List.of(ConfigTables.GLOBAL) : List.of(ConfigTables.TRANSPORT, key)));
        }
        return problems;
    }
}
