package dev.logagent.dist.program;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code log-agent receive} on a free port. */
final class RunningReceiver implements AutoCloseable {

    private static final Pattern DATA = Pattern.compile("\"data\":\"([^\"]*)\"");

    private final PackagedProgram program;
    private final Process process;
    private final Path store;

    RunningReceiver(Path folder) throws Exception {
        program = new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), folder);
        store = folder.resolve("received.jsonl");
        process = program.start("receive", "--listen", "127.0.0.1:0", "--store", store.toString());
        await().until(() -> program.out().contains("/, counters"));
    }

    String url() throws Exception {
        return program.out().substring("listening on ".length(), program.out().indexOf("/, counters"));
    }

    /** The lines that arrived, in order. */
    List<String> texts() throws Exception {
        List<String> texts = new ArrayList<>();
        for (String event : Files.readAllLines(store)) {
            Matcher data = DATA.matcher(event);
            if (data.find()) {
                texts.add(data.group(1));
            }
        }
        return texts;
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(30, TimeUnit.SECONDS).until(() -> !process.isAlive());
    }
}
