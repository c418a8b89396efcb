package dev.resync.stages;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Named;

@AnalyzeClasses(packages = "dev.resync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule STAGES_ARE_THIN = classes()
            .that()
            .resideInAPackage("dev.resync.stages..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.resync..",
                    "java..",
                    "javax.net.ssl..",
                    "org.jboss.logging..",
                    "jakarta.annotation..",
                    "jakarta.inject..",
                    "jakarta.enterprise..",
                    "org.eclipse.microprofile.config..",
                    "io.quarkus..",
                    "com.amazonaws.services.lambda.runtime..",
                    "software.amazon.awssdk..",
                    "software.amazon.cloudwatchlogs.emf.model..",
                    "org.jboss.logging..",
                    "com.mongodb..",
                    "com.fasterxml.jackson.core..",
                    "com.fasterxml.jackson.databind..",
                    "com.dashjoin.jsonata..");

    @ArchTest
    static final ArchRule NOTHING_ELSE_KNOWS_THEM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.resync.stages..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.resync.stages..", "io.quarkus..", "jakarta..", "com.amazonaws..", "software.amazon..");

    @ArchTest
    static final ArchRule HANDLERS_CALL_STAGES = classes()
            .that()
            .implement(RequestHandler.class)
            .and()
            .doNotHaveSimpleName("StageFunction")
            .should()
            .beAssignableTo(StageFunction.class)
            .andShould()
            .beAnnotatedWith(Named.class)
            .andShould()
            .haveSimpleNameEndingWith("Function");
}
