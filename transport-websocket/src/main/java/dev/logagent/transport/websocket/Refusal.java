package dev.logagent.transport.websocket;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer to the handshake that is no connection.
 *
 * @param after what {@code Retry-After} says in seconds, or null
 */
record Refusal(int status, String phrase, @Nullable Duration after) {

    private static final int SWITCHING_PROTOCOLS = 101;

    /**
     * Reads the head of an HTTP response.
     *
     * @return null if the response does not refuse, or is none
     */
    static @Nullable Refusal in(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] status = lines[0].split(" ", 3);
        if (status.length < 2 || !status[1].matches("[1-9][0-9][0-9]")) {
            return null;
        }
        int code = Integer.parseInt(status[1]);
        if (code == SWITCHING_PROTOCOLS) {
            return null;
        }
        Duration after = null;
        for (String line : lines) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (line.toLowerCase(Locale.ROOT).startsWith("retry-after:") && value.matches("[0-9]{1,9}")) {
                after = Duration.ofSeconds(Long.parseLong(value));
            }
        }
        boolean tooLong = after != null && after.compareTo(Answer.LONGEST_WAIT) > 0;
        return new Refusal(code, status.length > 2 ? status[2] : "", tooLong ? Answer.LONGEST_WAIT : after);
    }
}
