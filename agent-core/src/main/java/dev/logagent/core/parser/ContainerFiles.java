package dev.logagent.core.parser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.logagent.api.Field;
import dev.logagent.api.FileOrigin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What container runtimes keep in files about the container that a log is of: its name, its image, its labels. Where these
 * files are not there or may not be read, the path has to do.
 */
final class ContainerFiles {

    /** More is no description of a container. */
    private static final long LONGEST_BYTES = 8 << 20;

    private static final int MOST_LABELS = 16;

    private static final String LABELS = "Config/Labels/";
    private static final String KUBERNETES = "io.kubernetes.";
    private static final String COMPOSE_SERVICE = "com.docker.compose.service";

    /** Labels of tools about themselves. */
    private static final List<String> NOBODYS =
            List.of(KUBERNETES, "com.docker.", "desktop.docker.", "org.opencontainers.");

    private static final Map<String, Field> OF_KUBERNETES = Map.of(
            "io.kubernetes.container.name", Field.CONTAINER,
            "io.kubernetes.pod.name", Field.POD,
            "io.kubernetes.pod.namespace", Field.NAMESPACE,
            "io.kubernetes.pod.uid", Field.POD_UID);

    private final Path log;
    private final Map<String, String> metadata;
    private @Nullable String service;

    private ContainerFiles(Path log, FileOrigin known) {
        this.log = log;
        this.metadata = new LinkedHashMap<>(known.metadata());
        this.service = known.service();
    }

    /** What the path says, with what the files of the container add. */
    static FileOrigin complete(String path, FileOrigin known) {
        boolean isPod = known.metadata().containsKey(Field.POD.key());
        String id = known.metadata().get(Field.CONTAINER_ID.key());
        if (!isPod && id == null) {
            return known;
        }
        ContainerFiles files = new ContainerFiles(Path.of(path), known);
        if (isPod) {
            files.ofPod(id);
        } else if (path.endsWith(".log") && path.contains("overlay-containers/")) {
            files.ofPodman(String.valueOf(id));
        } else {
            files.ofDocker();
        }
        return new FileOrigin(files.service, known.component(), files.metadata);
    }

    /** {@code config.v2.json} beside the log. */
    private void ofDocker() {
        Map<String, String> facts = read(log.resolveSibling("config.v2.json"));
        String name = facts.get("Name");
        put(Field.CONTAINER, name == null ? null : name.replaceFirst("^/", ""));
        put(Field.IMAGE, facts.get("Config/Image"));
        OF_KUBERNETES.forEach((label, field) -> put(field, facts.get(LABELS + label)));
        labels(facts);
        service = facts.getOrDefault(LABELS + COMPOSE_SERVICE, metadata.get(Field.CONTAINER.key()));
    }

    private void labels(Map<String, String> facts) {
        int most = metadata.size() + MOST_LABELS;
        facts.forEach((key, value) -> {
            String label = key.startsWith(LABELS) ? key.substring(LABELS.length()) : "";
            boolean own = !label.isEmpty() && NOBODYS.stream().noneMatch(label::startsWith);
            if (own && metadata.size() < most) {
                metadata.put("label." + label, value);
            }
        });
    }

    /** {@code overlay-containers/containers.json} knows the containers of Podman; what was its image is JSON in a string. */
    private void ofPodman(String id) {
        Path folder = above(log, 3);
        Map<String, String> all = folder == null ? Map.of() : read(folder.resolve("containers.json"));
        for (Map.Entry<String, String> fact : all.entrySet()) {
            if (fact.getKey().endsWith("/id") && fact.getValue().equals(id)) {
                String prefix = fact.getKey().substring(0, fact.getKey().length() - "id".length());
                put(Field.CONTAINER, all.get(prefix + "names/0"));
                put(
                        Field.IMAGE,
                        parse(all.getOrDefault(prefix + "metadata", "{}")).get("image-name"));
            }
        }
        service = metadata.get(Field.CONTAINER.key());
    }

    /** Links in {@code /var/log/containers} tell the id of a pod's container, and with it containerd and CRI-O the image. */
    private void ofPod(@Nullable String known) {
        Path logs = log.getParent();
        while (logs != null && !logs.endsWith("pods") && !logs.endsWith("containers")) {
            logs = logs.getParent();
        }
        Path root = above(logs, 3);
        String id = known != null || root == null ? known : id(root.resolve("var/log/containers"));
        if (id == null || root == null) {
            return;
        }
        put(Field.CONTAINER_ID, id);
        String bundle = "run/containerd/io.containerd.runtime.v2.task/k8s.io/" + id + "/config.json";
        put(Field.IMAGE, read(root.resolve(bundle)).get("annotations/io.kubernetes.cri.image-name"));
        String userdata = "run/containers/storage/overlay-containers/" + id + "/userdata/config.json";
        put(Field.IMAGE, read(root.resolve(userdata)).get("annotations/io.kubernetes.cri-o.ImageName"));
    }

    /** {@code POD_NAMESPACE_CONTAINER-ID.log}; of a container that was started again, the one that leads to this log. */
    private @Nullable String id(Path links) {
        String start = metadata.get(Field.POD.key()) + "_" + metadata.get(Field.NAMESPACE.key()) + "_"
                + metadata.get(Field.CONTAINER.key()) + "-";
        String found = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(links)) {
            for (Path link : entries) {
                String name = link.getFileName().toString();
                // What follows the name of another container, which begins like this one's, is no id.
                if (name.startsWith(start) && name.endsWith(".log") && name.indexOf('-', start.length()) < 0) {
                    found = name.substring(start.length(), name.length() - ".log".length());
                    if (Files.exists(link) && Files.isSameFile(link, log)) {
                        return found;
                    }
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** So many folders above; null if there are not so many. */
    private static @Nullable Path above(@Nullable Path path, int levels) {
        Path folder = path;
        for (int level = 0; level < levels && folder != null; level++) {
            folder = folder.getParent();
        }
        return folder;
    }

    private void put(Field field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            metadata.put(field.key(), value);
        }
    }

    private static Map<String, String> read(Path file) {
        try {
            return Files.size(file) > LONGEST_BYTES ? Map.of() : parse(Files.readString(file));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** All strings of a document by their paths, such as {@code Config/Image} and {@code 0/names/0}; none if it is none. */
    private static Map<String, String> parse(String json) {
        Map<String, String> strings = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    String path = parser.getParsingContext()
                            .pathAsPointer()
                            .toString()
                            .substring(1);
                    strings.put(path.replace("~1", "/").replace("~0", "~"), parser.getText());
                }
            }
        } catch (IOException e) {
            return new HashMap<>();
        }
        return strings;
    }
}
