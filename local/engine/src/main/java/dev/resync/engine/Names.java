package dev.resync.engine;

/** Which characters the names of executions and labels may have. */
public final class Names {
    private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

    private Names() {}

    static boolean hasForbiddenCharacter(String name) {
        return name.chars().anyMatch(Names::isForbidden);
    }

    static String withoutForbidden(String name) {
        StringBuilder kept = new StringBuilder();
        name.chars().forEach(c -> kept.append(isForbidden(c) ? '-' : (char) c));
        return kept.toString();
    }

    /**
     * Makes sure that AWS would accept a name for an execution.
     *
     * @param name not null
     * @throws IllegalArgumentException if it has not 1 to 80 characters, or has one that is not allowed
     */
    public static void requireExecutionName(String name) {
        if (name.isEmpty() || name.length() > Limits.LONGEST_NAME || hasForbiddenCharacter(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of an execution: 1 to "
                    + Limits.LONGEST_NAME + " characters, no white space, none of " + FORBIDDEN);
        }
    }

    private static boolean isForbidden(int c) {
        return FORBIDDEN.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isISOControl(c);
    }
}
