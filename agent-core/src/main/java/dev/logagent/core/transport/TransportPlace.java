package dev.logagent.core.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Jars that share a class loader.
 *
 * @param path the folder that holds the jars, or the single jar
 * @param jars the jars, sorted by name; at least one
 */
record TransportPlace(Path path, List<Path> jars) {

    TransportPlace {
        jars = List.copyOf(jars);
    }

    /** The last name of the path, for thread dumps and stack traces. */
    String label() {
        return String.valueOf(path.getFileName());
    }

    /**
     * A new loader of these jars.
     *
     * @throws IOException if a jar cannot be read: a {@code URLClassLoader} would pass over it in silence
     */
    TransportClassLoader open() throws IOException {
        for (Path jar : jars) {
            try (ZipFile archive = new ZipFile(jar.toFile())) {
                if (archive.size() == 0) {
                    throw new IOException(jar + " is empty");
                }
            } catch (IOException e) {
                throw new IOException(jar + " cannot be read as a jar (" + e.getMessage() + "): copy it again", e);
            }
        }
        return new TransportClassLoader(label(), jars, TransportPlace.class.getClassLoader());
    }
}
