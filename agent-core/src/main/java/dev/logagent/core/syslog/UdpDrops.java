package dev.logagent.core.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How many datagrams the system has dropped for one socket, where it tells: Linux does. Confined to one thread. */
final class UdpDrops {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private final String local;
    private long known;

    UdpDrops(InetSocketAddress local) {
        this.local = hex(local);
        this.known = total();
    }

    /** How many have been dropped since the last call. */
    long more() {
        long total = total();
        long more = Math.max(0, total - known);
        known = total;
        return more;
    }

    private long total() {
        long total = 0;
        for (Path table : TABLES) {
            try {
                for (String row : Files.readAllLines(table)) {
                    String[] columns = row.strip().split("\\s+", -1);
                    if (columns.length > 2 && columns[1].equals(local)) {
                        total += Long.parseLong(columns[columns.length - 1]);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                return known; // not Linux, or a column that is none
            }
        }
        return total;
    }

    /** An address as the tables have it: words of four bytes, in the order that the processor likes. */
    static String hex(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        byte[] bytes = address.getAddress();
        StringBuilder hex = new StringBuilder();
        for (int word = 0; word < bytes.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                hex.append(String.format(Locale.ROOT, "%02X", bytes[word + i] & 0xff));
            }
        }
        return hex + String.format(Locale.ROOT, ":%04X", socket.getPort());
    }
}
