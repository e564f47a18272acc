package dev.logagent.core.redaction;

import dev.logagent.core.config.RedactionConfig;
import dev.logagent.core.config.RedactionConfig.Preset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules that hold everywhere. */
final class Rules {

    private Rules() {}

    static RedactionConfig preset(Preset preset, String replacement) {
        return rule(preset.name().toLowerCase(Locale.ROOT), preset, null, replacement);
    }

    static RedactionConfig pattern(String pattern, String replacement) {
        return rule("own", null, pattern, replacement);
    }

    private static RedactionConfig rule(
            String name, @Nullable Preset preset, @Nullable String pattern, String replacement) {
        return new RedactionConfig(name, preset, pattern, replacement, Set.of(), Set.of(), Set.of(), Set.of(), false);
    }

    /** What the rule makes of a line. */
    static String apply(RedactionConfig rule, String line) {
        return new String(apply(rule, line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** What the rule makes of a line that stands between others. */
    static byte[] apply(RedactionConfig rule, byte[] line) {
        byte[] before = "1password=4111".getBytes(StandardCharsets.UTF_8);
        byte[] block = new byte[line.length + 2 * before.length];
        System.arraycopy(before, 0, block, 0, before.length);
        System.arraycopy(line, 0, block, before.length, line.length);
        System.arraycopy(before, 0, block, before.length + line.length, before.length);
        byte[] redacted = new Rule(rule).redacted(block, before.length, before.length + line.length);
        return redacted == null ? line : redacted;
    }
}
