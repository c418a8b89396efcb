package dev.resync.stages;

import dev.resync.stage.Stages;
import jakarta.inject.Named;
import jakarta.inject.Provider;

/** Keeps the task token that an approval will answer. */
@Named("request-approval")
public final class RequestApprovalFunction extends StageFunction {

    RequestApprovalFunction(Provider<Stages> stages) {
        super("request-approval", stages);
    }
}
