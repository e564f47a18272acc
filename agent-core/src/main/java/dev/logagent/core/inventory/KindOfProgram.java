package dev.logagent.core.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kind of program writes a log, in a word: by the service where it is a known one, else by the format of the lines. */
final class KindOfProgram {

    private static final Map<String, String> BY_SERVICE = Map.ofEntries(
            Map.entry("nginx", "web"),
            Map.entry("apache", "web"),
            Map.entry("postgresql", "database"),
            Map.entry("mysql", "database"),
            Map.entry("mariadb", "database"),
            Map.entry("mongodb", "database"),
            Map.entry("redis", "database"),
            Map.entry("rabbitmq", "messaging"),
            Map.entry("kafka", "messaging"),
            Map.entry("apt", "packages"),
            Map.entry("dpkg", "packages"),
            Map.entry("unattended-upgrades", "packages"),
            Map.entry("kernel", "kernel"));

    private static final Map<String, String> BY_PARSER = Map.ofEntries(
            Map.entry("docker", "container"),
            Map.entry("cri", "container"),
            Map.entry("access", "web"),
            Map.entry("nginx", "web"),
            Map.entry("apache", "web"),
            Map.entry("rabbitmq", "messaging"),
            Map.entry("postgresql", "database"),
            Map.entry("auth", "security"),
            Map.entry("syslog", "system"),
            Map.entry("kernel", "kernel"),
            Map.entry("dpkg", "packages"),
            Map.entry("json", "application"),
            Map.entry("java", "application"),
            Map.entry("python", "application"),
            Map.entry("go", "application"),
            Map.entry("logfmt", "application"));

    private KindOfProgram() {}

    static String of(String parser, @Nullable String service) {
        String container = parser.equals("docker") || parser.equals("cri") ? "container" : null;
        if (container != null) {
            return container;
        }
        String known = service == null ? null : BY_SERVICE.get(service);
        return known != null ? known : BY_PARSER.getOrDefault(parser, "text");
    }
}
