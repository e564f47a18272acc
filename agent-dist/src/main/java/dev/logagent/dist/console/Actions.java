package dev.logagent.dist.console;

import dev.logagent.core.Agent;
import dev.logagent.core.PositionsRewind.Rewound;
import dev.logagent.core.RefusedException;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.config.SourceConfig;
import dev.logagent.core.deadletter.DeadLetterReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent can be asked to do, by path. Each may take a while. For use in one thread at a time. */
final class Actions {

    private static final Logger LOG = LoggerFactory.getLogger("dashboard");

    /** All there are, and the parameters they take. */
    private static final Map<String, Set<String>> PATHS = Map.of(
            "/api/pause", Set.of("source"),
            "/api/resume", Set.of("source"),
            "/api/flush", Set.of(),
            "/api/reload", Set.of(),
            "/api/rewind", Set.of("file", "to", "output"),
            "/api/replay", Set.of("output", "id"));

    private final Agent agent;
    private final Steering steering;

    Actions(Agent agent, Steering steering) {
        this.agent = agent;
        this.steering = steering;
    }

    static boolean isAction(String path) {
        return PATHS.containsKey(path);
    }

    /** Does it. What is wrong with the parameters is answered with 400, what cannot be done with 409. */
    Answer act(String path, Map<String, List<String>> parameters) throws InterruptedException {
        LOG.info("asked for {} {}", path, parameters);
        try {
            Parameters.requireKnown(parameters, PATHS.getOrDefault(path, Set.of()));
            return switch (path) {
                case "/api/pause" -> pause(parameters, true);
                case "/api/resume" -> pause(parameters, false);
                case "/api/flush" -> {
                    agent.flush();
                    yield done("what has been read is sent now");
                }
                case "/api/reload" -> reload();
                case "/api/rewind" -> rewind(parameters);
                case "/api/replay" -> replay(parameters);
                default -> throw new IllegalArgumentException("there is no action " + path);
            };
        } catch (IllegalArgumentException e) {
            return Answer.error(400, String.valueOf(e.getMessage()));
        } catch (RefusedException | IOException e) {
            return Answer.error(409, String.valueOf(e.getMessage()));
        }
    }

    private static Answer done(String sentence) {
        return Answer.json(new Json().object().field("message", sentence).endObject());
    }

    private Answer pause(Map<String, List<String>> parameters, boolean isPaused) {
        Set<String> all = agent.board().config().sources().stream()
                .map(SourceConfig::name)
                .collect(Collectors.toSet());
        List<String> named = parameters.getOrDefault("source", List.of());
        for (String name : named) {
            if (!all.contains(name)) {
                throw new IllegalArgumentException("there is no source '" + name + "'");
            }
        }
        Set<String> paused = new HashSet<>(agent.board().paused());
        if (isPaused) {
            paused.addAll(named.isEmpty() ? all : named);
        } else {
            paused.removeAll(named.isEmpty() ? all : named);
        }
        agent.pause(paused);
        Json json = new Json().object().key("paused").list();
        paused.stream().sorted().forEach(json::value);
        return Answer.json(json.endList().endObject());
    }

    private Answer reload() {
        Steering.Outcome outcome = steering.reload();
        int status = switch (outcome.verdict()) {
            case APPLIED, UNCHANGED -> 200;
            case INVALID -> 422;
            case REFUSED -> 409;
        };
        String message = status == 200 ? "message" : "error";
        return Answer.json(
                status,
                new Json()
                        .object()
                        .field("outcome", outcome.verdict().name().toLowerCase(java.util.Locale.ROOT))
                        .field(message, outcome.text())
                        .endObject());
    }

    private Answer rewind(Map<String, List<String>> parameters) throws RefusedException {
        String file = Parameters.last(parameters, "file");
        String output = Parameters.last(parameters, "output");
        String to = Parameters.last(parameters, "to");
        if (file == null || !file.startsWith("/")) {
            throw new IllegalArgumentException("'file' must be an absolute path, as /api/sources shows it");
        }
        requireOutput(output);
        List<Rewound> rewound = agent.rewind(Path.of(file), output, to == null ? 0 : offset(to));
        if (rewound.isEmpty()) {
            return Answer.error(404, file + " has not been read by any output");
        }
        Json json = new Json().object().key("rewound").list();
        rewound.forEach(each -> json.object()
                .field("output", each.output())
                .field("source", each.source())
                .field("file", each.file().toString())
                .field("from", each.from())
                .field("to", each.to())
                .endObject());
        return Answer.json(json.endList().endObject());
    }

    private static long offset(String text) {
        try {
            long offset = Long.parseLong(text);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'to' must be an offset in bytes, found '" + text + "'", e);
        }
        throw new IllegalArgumentException("'to' must not be negative, found '" + text + "'");
    }

    private void requireOutput(@Nullable String name) {
        List<String> names = agent.board().config().outputs().stream()
                .map(OutputConfig::name)
                .toList();
        if (name != null && !names.contains(name)) {
            throw new IllegalArgumentException("there is no output '" + name + "'; there are: " + names);
        }
    }

    private Answer replay(Map<String, List<String>> parameters)
            throws RefusedException, IOException, InterruptedException {
        String wanted = Parameters.last(parameters, "output");
        requireOutput(wanted);
        List<String> ids = parameters.getOrDefault("id", List.of());
        Json json = new Json().object().key("outputs").list();
        for (OutputConfig output : agent.board().config().outputs()) {
            if (wanted == null || wanted.equals(output.name())) {
                DeadLetterReplay.Outcome outcome =
                        agent.replay(output.name(), letter -> ids.isEmpty() || ids.contains(letter.id()));
                json.object()
                        .field("output", output.name())
                        .field("delivered", outcome.delivered())
                        .field("refused", outcome.refused())
                        .field("forbidden", outcome.forbidden())
                        .field("kept", outcome.kept())
                        .field("damaged", outcome.damaged())
                        .field("obstacle", outcome.obstacle())
                        .endObject();
            }
        }
        return Answer.json(json.endList().endObject());
    }
}
