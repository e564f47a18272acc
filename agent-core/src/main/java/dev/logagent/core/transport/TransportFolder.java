package dev.logagent.core.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder in which transports lie: each sub-folder with jars is one, each jar directly in it another. */
final class TransportFolder {

    private TransportFolder() {}

    /**
     * The places in the folder, sorted by name. Opens no jar.
     *
     * @param warnings gets a sentence for each thing that was left out, with the reason
     */
    static List<TransportPlace> scan(Path folder, Consumer<String> warnings) {
        if (!Files.isDirectory(folder)) {
            warnings.accept(
                    "the transport folder " + folder + (Files.exists(folder) ? " is no folder" : " is missing"));
            return List.of();
        }
        if (isRefused(folder, warnings)) {
            return List.of();
        }
        List<TransportPlace> places = new ArrayList<>();
        for (Path entry : entries(folder, warnings)) {
            if (Files.isDirectory(entry)) {
                if (!isRefused(entry, warnings)) {
                    addPlace(entry, entries(entry, warnings), places, warnings);
                }
            } else if (isJar(entry)) {
                addPlace(entry, List.of(entry), places, warnings);
            }
        }
        return places;
    }

    private static void addPlace(
            Path path, List<Path> candidates, List<TransportPlace> places, Consumer<String> warnings) {
        List<Path> jars = candidates.stream().filter(TransportFolder::isJar).toList();
        if (jars.isEmpty()) {
            warnings.accept("the transport folder " + path + " holds no jar");
        } else if (jars.stream().noneMatch(jar -> isRefused(jar, warnings))) {
            places.add(new TransportPlace(path, jars));
        }
    }

    private static List<Path> entries(Path folder, Consumer<String> warnings) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            warnings.accept("the transport folder " + folder + " cannot be listed: " + e.getMessage());
            return List.of();
        }
    }

    private static boolean isJar(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".jar") && !Files.isDirectory(path);
    }

    /** What everybody may change, everybody may use to run code as the agent's user. */
    private static boolean isRefused(Path path, Consumer<String> warnings) {
        try {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                return false;
            }
            warnings.accept(
                    path + " is not used, since every user of this host can change it: run chmod o-w '" + path + "'");
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            warnings.accept(path + " is not used, since its permissions cannot be read: " + e.getMessage());
        }
        return true;
    }
}
