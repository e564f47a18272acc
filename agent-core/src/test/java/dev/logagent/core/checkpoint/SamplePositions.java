package dev.logagent.core.checkpoint;

import dev.logagent.core.ack.AckTracker.Position;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.ack.FilePosition.Sighting;
import dev.logagent.core.ack.Positions;
import dev.logagent.core.discovery.Fingerprint;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Positions to write and read. */
final class SamplePositions {

    private SamplePositions() {}

    static Positions of(Random random, int files) {
        Positions positions = new Positions();
        for (int i = 0; i < files; i++) {
            String source = "source-" + random.nextInt(3);
            positions.add(file(random, source, "/var/log/app-" + i + ".log"));
            positions.markStarted(source, random.nextInt(1000));
            if (random.nextBoolean()) {
                positions.markScanned(source, 1000 + random.nextInt(1000));
            }
        }
        return positions;
    }

    static FilePosition file(Random random, String source, String path) {
        Sighting sighting = new Sighting(
                path,
                "(dev=fe00,ino=" + random.nextInt() + ")",
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? random.nextLong() : Sighting.UNSEALED,
                fingerprint(random),
                System.currentTimeMillis());
        return new FilePosition(
                source,
                random.nextLong(),
                random.nextInt(5),
                sighting,
                new Position(random.nextLong() >>> 1, fingerprint(random)));
    }

    private static Fingerprint fingerprint(Random random) {
        return new Fingerprint(random.nextInt(1024), random.nextLong());
    }

    /** Everything in them, comparable. */
    static Set<String> describe(Positions positions) {
        Set<String> all = new TreeSet<>();
        positions.sources().forEach(source -> all.add(source.toString()));
        for (FilePosition file : positions.all()) {
            all.add(String.join(
                    " ",
                    file.source(),
                    Long.toHexString(file.lineage()),
                    Integer.toString(file.generation()),
                    file.sighting().toString(),
                    file.acks().position().toString()));
        }
        return all;
    }
}
