package dev.mgmt.remote;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class RemoteRulesTest {
    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.mgmt.remote");

    @Test
    void onlyTheWireKnowsTheJsonLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mgmt.remote.wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .because("what is said between laptop and agent stands in one place")
                .check(classes);
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        SlicesRuleDefinition.slices()
                .matching("dev.mgmt.remote.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a newcomer reads them one after the other")
                .check(classes);
    }

    @Test
    void theAgentKnowsNothingOfLaptops() {
        noClasses()
                .that()
                .resideInAPackage("dev.mgmt.remote.agent")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.mgmt.remote.fleet..",
                        "dev.mgmt.remote.launch..",
                        "dev.mgmt.remote.inventory..",
                        "dev.mgmt.remote.host..",
                        "dev.mgmt.tunnel.sshj..")
                .because("every class an agent loads is paid for on every host")
                .check(classes);
    }
}
