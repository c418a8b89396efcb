package dev.resync.admin.gateway;

import dev.resync.admin.DeploymentResource;
import dev.resync.admin.ProblemMapper;
import dev.resync.admin.RunsResource;
import dev.resync.admin.SnapshotsResource;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the admin API answers, for a native image. */
@RegisterForReflection(
        targets = {
            DeploymentResource.Health.class,
            DeploymentResource.Place.class,
            ProblemMapper.Problem.class,
            RunsResource.Page.class,
            SnapshotsResource.Listing.class,
        })
final class AdminReflectedTypes {

    private AdminReflectedTypes() {}
}
