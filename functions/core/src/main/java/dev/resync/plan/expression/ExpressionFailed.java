package dev.resync.plan.expression;

/** An expression raised an error or ran out of bounds. Has no stack trace: it is an answer, not a fault. */
public final class ExpressionFailed extends RuntimeException {
    ExpressionFailed(String message) {
        super(message, null, false, false);
    }
}
