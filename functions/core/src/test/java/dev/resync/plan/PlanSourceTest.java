package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanUnknown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSourceTest {

    private final PlanReader reader = new PlanReader();

    @TempDir
    private Path directory;

    private PlanDirectory plans() {
        return new PlanDirectory(directory, reader);
    }

    @Test
    void aDirectoryHoldsPlansByFileNameAndNoSchemas() throws IOException {
        Files.writeString(directory.resolve("small.json"), PlanDocument.small().json());
        Files.writeString(directory.resolve("plan.schema.json"), "{}");
        Files.writeString(directory.resolve("other.schema.json"), "{}");
        Files.writeString(directory.resolve("notes.txt"), "");
        Files.createDirectory(directory.resolve("examples.json"));

        assertThat(plans().names()).containsExactly("small");
        assertThat(plans().load("small").name()).isEqualTo("small");
    }

    @Test
    void anUnknownPlanIsToldWithTheKnownOnes() throws IOException {
        assertThatThrownBy(() -> plans().load("small"))
                .isInstanceOf(PlanUnknown.class)
                .hasMessageContaining("no plan is deployed");
        Files.writeString(directory.resolve("small.json"), PlanDocument.small().json());
        for (String name : List.of("smal", "../small", "plan.schema", "")) {
            assertThatThrownBy(() -> plans().load(name))
                    .isInstanceOf(PlanUnknown.class)
                    .hasMessageContaining("known plans: small");
        }
    }

    @Test
    void aFileMustBeCalledLikeItsPlan() throws IOException {
        Files.writeString(directory.resolve("large.json"), PlanDocument.small().json());

        assertThatThrownBy(() -> plans().load("large"))
                .isInstanceOfSatisfying(PlanInvalid.class, invalid -> assertThat(
                                invalid.problems().get(0).pointer())
                        .isEqualTo("/plan"))
                .hasMessageContaining("large.json");
    }

    @Test
    void aMissingDirectoryIsAnError() {
        assertThatThrownBy(() -> new PlanDirectory(directory.resolve("none"), reader).names())
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void theDeployedPackageHoldsTheNamedPlans() {
        ClasspathPlans plans = new ClasspathPlans(reader, List.of("revalidation", "lost"));

        assertThat(plans.names()).containsExactly("lost", "revalidation");
        assertThat(plans.load("revalidation").targets()).hasSize(2);
        for (String name : List.of("lost", "plan.schema", "other")) {
            assertThatThrownBy(() -> plans.load(name)).isInstanceOf(PlanUnknown.class);
        }
    }
}
