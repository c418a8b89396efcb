package dev.resync.verify;

/**
 * What one gate found.
 *
 * @param name stable name of the gate, such as {@code field-drop-out}
 * @param subject what it looked at, such as a target, a source or a field
 * @param limit the plan's limit, in the unit of {@code value}
 * @param value what was measured
 * @param passed whether the value keeps the limit
 * @param detail for people; null where name, limit and value say it all
 */
public record GateResult(String name, String subject, double limit, double value, boolean passed, String detail) {

    /** Returns the result of a gate whose value may reach its limit but not exceed it. */
    public static GateResult atMost(String name, String subject, double limit, double value, String detail) {
        return new GateResult(name, subject, limit, value, value <= limit, detail);
    }

    /** Returns the result of a gate whose value may not be below its limit. */
    public static GateResult atLeast(String name, String subject, double limit, double value, String detail) {
        return new GateResult(name, subject, limit, value, value >= limit, detail);
    }

    @Override
    public String toString() {
        return name + " of " + subject + ": value " + value + ", limit " + limit
                + (detail == null ? "" : " (" + detail + ")");
    }
}
