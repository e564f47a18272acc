package dev.logagent.core.deadletter;

import dev.logagent.api.Batch;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.AgentConfig;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.runtime.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters to their output again, with the ids that their events have always had. What is delivered is removed; what
 * is refused again stays, with the new reason. Stops when the destination does not take anything: what was not sent by then
 * stays as it is. A crash loses nothing, and may repeat. An agent may be running on the folder. For one use.
 */
public final class DeadLetterReplay {

    private static final int BATCH_EVENTS = 100;
    private static final long BATCH_BYTES = 1 << 20;

    private final DeadLetterFolder folder;
    private final String agentName;
    private final Transport transport;
    private final UnaryOperator<LineRun> restorer;
    private final Predicate<SourceInfo> permitted;
    private final Predicate<DeadLetter> selected;
    private final CrashPoints crashPoints;
    private final List<DeadLetter> open = new ArrayList<>();
    private final Set<String> delivered = new HashSet<>();
    private long openBytes;
    private long batches;
    private int refused;
    private int forbidden;
    private int kept;
    private int damaged;
    private @Nullable String obstacle;

    /**
     * What came of a replay.
     *
     * @param delivered letters that have been delivered, and removed
     * @param refused letters that were refused again, and kept with the new reason
     * @param forbidden letters that were kept because their events must not be sent to the output
     * @param kept letters that were kept because they were not selected, or not sent
     * @param damaged lines that are no letters, and were kept
     * @param obstacle why not all selected letters were sent, or null
     */
    public record Outcome(
            int delivered,
            int refused,
            int forbidden,
            int kept,
            int damaged,
            @Nullable String obstacle) {}

    /**
     * @param agentName the configured name of the agent
     * @param transport of the output that the letters belong to
     * @param restorer makes lines ready to be sent: what was found in them is not kept in the letters
     * @param permitted whether events of a source may be sent to that output
     * @param selected which letters to send
     */
    public DeadLetterReplay(
            DeadLetterFolder folder,
            String agentName,
            Transport transport,
            UnaryOperator<LineRun> restorer,
            Predicate<SourceInfo> permitted,
            Predicate<DeadLetter> selected,
            CrashPoints crashPoints) {
        this.folder = folder;
        this.agentName = agentName;
        this.transport = transport;
        this.restorer = restorer;
        this.permitted = permitted;
        this.selected = selected;
        this.crashPoints = crashPoints;
    }

    /**
     * A replay as the configuration has it. What that says of a source now counts as well as what it said when the event was
     * refused.
     *
     * @param from the output that has refused them
     * @param to the output that is to have them, perhaps the same
     * @param transport of that one
     * @param restorer makes lines ready to be sent by the rules of now
     * @param selected which letters to send
     */
    public static DeadLetterReplay of(
            AgentConfig config,
            OutputConfig from,
            OutputConfig to,
            Transport transport,
            UnaryOperator<LineRun> restorer,
            Predicate<DeadLetter> selected) {
        return new DeadLetterReplay(
                DeadLetterFolder.in(from.stateFolder(config.global().stateDir())),
                config.global().agentName(),
                transport,
                restorer,
                source -> permits(config, source, to),
                selected,
                CrashPoints.NONE);
    }

    private static boolean permits(AgentConfig config, SourceInfo source, OutputConfig output) {
        return config.sovereignty().permits(source, output)
                && config.sources().stream()
                        .filter(now -> now.name().equals(source.name()))
                        .allMatch(now -> config.sovereignty().permits(now.info(), output));
    }

    /**
     * Sends the letters that there are now.
     *
     * @throws IOException if the letters cannot be read or written, or somebody else is replaying; with a message for the user
     */
    public Outcome run() throws IOException, InterruptedException {
        if (Files.isDirectory(folder.path())) {
            replayAll();
        }
        return new Outcome(delivered.size(), refused, forbidden, kept, damaged, obstacle);
    }

    private void replayAll() throws IOException, InterruptedException {
        try (DeadLetterFolder.Hold hold = folder.holdReplay()) {
            if (hold == null) {
                throw new IOException("the dead letters in " + folder.path() + " are being replayed already");
            }
            folder.handOver();
            crashPoints.reached("deadletters.handed-over");
            for (Path file : folder.handedOver()) {
                replay(file);
            }
        }
    }

    private void replay(Path file) throws IOException, InterruptedException {
        try (Rest rest = new Rest(file, crashPoints)) {
            DeadLetterFolder.read(file, new DeadLetterFolder.Reader() {
                @Override
                public void letter(DeadLetter letter, String json) throws IOException, InterruptedException {
                    take(letter, json, rest);
                }

                @Override
                public void damaged(Path file, String line, String reason) throws IOException {
                    damaged++;
                    rest.keep(line);
                }
            });
            flush(rest);
            rest.replaceOriginal();
        }
    }

    private void take(DeadLetter letter, String json, Rest rest) throws IOException, InterruptedException {
        if (delivered.contains(letter.id())) {
            return; // an interrupted replay has left it twice
        }
        boolean isSelected = selected.test(letter);
        if (isSelected && !permitted.test(letter.event().source())) {
            forbidden++;
            rest.keep(json);
        } else if (!isSelected || obstacle != null) {
            kept++;
            rest.keep(json);
        } else {
            open.add(letter);
            openBytes += letter.event().run().byteCount();
            if (open.size() >= BATCH_EVENTS || openBytes >= BATCH_BYTES) {
                flush(rest);
            }
        }
    }

    private void flush(Rest rest) throws IOException, InterruptedException {
        if (!open.isEmpty()) {
            send(bySource(open), rest);
            open.clear();
            openBytes = 0;
        }
    }

    private void send(List<DeadLetter> letters, Rest rest) throws IOException, InterruptedException {
        if (obstacle != null) {
            keep(letters, rest);
            return;
        }
        Batch batch = batch(letters);
        SendResult result = attempt(batch);
        if (result instanceof SendResult.Delivered) {
            letters.forEach(letter -> delivered.add(letter.id()));
            crashPoints.reached("deadletters.delivered");
        } else if (result instanceof SendResult.Rejected rejected && letters.size() == 1) {
            refuse(letters.get(0), rejected.reason(), batch, rest);
        } else if (result instanceof SendResult.Rejected) {
            int half = letters.size() / 2;
            send(letters.subList(0, half), rest);
            send(letters.subList(half, letters.size()), rest);
        } else if (result instanceof SendResult.Partial partial) {
            settle(letters, partial, batch, rest);
        } else {
            obstacle = result instanceof SendResult.Retry retry
                    ? retry.reason()
                    : ((SendResult.Misconfigured) result).reason();
            keep(letters, rest);
        }
    }

    private void settle(List<DeadLetter> letters, SendResult.Partial partial, Batch batch, Rest rest)
            throws IOException {
        List<DeadLetter> unsent = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            String reason = partial.rejected().get(i);
            if (partial.delivered().get(i)) {
                delivered.add(letters.get(i).id());
            } else if (reason != null) {
                refuse(letters.get(i), reason, batch, rest);
            } else {
                unsent.add(letters.get(i));
            }
        }
        if (!unsent.isEmpty()) {
            obstacle = partial.retryReason();
            keep(unsent, rest);
        }
    }

    private SendResult attempt(Batch batch) throws InterruptedException {
        try {
            return transport.send(batch);
        } catch (IOException e) {
            return SendResult.retry(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (RuntimeException e) {
            return SendResult.retry("the transport failed: " + e);
        }
    }

    /** The letters of one source next to each other, as a batch has them. */
    private static List<DeadLetter> bySource(List<DeadLetter> letters) {
        Map<String, List<DeadLetter>> sources = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            sources.computeIfAbsent(letter.event().source().name(), name -> new ArrayList<>())
                    .add(letter);
        }
        return sources.values().stream().flatMap(List::stream).toList();
    }

    private Batch batch(List<DeadLetter> letters) {
        List<LineRun> runs = letters.stream()
                .map(letter -> restorer.apply(letter.event().run()))
                .toList();
        return new Batch(agentName, ++batches, runs);
    }

    private void refuse(DeadLetter letter, String reason, Batch batch, Rest rest) throws IOException {
        refused++;
        rest.keep(letter.again(System.currentTimeMillis(), reason, batch.id()), agentName);
    }

    private void keep(List<DeadLetter> letters, Rest rest) throws IOException {
        kept += letters.size();
        for (DeadLetter letter : letters) {
            rest.keep(letter, agentName);
        }
    }
}
