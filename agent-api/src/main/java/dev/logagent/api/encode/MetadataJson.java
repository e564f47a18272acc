package dev.logagent.api.encode;

import dev.logagent.api.LineRun;
import dev.logagent.api.ParsedLines;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code metadata} of the lines of one run: what they have in common is encoded once. Immutable. */
final class MetadataJson {

    private final @Nullable ParsedLines parsed;
    private final byte[] common;
    private final byte[][] commonNames;

    /** @param tagged whether the tags of the source belong to it */
    MetadataJson(LineRun run, boolean tagged) {
        parsed = run.parsed();
        Map<String, String> members = new LinkedHashMap<>(tagged ? run.source().tags() : Map.of());
        if (parsed != null) {
            parsed.origin().metadata().forEach(members::putIfAbsent);
        }
        JsonBuffer out = new JsonBuffer(64);
        commonNames = new byte[members.size()][];
        int count = 0;
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (count > 0) {
                out.raw(',');
            }
            int start = out.length() + 1;
            out.string(member.getKey());
            commonNames[count++] = Arrays.copyOfRange(out.array(), start, out.length() - 1);
            out.raw(':').string(member.getValue());
        }
        common = out.toByteArray();
    }

    /** Appends the members of the line, without braces. */
    void write(LineRun run, int line, JsonBuffer out) {
        out.raw(common);
        if (parsed != null) {
            boolean[] first = {common.length == 0};
            parsed.visitFields(run, line, (names, nameStart, nameEnd, bytes, start, end, isJson) -> {
                if (isCommon(names, nameStart, nameEnd)) {
                    return;
                }
                if (!first[0]) {
                    out.raw(',');
                }
                first[0] = false;
                out.raw('"').raw(names, nameStart, nameEnd).raw('"').raw(':');
                if (isJson) {
                    out.raw(bytes, start, end);
                } else {
                    out.raw('"').escaped(bytes, start, end).raw('"');
                }
            });
        }
    }

    private boolean isCommon(byte[] names, int start, int end) {
        for (byte[] name : commonNames) {
            if (Arrays.equals(name, 0, name.length, names, start, end)) {
                return true;
            }
        }
        return false;
    }
}
