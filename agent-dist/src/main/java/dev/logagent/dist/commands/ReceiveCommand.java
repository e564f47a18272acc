package dev.logagent.dist.commands;

import dev.logagent.dist.Heartbeat;
import dev.logagent.dist.Invocation;
import dev.logagent.dist.Signals;
import dev.logagent.dist.receive.Faults;
import dev.logagent.dist.receive.Receiver;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code log-agent receive}. */
@Command(
        name = "receive",
        description = "Receives what an agent sends over HTTP or WebSocket, and prints, counts or stores it. "
                + "Fails when told to.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  log-agent receive                              print what comes to http://127.0.0.1:8080/",
            "  log-agent receive --quiet --store got.jsonl    count, and append each event to a file",
            "  log-agent receive --fail 503 --fail-every 3 --retry-after 2",
            "  log-agent receive --websocket                  listen on ws://127.0.0.1:9000/, too",
            "  curl http://127.0.0.1:8080/stats               the counters as JSON"
        })
final class ReceiveCommand implements Callable<Integer> {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final Invocation invocation;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "Where to listen; port 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private String listen = "";

    @Option(
            names = "--websocket",
            arity = "0..1",
            paramLabel = "HOST:PORT",
            fallbackValue = "127.0.0.1:9000",
            description =
                    "Listen for WebSocket, too; port 0 takes a free one. What is to fail is answered with 'retry' "
                            + "there. Without an address: ${FALLBACK-VALUE}")
    private @Nullable String webSocket;

    @Option(names = "--quiet", description = "Print a line a second with the counts instead of each event.")
    private boolean quiet;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "Append each event to this file as a line of JSON, before it is acknowledged.")
    private @Nullable Path store;

    @Option(
            names = "--fail",
            paramLabel = "STATUS",
            description = "Answer with this status instead of 200; every request, unless one of the next two is given.")
    private @Nullable Integer fail;

    @Option(names = "--fail-every", paramLabel = "N", description = "Fail every Nth request (503 without --fail).")
    private int failEvery;

    @Option(names = "--fail-first", paramLabel = "N", description = "Fail the first N requests (503 without --fail).")
    private int failFirst;

    @Option(names = "--delay-ms", paramLabel = "MS", description = "Wait that long before each answer.")
    private int delayMs;

    @Option(names = "--retry-after", paramLabel = "SECONDS", description = "Send Retry-After with each failure.")
    private @Nullable Integer retryAfter;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "33554432",
            description = "Answer larger bodies with 413, refuse larger frames. Default: ${DEFAULT-VALUE}")
    private int maxBody;

    ReceiveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Signals.onStop(stop::countDown);
        InetSocketAddress address = address("--listen", listen);
        try (Receiver receiver = new Receiver(address, maxBody, faults(), store, quiet ? null : invocation.out())) {
            String more = webSocket == null ? "" : listenForWebSocket(receiver, webSocket);
            invocation.out().println("listening on http://" + shown(receiver.address()) + "/, counters on /stats");
            invocation.out().print(more);
            Heartbeat.during(invocation.env(), () -> untilStopped(receiver, stop));
            invocation
                    .err()
                    .println("received " + receiver.stats().events() + " events in "
                            + receiver.stats().requests() + " requests");
            return 0;
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: cannot receive on " + listen
                    + (store == null ? "" : " into " + store) + ": " + reason(e));
        }
    }

    /** Gives the line to print. */
    private static String listenForWebSocket(Receiver receiver, String text) throws InterruptedException {
        InetSocketAddress address = address("--websocket", text);
        try {
            int port = receiver.listenForWebSocket(address);
            return "listening on ws://" + shown(new InetSocketAddress(address.getAddress(), port)) + "/\n";
        } catch (IOException e) {
            throw CommandFailure.running("log-agent: --websocket: " + e.getMessage());
        }
    }

    private static String shown(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private String reason(IOException e) {
        if (e instanceof BindException) {
            return e.getMessage() + "; --listen takes another port or address";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private int untilStopped(Receiver receiver, CountDownLatch stop) throws InterruptedException {
        if (quiet) {
            printRate(receiver, stop);
        } else {
            stop.await();
        }
        return 0;
    }

    private void printRate(Receiver receiver, CountDownLatch stop) throws InterruptedException {
        long before = 0;
        while (!stop.await(1, TimeUnit.SECONDS)) {
            long now = receiver.stats().events();
            if (now != before) {
                invocation.out().println(now + " events, " + (now - before) + "/s");
                before = now;
            }
        }
    }

    private Faults faults() {
        int status = fail != null ? fail : failEvery > 0 || failFirst > 0 ? SERVICE_UNAVAILABLE : 0;
        if (status != 0 && (status < 200 || status > 599)) {
            throw CommandFailure.usage("log-agent: --fail must be a status from 200 to 599, found " + status);
        }
        if (failEvery < 0 || failFirst < 0 || delayMs < 0 || maxBody <= 0) {
            throw CommandFailure.usage(
                    "log-agent: --fail-every, --fail-first, --delay-ms and --max-body must not be" + " negative");
        }
        return new Faults(status, failEvery, failFirst, Duration.ofMillis(delayMs), retryAfter);
    }

    private static InetSocketAddress address(String option, String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = colon <= 0 ? "127.0.0.1" : text.substring(0, colon);
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "log-agent: " + option + " must be HOST:PORT, for example 127.0.0.1:8080, found '" + text + "'");
        } catch (UnknownHostException e) {
            throw CommandFailure.usage("log-agent: " + option + ": the host of '" + text + "' is not known");
        }
    }
}
