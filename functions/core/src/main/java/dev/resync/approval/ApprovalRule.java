package dev.resync.approval;

import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.run.Run;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says whose approval a run needs. Step Functions does not tell who started an execution, and what is typed is a claim. So in
 * production only approvals of authenticated persons count, and it takes two of them where the requester is not authenticated:
 * one of them might be the requester under another name.
 */
final class ApprovalRule {

    private static final Pattern SESSION = Pattern.compile("arn:[^:]*:sts::[0-9]*:assumed-role/[^/]*/(.*)");

    private final Environment environment;

    ApprovalRule(Environment environment) {
        this.environment = environment;
    }

    /** Returns how many persons must approve a run: 0, 1 or 2. */
    int needed(Run run) {
        if (!run.approval()) {
            return 0;
        }
        boolean claims = run.start().authenticatedAs() == null
                || run.resumers().stream().anyMatch(resumer -> resumer.authenticatedAs() == null);
        return production() && claims ? 2 : 1;
    }

    /** Returns the persons whose approval counts. */
    Set<String> counting(Run run) {
        Set<String> requesters = requesters(run);
        return run.approvals().stream()
                .filter(approval -> !production() || approval.authenticatedAs() != null)
                .map(approval -> plain(approval.person()))
                .filter(person -> !requesters.contains(person))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether a person asked for the run, or for it to go on, as far as names tell. */
    boolean asked(Run run, Approval approval) {
        Set<String> requesters = requesters(run);
        return requesters.contains(plain(approval.who())) || requesters.contains(plain(approval.person()));
    }

    boolean enough(Run run) {
        return counting(run).size() >= needed(run);
    }

    /** Returns what a run needs, in words. */
    String wanted(Run run) {
        String persons = needed(run) == 2 ? "two different persons" : "a person";
        return persons + " other than " + String.join(" and ", requesters(run))
                + (production() ? ", authenticated by the admin API" : "");
    }

    boolean production() {
        return environment.kind() == EnvironmentKind.PRODUCTION;
    }

    private static Set<String> requesters(Run run) {
        Stream<String> resumers =
                run.resumers().stream().flatMap(resumer -> Stream.of(resumer.who(), resumer.person()));
        return Stream.concat(Stream.of(run.requestedBy(), run.start().authenticatedAs()), resumers)
                .filter(Objects::nonNull)
                .map(ApprovalRule::plain)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Spelling must not tell two persons apart, nor the role that one of them takes on: sessions of one name are one person's.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
     */
    private static String plain(String person) {
        String plain = person.strip().toLowerCase(Locale.ROOT);
        Matcher session = SESSION.matcher(plain);
        return session.matches() ? session.group(1) : plain;
    }
}
