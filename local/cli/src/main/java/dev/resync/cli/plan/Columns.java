package dev.resync.cli.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, two spaces apart. */
final class Columns {

    private static final String GAP = "  ";

    private final int width;
    private final List<String[]> rows = new ArrayList<>();

    /** Lines as long as they come to be. */
    Columns() {
        this(Integer.MAX_VALUE);
    }

    /** @param width most characters of a line; what is longer is cut, which only the last column should come to */
    Columns(int width) {
        this.width = width;
    }

    /** Adds a row; all rows have the same number of cells. */
    void add(String... cells) {
        rows.add(cells);
    }

    List<String> lines() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(i == 0 ? "" : GAP).append(row[i]);
            line.append(" ".repeat(widths[i] - row[i].length()));
        }
        return cut(line.toString().stripTrailing(), width);
    }

    /** Returns text of at most so many characters; a cut text ends with an ellipsis. */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
