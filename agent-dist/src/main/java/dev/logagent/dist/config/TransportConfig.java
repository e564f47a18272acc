package dev.logagent.dist.config;

import dev.logagent.api.encode.EventStyle;
import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import dev.logagent.api.transport.Compression;
import dev.logagent.api.transport.Transport;
import dev.logagent.api.transport.TransportContext;
import dev.logagent.api.transport.TransportFactory;
import dev.logagent.core.config.OutputConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the transport of one output.
 *
 * @param output the output's name
 * @param factory of the transport that {@code send_type} names
 * @param place the path of the table that the options are from
 * @param endPoints at least one, the preferred one first
 * @param options validated
 * @param shared where the keys stand that belong to the output but may not suit the transport: {@code compression}, {@code
 *     format}
 * @param format as configured, or null when it is the transport's choice
 * @param style how to write events
 */
public record TransportConfig(
        String output,
        TransportFactory factory,
        List<String> place,
        List<EndPoint> endPoints,
        Options options,
        Map<String, List<String>> shared,
        @Nullable Format format,
        EventStyle style,
        Compression compression) {

    /**
     * Where to send to.
     *
     * @param address as configured, not empty
     * @param path where the configuration says it
     */
    public record EndPoint(String address, List<String> path) {

        public EndPoint {
            path = List.copyOf(path);
        }

        /** Without credentials. */
        public String shown() {
            return address.replaceFirst("//[^/@]*@", "//***@");
        }
    }

    public TransportConfig {
        place = List.copyOf(place);
        endPoints = List.copyOf(endPoints);
        shared = Map.copyOf(shared);
    }

    /** The name of the transport, in lower case. */
    public String name() {
        return factory.name();
    }

    /** The configured format, else the one that the transport prefers. */
    public Format effectiveFormat() {
        return format == null ? factory.defaultFormat() : format;
    }

    /** As {@link TransportFactory#grownBatchSize} says for that format. */
    int grownBatchSize() {
        return factory.grownBatchSize(effectiveFormat());
    }

    /**
     * Makes the transport for one of the end points.
     *
     * @throws InvalidOptionsException as {@link TransportFactory#create} does
     */
    Transport create(EndPoint endPoint, String agentName, String agentVersion, int maxConcurrentSends)
            throws InvalidOptionsException {
        return factory.create(new TransportContext(
                agentName,
                agentVersion,
                endPoint.address(),
                options,
                effectiveFormat(),
                style,
                compression,
                maxConcurrentSends));
    }

    /** What only the transport itself can find wrong, with paths from the top of the configuration. */
    List<OptionProblem> tryOut(Options global) {
        String agentName = global.optionalString(GlobalTable.AGENT_NAME).orElse("agent");
        List<OptionProblem> problems = new ArrayList<>();
        for (EndPoint endPoint : endPoints) {
            try {
                create(endPoint, agentName, "0", 1).close();
            } catch (InvalidOptionsException e) {
                problems.addAll(fromTop(endPoint, e));
            }
        }
        return problems;
    }

    /** The problems with paths from the top of the configuration. */
    List<OptionProblem> fromTop(EndPoint endPoint, InvalidOptionsException e) {
        List<OptionProblem> problems = new ArrayList<>();
        for (OptionProblem problem : e.problems()) {
            if (problem.path().equals(List.of(GlobalTable.END_POINT))) {
                problems.add(new OptionProblem(endPoint.path(), problem.place(), problem.message(), problem.hint()));
                continue;
            }
            String key = String.join(".", problem.path());
            List<String> path = shared.get(key);
            problems.add(
                    path == null
                            ? problem.within(place)
                            : new OptionProblem(path, problem.place(), problem.message(), hint(problem, path, key)));
        }
        return problems;
    }

    /** What {@code [global]} says may suit its own output, but not this one. */
    private @Nullable String hint(OptionProblem problem, List<String> path, String key) {
        boolean inherited = path.get(0).equals(ConfigTables.GLOBAL) && !output.equals(OutputConfig.DEFAULT_NAME);
        return inherited ? "or give output '" + output + "' a '" + key + "' of its own" : problem.hint();
    }
}
