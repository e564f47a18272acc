package dev.logagent.dist.commands;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text in columns as wide as what is in them. Control characters are shown as {@code ?}. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /** @param headings those of columns that are aligned right begin with {@code >} */
    TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] row = headings.clone();
        for (int i = 0; i < row.length; i++) {
            right[i] = row[i].startsWith(">");
            row[i] = right[i] ? row[i].substring(1) : row[i];
        }
        rows.add(row);
    }

    /** Adds a row. */
    void add(String... cells) {
        String[] row = cells.clone();
        for (int i = 0; i < row.length; i++) {
            row[i] = printable(row[i]);
        }
        rows.add(row);
    }

    /** The text without anything that a terminal would obey. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    void print(PrintStream out) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(right[i] ? gap + row[i] : row[i] + gap);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
