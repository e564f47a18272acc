package dev.logagent.dist.receive;

/**
 * One event as it arrived.
 *
 * @param source the name of its source, empty if it has none
 * @param time its time as sent, empty if it has none
 * @param level its level as sent, empty if it has none
 * @param text the line
 * @param json all that is known about it, as one JSON object on one line
 */
record ReceivedEvent(String source, String time, String level, String text, String json) {

    /** The event for a terminal: control characters, which could command it, are replaced. */
    String shown() {
        StringBuilder shown = new StringBuilder(time).append("  ");
        if (!level.isEmpty()) {
            shown.append(level).append("  ");
        }
        shown.append(source).append("  ").append(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n') {
                shown.setCharAt(i, '\uFFFD');
            }
        }
        return shown.toString().replace("\n", "\n    ");
    }
}
