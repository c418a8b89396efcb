package dev.resync.engine;

/** Which characters the names of executions and labels may have. */
final class Names {
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

    /** @throws IllegalArgumentException unless AWS would accept the name for an execution */
    static void requireExecutionName(String name) {
        if (name.isEmpty() || name.length() > Limits.LONGEST_NAME || hasForbiddenCharacter(name)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of an execution: 1 to "
                    + Limits.LONGEST_NAME + " characters, no white space, none of " + FORBIDDEN);
        }
    }

    private static boolean isForbidden(int c) {
        return FORBIDDEN.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isISOControl(c);
    }
}
