package dev.resync.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies of the command line point one way. */
@AnalyzeClasses(packages = "dev.resync.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("dev.resync.cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_WHOLE_KNOWS_ITSELF = noClasses()
            .that()
            .resideInAPackage("dev.resync.cli.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.resync.cli");

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_COMMANDS = noClasses()
            .that()
            .resideInAPackage("dev.resync.cli.local")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "dev.resync.cli.run", "dev.resync.cli.demo");
}
