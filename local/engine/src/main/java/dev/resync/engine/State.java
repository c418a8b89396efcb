package dev.resync.engine;

import java.util.List;

/** A state as loaded; immutable and checked. */
sealed interface State {
    String name();

    /** The value of its Type field. */
    String type();

    default ErrorHandling handling() {
        return ErrorHandling.NONE;
    }

    /**
     * How a state is left. Assign and Output are null where the definition has none; next is null at an end.
     */
    record Exit(Template assign, Template output, String next) {}

    /** A Retry entry. Delays in seconds; maxDelaySeconds is null without a maximum. */
    record Retrier(
            List<String> errors,
            long intervalSeconds,
            double backoffRate,
            long maxAttempts,
            Long maxDelaySeconds,
            boolean fullJitter) {}

    /** A Catch entry. */
    record Catcher(List<String> errors, Exit exit) {}

    /** Retry and Catch of a state. */
    record ErrorHandling(List<Retrier> retriers, List<Catcher> catchers) {
        static final ErrorHandling NONE = new ErrorHandling(List.of(), List.of());
    }

    /** Pass. */
    record Pass(String name, Exit exit) implements State {
        @Override
        public String type() {
            return "Pass";
        }
    }

    /** Succeed. */
    record Succeed(String name, Template output) implements State {
        @Override
        public String type() {
            return "Succeed";
        }
    }

    /** Fail; both fields may be null. */
    record Fail(String name, Template error, Template cause) implements State {
        @Override
        public String type() {
            return "Fail";
        }
    }

    /** Wait; exactly one of the two fields is not null. */
    record Wait(String name, Template seconds, Template timestamp, Exit exit) implements State {
        @Override
        public String type() {
            return "Wait";
        }
    }

    /** One Choices entry. */
    record Rule(Template condition, Exit exit) {}

    /** Choice; otherwise is null without a Default. */
    record Choice(String name, List<Rule> rules, Exit otherwise) implements State {
        @Override
        public String type() {
            return "Choice";
        }
    }

    /** Parallel; arguments may be null. */
    record Parallel(String name, List<Scope> branches, Template arguments, ErrorHandling handling, Exit exit)
            implements State {
        @Override
        public String type() {
            return "Parallel";
        }
    }

    /** Task; arguments and the time limits may be null. */
    record Task(
            String name,
            TaskResource resource,
            Template arguments,
            Template timeoutSeconds,
            Template heartbeatSeconds,
            ErrorHandling handling,
            Exit exit)
            implements State {
        @Override
        public String type() {
            return "Task";
        }
    }

    /** Map; label is null for an inline map, and so may the other templates be. */
    record MapOver(
            String name,
            Template items,
            Template itemSelector,
            Scope processor,
            String label,
            boolean express,
            Template maxConcurrency,
            Template toleratedCount,
            Template toleratedPercentage,
            ErrorHandling handling,
            Exit exit)
            implements State {
        @Override
        public String type() {
            return "Map";
        }

        boolean distributed() {
            return label != null;
        }
    }
}
