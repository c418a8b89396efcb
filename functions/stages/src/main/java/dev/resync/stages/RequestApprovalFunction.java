package dev.resync.stages;

import jakarta.inject.Named;

/** Keeps the task token that an approval will answer. */
@Named("request-approval")
public final class RequestApprovalFunction extends StageFunction {

    RequestApprovalFunction(Calls calls) {
        super("request-approval", calls);
    }
}
