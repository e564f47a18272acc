package dev.logagent.core;

import dev.logagent.core.ModelFiles.Line;
import dev.logagent.core.ModelFiles.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does to log files what programs and rotation do to them, while an agent follows them, and knows which lines must arrive:
 * all of them, but those that were taken away before the agent can have opened their file, or truncated before it read
 * them. A line may arrive twice only if the agent was killed after it was written, or where a file is copied that is too
 * short, or that the agent has not read from yet, so that the copy cannot be told from a new file.
 */
final class TailerModel {

    /** So many rotated files are kept of each log. */
    private static final int KEPT = 4;

    /** A copy of fewer bytes cannot be told from a new file. */
    private static final int TELLING_BYTES = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path logs;
    private final Random random;
    private final boolean truncation;
    private final ModelFiles files;
    private final ModelAgent agent;
    private final ModelVerdict verdict;
    private final Map<Path, ModelFile> live = new HashMap<>();
    private final Map<Path, Deque<ModelFile>> chains = new HashMap<>();
    private final Map<Path, List<ModelFile>> dated = new HashMap<>();
    private final List<ModelFile> unlinked = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int names;

    TailerModel(Path folder, Random random, boolean truncation, boolean polling) throws IOException {
        this.random = random;
        this.truncation = truncation;
        this.logs = Files.createDirectories(folder.resolve("logs"));
        Files.createDirectories(folder.resolve("targets"));
        Files.createDirectories(folder.resolve("backup"));
        this.files = new ModelFiles(random);
        this.agent = new ModelAgent(folder, logs, random, polling);
        this.verdict = new ModelVerdict(files, agent.sink());
        history.add("patterns " + agent.patterns());
    }

    /** One random history; throws an AssertionError if a promise was broken. */
    void run(int steps) throws Exception {
        try {
            agent.start();
            for (int i = 0; i < steps; i++) {
                step();
            }
            if (!agent.isRunning()) {
                start();
            }
            awaitDelivered();
            agent.finish();
            closeAll();
            verdict.verify();
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nhistory: " + String.join("; ", history) + "\nagent: "
                            + String.join("; ", agent.events().all()),
                    e);
        } finally {
            agent.kill();
            closeAll();
        }
    }

    private void step() throws Exception {
        Path path = logs.resolve(random.nextInt(3) == 0 ? "other.log" : "app.log");
        switch (random.nextInt(truncation ? 24 : 20)) {
            case 0, 1, 2, 3, 4 -> write(path);
            case 5, 6 -> writeHalfALine(path);
            case 7, 8 -> rotate(path);
            case 9 -> rotateByDate(path);
            case 10, 11 -> writeToRotated(path);
            case 12 -> compress(path);
            case 13 -> delete(path);
            case 14 -> switchLink();
            case 15, 16 -> endOrStart();
            case 17 -> awaitDelivered();
            case 18, 19 -> pauseAWhile();
            case 20, 21 -> copyAndTruncate(path);
            case 22 -> copyElsewhereAndTruncate(path);
            default -> rewriteLarger(path);
        }
    }

    private void note(String what) {
        history.add(what);
    }

    private void write(Path path) throws IOException {
        int count = 1 + random.nextInt(30);
        note("write " + count + " to " + path.getFileName());
        liveFile(path).writeLines(count);
    }

    private void writeHalfALine(Path path) throws IOException {
        note("half a line to " + path.getFileName());
        liveFile(path).writeHalfALine();
    }

    private ModelFile liveFile(Path path) throws IOException {
        ModelFile file = live.get(path);
        if (file == null) {
            file = files.create(path);
            live.put(path, file);
        }
        return file;
    }

    private void rotate(Path path) throws IOException {
        ModelFile file = live.remove(path);
        if (file != null) {
            note("rotate " + path.getFileName());
            shift(path);
            file.rename(numbered(path, 1));
            chain(path).addFirst(file);
        }
    }

    private Deque<ModelFile> chain(Path path) {
        return chains.computeIfAbsent(path, p -> new ArrayDeque<>());
    }

    /** Makes room for a new {@code .1}: the oldest goes, the others move on. */
    private void shift(Path path) throws IOException {
        Deque<ModelFile> chain = chain(path);
        if (chain.size() == KEPT) {
            dropRotated(chain.removeLast());
        }
        int number = chain.size();
        List<ModelFile> newestFirst = new ArrayList<>(chain);
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            ModelFile file = newestFirst.get(i);
            String compressed = file.path.toString().endsWith(".gz") ? ".gz" : "";
            file.rename(Path.of(numbered(path, number + 1) + compressed));
            number--;
        }
    }

    private static Path numbered(Path path, int number) {
        return Path.of(path + "." + number);
    }

    private void dropRotated(ModelFile file) throws IOException {
        if (agent.isRunning()) {
            awaitDelivered();
        }
        giveUp(file.content);
        file.delete();
    }

    private void rotateByDate(Path path) throws IOException {
        ModelFile file = live.remove(path);
        if (file != null) {
            note("rotate " + path.getFileName() + " by date");
            String stem = path.toString().substring(0, path.toString().length() - 4);
            String stamp = "2026-11-21." + ++names;
            file.rename(Path.of(random.nextBoolean() ? stem + "-" + stamp + ".log" : path + "-" + stamp));
            List<ModelFile> old = dated.computeIfAbsent(path, p -> new ArrayList<>());
            old.add(file);
            if (old.size() > KEPT) {
                dropRotated(old.remove(0));
            }
        }
    }

    private void writeToRotated(Path path) throws IOException {
        for (ModelFile file : rotated(path)) {
            if (file.isOpen() && random.nextBoolean()) {
                note("late lines to " + file.path.getFileName());
                file.writeLines(1 + random.nextInt(3));
                return;
            }
        }
    }

    private List<ModelFile> rotated(Path path) {
        List<ModelFile> all = new ArrayList<>(chain(path));
        all.addAll(dated.getOrDefault(path, List.of()));
        return all;
    }

    private void compress(Path path) throws IOException {
        for (ModelFile file : rotated(path)) {
            if (file.isOpen() && random.nextBoolean()) {
                if (agent.isRunning()) {
                    awaitDelivered();
                }
                note("compress " + file.path.getFileName());
                if (file.size() < 2 * TELLING_BYTES) {
                    file.content.forEach(line -> line.mayRepeat = true);
                }
                file.compress();
                return;
            }
        }
    }

    private void delete(Path path) throws IOException {
        ModelFile file = live.remove(path);
        if (file != null) {
            boolean held = isHeld(file);
            note("delete " + path.getFileName() + (held ? " (open)" : ""));
            takeAway(file, held);
            file.delete();
        }
    }

    /** Whether the agent must have the file open: it has delivered a line of it in this life. */
    private boolean isHeld(ModelFile file) {
        return agent.isRunning() && file.content.stream().anyMatch(line -> agent.hasDeliveredInThisLife(line.text));
    }

    private void takeAway(ModelFile file, boolean held) {
        if (held) {
            unlinked.add(file);
        } else {
            giveUp(file.content);
        }
    }

    private void giveUp(Collection<Line> lines) {
        lines.stream().filter(line -> !agent.sink().has(line.text)).forEach(line -> line.required = false);
    }

    /** {@code current.log} is a link to one file after the other. */
    private void switchLink() throws IOException {
        Path link = logs.resolve("current.log");
        Path target = logs.resolveSibling("targets").resolve("current-" + ++names + ".txt");
        ModelFile old = live.remove(link);
        note("switch link to " + target.getFileName());
        ModelFile next = files.create(target);
        next.writeLines(random.nextInt(20));
        boolean held = old != null && isHeld(old);
        Path made = logs.resolveSibling("targets").resolve("link");
        Files.createSymbolicLink(made, target);
        Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
        if (old != null) {
            takeAway(old, held);
            old.abandonUnfinished();
        }
        live.put(link, next);
    }

    private void endOrStart() throws Exception {
        if (!agent.isRunning()) {
            start();
        } else if (agent.end()) {
            note("kill");
            stopped();
            files.lines().stream().filter(line -> !line.settled).forEach(line -> line.mayRepeat = true);
        } else {
            note("stop");
            stopped();
            files.lines().stream().filter(line -> agent.sink().has(line.text)).forEach(line -> line.settled = true);
        }
    }

    private void stopped() {
        unlinked.forEach(file -> giveUp(file.content));
        unlinked.clear();
    }

    private void start() throws Exception {
        note("start");
        agent.start();
    }

    private void pauseAWhile() {
        int millis = random.nextInt(8) == 0 ? 1200 : random.nextInt(30);
        note("pause " + millis);
        pause(millis);
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    private void copyAndTruncate(Path path) throws IOException {
        ModelFile file = live.get(path);
        if (file != null) {
            note("copytruncate " + path.getFileName() + " of " + file.size());
            if (file.size() < 2 * TELLING_BYTES || (agent.isRunning() && !isHeld(file))) {
                file.content.forEach(line -> line.mayRepeat = true);
            }
            shift(path);
            ModelFile copy = files.create(logs.resolveSibling("backup").resolve("copying"));
            copy.close();
            Files.delete(copy.path);
            copy.path = numbered(path, 1);
            copy.content = file.content;
            Files.copy(path, copy.path);
            chain(path).addFirst(copy);
            if (random.nextBoolean()) {
                pause(random.nextInt(30));
            }
            file.truncate();
        }
    }

    private void copyElsewhereAndTruncate(Path path) throws Exception {
        ModelFile file = live.get(path);
        if (file != null) {
            boolean waited = awaitSometimes();
            note("copytruncate elsewhere " + path.getFileName() + (waited ? " after delivery" : ""));
            Files.copy(path, logs.resolveSibling("backup").resolve("copy-" + ++names));
            giveUp(file.content);
            file.truncate();
        }
    }

    private void rewriteLarger(Path path) throws Exception {
        ModelFile file = live.get(path);
        if (file != null) {
            boolean waited = awaitSometimes();
            note("rewrite " + path.getFileName() + (waited ? " after delivery" : ""));
            giveUp(file.content);
            long size = file.size();
            file.truncate();
            while (file.size() <= size) {
                file.writeLines(10);
            }
        }
    }

    private boolean awaitSometimes() {
        boolean waits = agent.isRunning() && random.nextBoolean();
        if (waits) {
            awaitDelivered();
        }
        return waits;
    }

    private void awaitDelivered() {
        if (!agent.isRunning()) {
            return;
        }
        note("await delivery");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable Line missing = verdict.firstMissing();
        while (missing != null) {
            agent.assertHealthy();
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not delivered in time: " + missing.text + ", one of " + verdict.countMissing()
                        + "; unknown: " + verdict.unknown());
            }
            pause(3);
            missing = verdict.firstMissing();
        }
    }

    private void closeAll() throws IOException {
        List<ModelFile> all = new ArrayList<>(live.values());
        chains.values().forEach(all::addAll);
        dated.values().forEach(all::addAll);
        for (ModelFile file : all) {
            file.close();
        }
    }
}
