package dev.logagent.dist.config;

import dev.logagent.api.option.Interpolated;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything on disk that a configuration depends on: its files, the files that it puts in, certificates and keys, and the
 * folders of included files. Immutable.
 */
public final class ConfigInputs {

    private static final List<String> CERTIFICATE_KEYS =
            List.of(SourceTable.TLS_CERT, SourceTable.TLS_KEY, SourceTable.TLS_CA);
    private static final String NOTHING = "";
    private static final int LONGEST_PATH = 4096;
    private static final long LARGEST = 4L << 20;

    private final Set<Path> paths;
    private final Set<Path> putIn;
    private final Set<Path> certificates;

    private ConfigInputs(Set<Path> paths, Set<Path> putIn, Set<Path> certificates) {
        this.paths = Set.copyOf(paths);
        this.putIn = Set.copyOf(putIn);
        this.certificates = Set.copyOf(certificates);
    }

    /** What a configuration that was read depends on, whatever is wrong with it. */
    static ConfigInputs of(ConfigReader reader, Surroundings surroundings) {
        Set<Path> paths = new LinkedHashSet<>(reader.files());
        paths.addAll(reader.includeFolders());
        Set<Path> putIn = new LinkedHashSet<>(reader.putIn());
        addCertificates(reader.tree().values().get(ConfigTables.SOURCES), surroundings, putIn);
        putIn.removeAll(paths);
        Set<Path> named = new LinkedHashSet<>();
        reader.tree().values().forEach((key, value) -> {
            // The files of sources are what is read, not what is configured.
            if (!key.equals(ConfigTables.SOURCES) && !key.equals(ConfigTables.GLOBAL)) {
                addFiles(value, surroundings, named);
            }
        });
        named.removeAll(paths);
        named.removeAll(putIn);
        return new ConfigInputs(paths, putIn, named);
    }

    /** What sources show to those who send to them. */
    private static void addCertificates(@Nullable Object sources, Surroundings surroundings, Set<Path> paths) {
        if (sources instanceof List<?> list) {
            for (Object source : list) {
                if (source instanceof Map<?, ?> table) {
                    CERTIFICATE_KEYS.forEach(key -> addFiles(table.get(key), surroundings, paths));
                }
            }
        }
    }

    /** Any text that is the name of a file: which options of a transport are, only the transport knows. */
    private static void addFiles(@Nullable Object value, Surroundings surroundings, Set<Path> paths) {
        if (value instanceof Map<?, ?> table) {
            table.values().forEach(each -> addFiles(each, surroundings, paths));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> addFiles(each, surroundings, paths));
        } else {
            String text = value instanceof Interpolated put ? put.text() : value instanceof String plain ? plain : "";
            if (text.isEmpty() || text.length() > LONGEST_PATH) {
                return;
            }
            try {
                Path path = surroundings.absolute(text);
                if (Files.isRegularFile(path)) {
                    paths.add(path);
                }
            } catch (InvalidPathException e) {
                return; // a text like any other
            }
        }
    }

    /** What they hold now: the same as before if nothing has changed. */
    public Map<Path, String> contents() {
        Map<Path, String> contents = certificates();
        putIn.forEach(path -> contents.put(path, digest(path)));
        paths.forEach(path -> contents.put(path, Files.isDirectory(path) ? names(path) : digest(path)));
        return contents;
    }

    /** What the files hold that the configuration only names: certificates and keys. */
    public Map<Path, String> certificates() {
        Map<Path, String> contents = new TreeMap<>();
        certificates.forEach(path -> contents.put(path, digest(path)));
        return contents;
    }

    /** Whether what {@link #contents} gave twice differs, but in secrets, certificates and keys alone. */
    public boolean areOnlyCredentialsChanged(Map<Path, String> before, Map<Path, String> now) {
        return !now.equals(before) && paths.stream().allMatch(path -> Objects.equals(before.get(path), now.get(path)));
    }

    private static String names(Path folder) {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return String.join("/", names);
        } catch (IOException | DirectoryIteratorException e) {
            return NOTHING;
        }
    }

    private static String digest(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return NOTHING;
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            return NOTHING;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
