package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.Level;
import dev.logagent.api.ParsedLines;
import dev.logagent.api.encode.JsonText;
import org.jspecify.annotations.Nullable;

/** The journal's JSON export, {@code journalctl -o json}. Trusted fields of the system are named as elsewhere. */
final class JournalParser implements LineParser {

    private static final KeyTable<Field> FIELDS = fields();

    private static final String UNIT_SUFFIX = ".service";

    private static final int NO_RANK = Integer.MAX_VALUE;

    private static KeyTable<Field> fields() {
        KeyTable<Field> fields = new KeyTable<>();
        fields.put("_hostname", Field.HOSTNAME);
        fields.put("_pid", Field.PID);
        fields.put("_systemd_unit", Field.UNIT);
        fields.put("_boot_id", Field.BOOT_ID);
        fields.put("__cursor", Field.CURSOR);
        fields.put("_transport", Field.TRANSPORT);
        fields.put("_cmdline", Field.COMMAND);
        fields.put("tid", Field.TID);
        fields.put("code_func", Field.FUNCTION);
        fields.put("container_name", Field.CONTAINER);
        fields.put("container_id", Field.CONTAINER_ID);
        return fields;
    }

    /** Where the values are that have a place of their own. */
    private static final class Places {
        private int message = -1;
        private int messageEnd;
        private boolean isBinary;
        private int service = -1;
        private int serviceEnd;
        private int serviceRank = NO_RANK;
        private long time = ParsedLines.NO_TIME;
        private @Nullable Level level;
    }

    @Override
    public boolean parse(Line line) {
        byte[] bytes = line.bytes();
        int start = line.at();
        int end = line.end();
        Places places = new Places();
        if (!scan(line, places, null) || places.time == ParsedLines.NO_TIME) {
            return false;
        }
        if (places.message < 0) {
            line.again();
        } else {
            byte[] text = new byte[places.messageEnd - places.message];
            int textEnd = places.isBinary
                    ? JsonBytes.read(bytes, places.message, places.messageEnd, text)
                    : JsonText.unescape(bytes, places.message, places.messageEnd, text, 0);
            Content.parse(line, text, 0, textEnd, true);
        }
        line.look(bytes, start, end);
        line.found().time(places.time);
        // What a service prints is INFO to the journal, whatever it says itself.
        if (places.level != null && (places.level != Level.INFO || !line.found().hasLevel())) {
            line.found().level(places.level);
        }
        if (places.service >= 0 && !line.found().hasService()) {
            line.found().service(bytes, places.service, places.serviceEnd, true);
        }
        scan(line, places, line);
        return true;
    }

    /** Looks at all members, and puts them into a line unless that is null. Gives whether they are JSON. */
    private static boolean scan(Line line, Places places, @Nullable Line into) {
        byte[] bytes = line.bytes();
        int end = line.end();
        int at = line.at();
        if (line.peek(0) != '{' || JsonScanner.value(bytes, at, end) != end) {
            return false;
        }
        at = JsonScanner.skipSpace(bytes, at + 1, end);
        while (at < end && bytes[at] == '"') {
            int key = at + 1;
            int keyEnd = JsonScanner.string(bytes, at, end) - 1;
            int value = JsonScanner.skipSpace(bytes, JsonScanner.skipSpace(bytes, keyEnd + 1, end) + 1, end);
            int valueEnd = JsonScanner.value(bytes, value, end);
            boolean isText = bytes[value] == '"';
            boolean isPlaced = isText
                    ? place(places, bytes, key, keyEnd, value + 1, valueEnd - 1)
                    : placeBinary(places, bytes, key, keyEnd, value, valueEnd);
            if (into != null && !isPlaced) {
                put(into, bytes, key, keyEnd, value, valueEnd, isText);
            }
            at = JsonScanner.skipSpace(bytes, valueEnd, end);
            at = at < end && bytes[at] == ',' ? JsonScanner.skipSpace(bytes, at + 1, end) : end;
        }
        return true;
    }

    private static boolean place(Places places, byte[] bytes, int key, int keyEnd, int value, int valueEnd) {
        if (is(bytes, key, keyEnd, "MESSAGE")) {
            places.message = value;
            places.messageEnd = valueEnd;
        } else if (is(bytes, key, keyEnd, "PRIORITY") && valueEnd == value + 1) {
            places.level = Level.ofSeverity(bytes[value] - '0');
        } else if (is(bytes, key, keyEnd, "__REALTIME_TIMESTAMP")) {
            places.time = Structured.epochMillis(bytes, value, valueEnd);
        } else if (is(bytes, key, keyEnd, "SYSLOG_IDENTIFIER")) {
            service(places, 0, value, valueEnd);
        } else {
            // These go into the metadata as well.
            if (is(bytes, key, keyEnd, "_SYSTEMD_UNIT")) {
                service(places, 1, value, withoutSuffix(bytes, value, valueEnd));
            } else if (is(bytes, key, keyEnd, "_COMM")) {
                service(places, 2, value, valueEnd);
            }
            return false;
        }
        return true;
    }

    /** The one with the least rank tells best whose the entry is. */
    private static void service(Places places, int rank, int value, int valueEnd) {
        if (rank < places.serviceRank && value < valueEnd) {
            places.serviceRank = rank;
            places.service = value;
            places.serviceEnd = valueEnd;
        }
    }

    private static int withoutSuffix(byte[] bytes, int from, int to) {
        int start = to - UNIT_SUFFIX.length();
        return start > from && Bytes.startWith(bytes, start, to, UNIT_SUFFIX) ? start : to;
    }

    /** What is not UTF-8, the journal gives as an array of its bytes. */
    private static boolean placeBinary(Places places, byte[] bytes, int key, int keyEnd, int value, int valueEnd) {
        if (!is(bytes, key, keyEnd, "MESSAGE") || !JsonBytes.are(bytes, value, valueEnd)) {
            return false;
        }
        places.message = value;
        places.messageEnd = valueEnd;
        places.isBinary = true;
        return true;
    }

    private static void put(Line line, byte[] bytes, int key, int keyEnd, int value, int valueEnd, boolean isText) {
        Field field = FIELDS.get(bytes, key, keyEnd);
        if (JsonBytes.are(bytes, value, valueEnd)) {
            byte[] text = new byte[valueEnd - value];
            line.found().text(bytes, key, keyEnd, text, 0, JsonBytes.read(bytes, value, valueEnd, text));
        } else if (field == null) {
            line.found().json(bytes, key, keyEnd, bytes, value, valueEnd);
        } else if (isText && field == Field.PID) {
            line.found().number(field, bytes, value + 1, valueEnd - 1);
        } else {
            line.found().json(field, bytes, value, valueEnd);
        }
    }

    private static boolean is(byte[] bytes, int from, int to, String key) {
        return to - from == key.length() && Bytes.startWith(bytes, from, to, key);
    }
}
