package dev.logagent.core;

import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.checkpoint.CheckpointStore;
import dev.logagent.core.checkpoint.CheckpointStore.Loaded;
import dev.logagent.core.detector.Rewind;
import dev.logagent.core.events.AgentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes a file back in the saved positions of an output that nobody uses at the moment. */
public final class PositionsRewind {

    private PositionsRewind() {}

    /**
     * One position that was changed.
     *
     * @param from the offset at which reading would have gone on, in bytes
     * @param to the offset at which it goes on now
     */
    public record Rewound(String output, String source, Path file, long from, long to) {}

    /**
     * Takes a file back for all sources that read it; nothing changes if that is not possible for one of them.
     *
     * @param folder where the output's state is kept
     * @param file absolute, as it was seen last
     * @param offset where to go on, in bytes; the line there is sent whole
     * @return what was changed; nothing if the output does not know the file
     * @throws IOException if it is not possible, with a message for the user
     */
    public static List<Rewound> rewind(String output, Path folder, Path file, long offset, AgentEvents events)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        if (CheckpointStore.peek(folder).damaged()) {
            throw new IOException("the checkpoint in " + folder
                    + " is damaged: start the agent once, which repairs what can be repaired, then stop it and"
                    + " try again");
        }
        try (CheckpointStore store = new CheckpointStore(folder, events)) {
            Loaded loaded = store.load();
            List<Rewound> rewound = new ArrayList<>();
            for (FilePosition position : newestOfEachSource(file, loaded.positions())) {
                FilePosition back = Rewind.to(position, offset);
                loaded.positions().replace(back);
                rewound.add(new Rewound(output, position.source(), file, offsetOf(position), offsetOf(back)));
            }
            if (!rewound.isEmpty()) {
                store.save(loaded.positions());
            }
            return rewound;
        }
    }

    private static long offsetOf(FilePosition position) {
        return position.acks().position().offset();
    }

    /** Of a file that was truncated, only the present contents can be sent again. */
    private static List<FilePosition> newestOfEachSource(Path file, Positions positions) {
        String path = file.toAbsolutePath().normalize().toString();
        List<FilePosition> all = positions.all().stream()
                .filter(position -> position.sighting().path().equals(path))
                .sorted(Comparator.comparingLong(
                                (FilePosition position) -> position.sighting().seenMillis())
                        .thenComparingInt(FilePosition::generation)
                        .reversed())
                .toList();
        return all.stream()
                .filter(position -> all.stream()
                                .filter(other -> other.source().equals(position.source()))
                                .findFirst()
                                .orElse(position)
                        == position)
                .toList();
    }
}
