package dev.logagent.dist.console;

/** Prometheus' text format, version 0.0.4. For use in one thread. */
final class MetricsText {

    private final StringBuilder out;
    private String name = "";

    /** @param expected about how many characters there will be: a text that grows is copied again and again */
    MetricsText(int expected) {
        out = new StringBuilder(expected);
    }

    void counter(String newName, String help) {
        begin(newName, "counter", help);
    }

    void gauge(String newName, String help) {
        begin(newName, "gauge", help);
    }

    void histogram(String newName, String help) {
        begin(newName, "histogram", help);
    }

    /** @param labels names and values by turns */
    void sample(long value, String... labels) {
        sample((double) value, labels);
    }

    /** @param labels names and values by turns */
    void sample(double value, String... labels) {
        part("", value, labels);
    }

    /** A series of a histogram. */
    void part(String suffix, double value, String... labels) {
        out.append(name).append(suffix);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            out.append('"');
        }
        out.append(labels.length == 0 ? " " : "} ");
        if (isWhole(value)) {
            out.append((long) value);
        } else {
            out.append(number(value));
        }
        out.append('\n');
    }

    private void begin(String newName, String type, String help) {
        name = newName;
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }

    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
