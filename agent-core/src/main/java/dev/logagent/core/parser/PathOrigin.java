package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.FileOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a path says about the lines in the file: whose they are. */
final class PathOrigin {

    /** Names of programs by what stands in the paths of their logs. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("apache2", "apache"),
            Map.entry("httpd", "apache"),
            Map.entry("dpkg.log", "dpkg"),
            Map.entry("alternatives.log", "dpkg"),
            Map.entry("kern.log", "kernel"),
            Map.entry("dmesg", "kernel"));

    /** Folders of logs that are nobody's in particular. */
    private static final Set<String> COMMON =
            Set.of("log", "logs", "journal", "private", "remote", "containers", "pods");

    private static final int DOCKER_ID = 64;

    private PathOrigin() {}

    static FileOrigin of(String path) {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.get(0).equals("syslog") && parts.size() == 3) {
            Map<String, String> metadata = new LinkedHashMap<>();
            metadata.put(Field.TRANSPORT.key(), parts.get(1));
            metadata.put(Field.PEER.key(), parts.get(2));
            return new FileOrigin(null, metadata);
        }
        String file = parts.get(parts.size() - 1);
        FileOrigin pod = pod(parts, file);
        if (pod != null) {
            return pod;
        }
        int json = file.indexOf("-json.log");
        if (json == DOCKER_ID) {
            return new FileOrigin(null, Map.of(Field.CONTAINER_ID.key(), file.substring(0, json)));
        }
        String podman = podman(parts, file);
        if (podman != null) {
            return new FileOrigin(null, Map.of(Field.CONTAINER_ID.key(), podman));
        }
        String service = service(parts, file);
        return new FileOrigin(service, service == null ? null : component(service, parts), Map.of());
    }

    /** The part of a service that has a log of its own: {@code access} of nginx; null if the name says no more than the service's. */
    private static @Nullable String component(String service, List<String> parts) {
        String stem = Origins.stem(parts.get(parts.size() - 1));
        for (String name : List.of(service, parts.get(parts.size() - 2))) {
            if (stem.equals(name)) {
                return null;
            }
            if (stem.startsWith(name + "-") || stem.startsWith(name + "_") || stem.startsWith(name + ".")) {
                return stem.substring(name.length() + 1);
            }
        }
        return stem;
    }

    /**
     * {@code /var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log}, and the links to these,
     * {@code /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log}.
     */
    private static @Nullable FileOrigin pod(List<String> parts, String file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        int pods = parts.indexOf("pods");
        if (pods >= 0 && parts.size() == pods + 4) {
            String[] names = parts.get(pods + 1).split("_");
            if (names.length == 3) {
                metadata.put(Field.NAMESPACE.key(), names[0]);
                metadata.put(Field.POD.key(), names[1]);
                metadata.put(Field.POD_UID.key(), names[2]);
                metadata.put(Field.CONTAINER.key(), parts.get(pods + 2));
                return new FileOrigin(parts.get(pods + 2), metadata);
            }
        }
        String[] names = file.split("_");
        int id = file.length() - DOCKER_ID - ".log".length();
        if (parts.contains("containers") && names.length == 3 && id > 0 && file.charAt(id - 1) == '-') {
            String container = names[2].substring(0, names[2].length() - DOCKER_ID - 1 - ".log".length());
            metadata.put(Field.NAMESPACE.key(), names[1]);
            metadata.put(Field.POD.key(), names[0]);
            metadata.put(Field.CONTAINER.key(), container);
            metadata.put(Field.CONTAINER_ID.key(), file.substring(id, id + DOCKER_ID));
            return new FileOrigin(container, metadata);
        }
        return null;
    }

    /** The folder of one container; Podman calls the log {@code ctr.log}. */
    private static @Nullable String podman(List<String> parts, String file) {
        int id = parts.indexOf("overlay-containers") + 1;
        boolean isLog = file.startsWith("ctr.log") && id > 0 && id < parts.size() - 1;
        return isLog && parts.get(id).length() == DOCKER_ID ? parts.get(id) : null;
    }

    /** {@code /var/log/NAME/…}, {@code /opt/NAME/…}, {@code …/NAME/logs/…}, and files that everybody knows. */
    private static @Nullable String service(List<String> parts, String file) {
        for (String name : SERVICES.keySet()) {
            if (file.startsWith(name)) {
                return SERVICES.get(name);
            }
        }
        String folder = null;
        int log = parts.indexOf("log");
        if (log > 0 && parts.get(log - 1).equals("var") && log + 2 < parts.size()) {
            folder = parts.get(log + 1);
        } else if (parts.size() > 3
                && (parts.get(1).equals("opt") || parts.get(1).equals("srv"))) {
            folder = parts.get(2);
        } else if (parts.indexOf("logs") > 0) {
            folder = parts.get(parts.indexOf("logs") - 1);
        }
        return folder == null || folder.isEmpty() || COMMON.contains(folder)
                ? null
                : SERVICES.getOrDefault(folder, folder);
    }
}
