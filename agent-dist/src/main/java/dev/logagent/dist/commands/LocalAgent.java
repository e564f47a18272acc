package dev.logagent.dist.commands;

import dev.logagent.dist.LocalSocket;
import dev.logagent.dist.client.AgentClient;
import dev.logagent.dist.client.AgentClient.Reply;
import dev.logagent.dist.client.JsonValue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agent that runs with the state folder of the configuration. Its methods end the verb when it does not answer. */
final class LocalAgent implements AutoCloseable {

    private static final int OK = 200;
    private static final long QUICK_SECONDS = 30;

    /** What stops pipelines may take as long as a stop of the agent. */
    private static final long LONG_SECONDS = 3_600;

    private final Path stateDir;
    private final AgentClient client;

    private LocalAgent(Path stateDir) {
        this.stateDir = stateDir;
        this.client = new AgentClient(LocalSocket.of(stateDir));
    }

    /**
     * The agent, which is not known to run.
     *
     * @param explicit what {@code --config} says, or null
     */
    static LocalAgent of(@Nullable Path explicit) {
        return at(Setup.stateDir(explicit));
    }

    /** The agent of a state folder, which is not known to run. */
    static LocalAgent at(Path stateDir) {
        return new LocalAgent(stateDir);
    }

    /** A target of a request: what is null is left out. */
    static String target(String path, Parameter... parameters) {
        String query = Arrays.stream(parameters)
                .filter(parameter -> parameter.value() != null)
                .map(parameter -> parameter.name() + "="
                        + URLEncoder.encode(String.valueOf(parameter.value()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** One parameter of a request. */
    record Parameter(String name, @Nullable String value) {}

    /** Whether the agent runs. */
    boolean isRunning() throws InterruptedException {
        try {
            return client.ask("GET", "/health/live", QUICK_SECONDS).status() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the agent shows at a path. */
    Reply get(String target) throws InterruptedException {
        Reply reply = ask("GET", target, QUICK_SECONDS);
        if (reply.status() != OK) {
            throw CommandFailure.running("log-agent: the agent answers: " + error(reply));
        }
        return reply;
    }

    JsonValue json(String target) throws InterruptedException {
        return parsed(get(target));
    }

    /** Has the agent do something; the answer may be a refusal. */
    Reply post(String target) throws InterruptedException {
        return ask("POST", target, LONG_SECONDS);
    }

    /** The same; a refusal ends the verb. */
    JsonValue act(String target) throws InterruptedException {
        Reply reply = post(target);
        if (reply.status() != OK) {
            String message = "log-agent: " + error(reply);
            throw reply.status() == 400 || reply.status() == 404
                    ? CommandFailure.usage(message)
                    : CommandFailure.running(message);
        }
        return parsed(reply);
    }

    static JsonValue parsed(Reply reply) {
        try {
            return reply.json();
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: the agent's answer cannot be understood: " + e.getMessage());
        }
    }

    /** What a refusal says. */
    static String error(Reply reply) {
        String text = parsed(reply).text("error");
        return text.isEmpty() ? "status " + reply.status() : text;
    }

    /** Gets each message of a feed until {@code ended} is completed. */
    void follow(String target, Consumer<String> messages, CompletableFuture<Void> ended) throws InterruptedException {
        try {
            client.follow(target, messages, ended);
        } catch (IOException e) {
            throw absent(e);
        }
    }

    private Reply ask(String method, String target, long patienceSeconds) throws InterruptedException {
        try {
            return client.ask(method, target, patienceSeconds);
        } catch (IOException e) {
            throw absent(e);
        }
    }

    private CommandFailure absent(IOException e) {
        Path socket = LocalSocket.of(stateDir);
        if (Files.isDirectory(stateDir) && !Files.isReadable(stateDir)) {
            return CommandFailure.running("log-agent: the state folder " + stateDir
                    + " belongs to another user: run this as the one that the agent runs as, or as root");
        }
        if (Files.exists(socket) && !Files.isWritable(socket)) {
            return CommandFailure.running("log-agent: " + socket + " belongs to another user: run this as the one that"
                    + " the agent runs as, or as root");
        }
        return CommandFailure.running("log-agent: no agent is running with the state folder " + stateDir + " ("
                + e.getMessage() + ")\nStart one with: log-agent run. Is it running with another configuration? Name"
                + " that one with --config.");
    }

    @Override
    public void close() {
        client.close();
    }
}
