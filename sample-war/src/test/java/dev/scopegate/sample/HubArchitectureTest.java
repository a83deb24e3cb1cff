package dev.scopegate.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.scopegate.sample", importOptions = ImportOption.DoNotIncludeTests.class)
class HubArchitectureTest {
    private static final String JSPECIFY = "org.jspecify.annotations..";

    @ArchTest
    static final ArchRule what_java_runs_first_needs_the_jdk_alone = classes()
            .that()
            .resideInAPackage("dev.scopegate.sample")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.scopegate.sample", "java..", JSPECIFY);

    @ArchTest
    static final ArchRule the_launcher_sees_jetty_and_not_the_hub = classes()
            .that()
            .resideInAPackage("dev.scopegate.sample.launch")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.scopegate.sample.launch", "java..", "org.eclipse.jetty..", JSPECIFY);

    @ArchTest
    static final ArchRule the_data_know_no_http_and_no_tokens = classes()
            .that()
            .resideInAPackage("dev.scopegate.sample.data")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.scopegate.sample.data", "java..", "com.fasterxml.jackson..", JSPECIFY);

    @ArchTest
    static final ArchRule the_interface_is_for_any_engine = noClasses()
            .that()
            .resideInAPackage("dev.scopegate.sample.api")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.glassfish..", "org.jboss..", "org.apache..", "org.eclipse..");

    @ArchTest
    static final ArchRule only_the_wiring_names_a_store = noClasses()
            .that()
            .resideOutsideOfPackage("dev.scopegate.sample.hub")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.scopegate.store");
}
