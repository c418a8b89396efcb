package dev.resync.aws;

/**
 * Names the execution that closes a run: after run and attempt, so that both are seen and a repeated start starts nothing.
 *
 * <p>Step Functions takes at most 80 characters. A longer name loses its middle: the environment stands at its beginning,
 * and what makes it unique, the run's short id and the attempt, at its end.
 */
final class RestoreName {

    private static final int LONGEST = 80;
    /** Room for a hyphen, ten digits of the short id, a hyphen, and two numbers of 19 digits with a hyphen between. */
    private static final int END = 51;

    private RestoreName() {}

    static String of(String runId, String attempt) {
        String name = (runId + "-" + attempt).replaceAll("[^A-Za-z0-9_-]", "-");
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - END) + name.substring(name.length() - END);
    }
}
