package dev.resync.cli.stepfunctions;

/** Whether an answer tells what something holds, or only what there is to know about it. */
enum IncludedData {
    ALL_DATA,
    METADATA_ONLY;

    /** Returns whether a request asks for all of it, as it does unless it says otherwise. */
    static boolean all(Request request) {
        return request.oneOf("includedData", IncludedData.class) != METADATA_ONLY;
    }
}
