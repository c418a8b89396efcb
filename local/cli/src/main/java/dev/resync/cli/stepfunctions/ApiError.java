package dev.resync.cli.stepfunctions;

/** An answer that says why a request was refused, by the name that AWS has for it. */
final class ApiError extends RuntimeException {

    private final String type;

    /**
     * @param type name of the error, such as {@code ExecutionDoesNotExist}
     * @param message what was wrong; never null
     */
    ApiError(String type, String message) {
        super(message);
        this.type = type;
    }

    static ApiError validation(String message) {
        return new ApiError("ValidationException", message);
    }

    String type() {
        return type;
    }
}
