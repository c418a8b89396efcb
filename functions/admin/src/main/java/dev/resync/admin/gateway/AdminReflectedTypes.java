package dev.resync.admin.gateway;

import dev.resync.admin.ConsoleResource;
import dev.resync.admin.DeploymentResource;
import dev.resync.admin.ProblemMapper;
import dev.resync.admin.QuarantinePage;
import dev.resync.admin.RunsResource;
import dev.resync.admin.SignIn;
import dev.resync.admin.SnapshotsResource;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the admin API answers, for a native image. */
@RegisterForReflection(
        targets = {
            ConsoleResource.ConsoleSettings.class,
            DeploymentResource.Health.class,
            DeploymentResource.Place.class,
            ProblemMapper.Problem.class,
            QuarantinePage.class,
            RunsResource.Page.class,
            SignIn.class,
            SnapshotsResource.Listing.class,
        })
final class AdminReflectedTypes {

    private AdminReflectedTypes() {}
}
