package dev.scopegate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;

/**
 * Who may import what: the table of the house. A package sees the JDK, JSpecify, SLF4J, itself, and what stands behind
 * its name here; the reasons for each row are in docs/decisions.
 */
@AnalyzeClasses(packages = "dev.scopegate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JACKSON = "com.fasterxml.jackson..";

    private static final Map<String, List<String>> MAY_IMPORT = new TreeMap<>(Map.ofEntries(
            Map.entry("text", List.of()),
            Map.entry("annotation", List.of()),
            Map.entry("client", List.of("jakarta.ws.rs..", "java.net.http..")),
            Map.entry("event", List.of()),
            Map.entry("scope", List.of("text", JACKSON)),
            Map.entry("net", List.of("inet.ipaddr..")),
            Map.entry("problem", List.of("scope", JACKSON)),
            Map.entry("config", List.of("text", "problem", JACKSON)),
            Map.entry("token", List.of("scope", "net")),
            Map.entry("export", List.of("token", "net", "problem", "event", JACKSON)),
            Map.entry(
                    "store", List.of("event", "export", "token", "scope", "net", "problem", "config", "text", JACKSON)),
            Map.entry(
                    "store.jdbc",
                    List.of(
                            "event",
                            "export",
                            "store",
                            "token",
                            "net",
                            "problem",
                            "config",
                            JACKSON,
                            "java.sql..",
                            "javax.sql..",
                            "javax.naming..",
                            "com.zaxxer.hikari..",
                            "org.flywaydb.core..",
                            "org.postgresql..")),
            Map.entry(
                    "store.jwt",
                    List.of(
                            "com.nimbusds.jose..",
                            "config",
                            JACKSON,
                            "net",
                            "problem",
                            "scope",
                            "store",
                            "text",
                            "token")),
            Map.entry(
                    "store.introspection",
                    List.of(
                            "config",
                            "io.github.resilience4j..",
                            JACKSON,
                            "java.net.http..",
                            "javax.net.ssl..",
                            "problem",
                            "scope",
                            "store",
                            "text",
                            "token")),
            Map.entry(
                    "store.redis",
                    List.of(
                            "config",
                            "event",
                            "export",
                            JACKSON,
                            "io.lettuce.core..",
                            "javax.net.ssl..",
                            "net",
                            "problem",
                            "store",
                            "token")),
            Map.entry("issuer.json", List.of("problem", JACKSON, "jakarta.ws.rs..")),
            Map.entry(
                    "issuer",
                    List.of(
                            "access",
                            "at.favre.lib.crypto.bcrypt..",
                            "com.nimbusds.jose..",
                            "dev.scopegate.issuer.json",
                            "event",
                            "export",
                            JACKSON,
                            "jakarta.annotation.security",
                            "jakarta.servlet..",
                            "jakarta.ws.rs..",
                            "net",
                            "problem",
                            "scope",
                            "store",
                            "token")),
            Map.entry("cdi", List.of("access", "jakarta.enterprise..", "jakarta.servlet..", "net", "scope", "token")),
            Map.entry(
                    "security",
                    List.of(
                            "access",
                            "jakarta.security.enterprise..",
                            "jakarta.servlet..",
                            "net",
                            "problem",
                            "scope",
                            "token")),
            Map.entry(
                    "metrics",
                    List.of("access", "cache", "store", "export", "event", "problem", "io.micrometer.core..")),
            Map.entry(
                    "cache",
                    List.of(
                            "export",
                            "store",
                            "token",
                            "scope",
                            "problem",
                            "config",
                            "com.github.benmanes.caffeine..")),
            Map.entry(
                    "access",
                    List.of(
                            "annotation",
                            "cache",
                            "com.github.benmanes.caffeine..",
                            "config",
                            "event",
                            "export",
                            "jakarta.annotation.security",
                            "javax.naming..",
                            "net",
                            "problem",
                            "scope",
                            "store",
                            "text",
                            "token")),
            Map.entry(
                    "servlet",
                    List.of(
                            "access",
                            "config",
                            "export",
                            "jakarta.servlet..",
                            "javax.xml..",
                            "net",
                            "org.w3c.dom..",
                            "org.xml.sax..",
                            "problem",
                            "scope",
                            "text",
                            "token")),
            Map.entry(
                    "jaxrs",
                    List.of(
                            "access",
                            "config",
                            "export",
                            JACKSON,
                            "jakarta.annotation",
                            "jakarta.servlet..",
                            "jakarta.validation..",
                            "jakarta.ws.rs..",
                            "net",
                            "problem",
                            "token"))));

    @ArchTest
    static void aPackageImportsOnlyWhatTheTableAllows(JavaClasses all) {
        MAY_IMPORT.forEach((name, others) -> {
            List<String> allowed = new ArrayList<>(
                    List.of("java..", "javax.crypto..", "org.jspecify..", "org.slf4j..", "dev.scopegate." + name));
            for (String other : others) allowed.add(other.contains(".") ? other : "dev.scopegate." + other);
            classes()
                    .that()
                    .resideInAPackage("dev.scopegate." + name)
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(allowed.toArray(String[]::new)).or(nameMatching("\\[?[BCIJZ]")))
                    .check(all);
        });
    }

    @ArchTest
    static final ArchRule everyPackageStandsInTheTable = classes()
            .that()
            .resideOutsideOfPackage("dev.scopegate.sample..")
            .should()
            .resideInAnyPackage(MAY_IMPORT.keySet().stream()
                    .map(name -> "dev.scopegate." + name)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.scopegate.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheStarterKnowsJetty = noClasses()
            .that()
            .resideOutsideOfPackage("dev.scopegate.sample.launch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "org.glassfish..", "org.jboss..", "org.apache..");

    @ArchTest
    static final ArchRule secretsLeaveWhereAPersonOrAStoreGetsThem = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.scopegate.token",
                    "dev.scopegate.issuer",
                    "dev.scopegate.store.introspection",
                    "dev.scopegate.store.jwt",
                    "dev.scopegate.sample..")))
            .should()
            .callMethod("dev.scopegate.token.BearerToken", "reveal")
            .orShould()
            .callMethod("dev.scopegate.token.NewToken", "reveal");

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule nobodyPrintsOrEndsTheProcessButTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.scopegate.sample..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
