package dev.mgmt.tunnel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.mgmt.tunnel");

    @Test
    void onlyOnePackageKnowsTheSshLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mgmt.tunnel.sshj")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.schmizz..", "com.hierynomus..")
                .because("the SSH library must be replaceable by rewriting one package")
                .check(CLASSES);
    }

    @Test
    void onlyOnePackageKnowsEtcdAndGrpc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.mgmt.tunnel.etcd")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.etcd..", "io.grpc..")
                .because("whoever uses a tunnel needs no store, and a store no SSH")
                .check(CLASSES);
    }

    @Test
    void sshNeverSeesTheStore() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.mgmt.tunnel.sshj",
                        "dev.mgmt.tunnel.identity",
                        "dev.mgmt.tunnel.exec",
                        "dev.mgmt.tunnel.health")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.mgmt.tunnel.etcd", "dev.mgmt.tunnel.forward")
                .because("bytes do not care what they carry")
                .check(CLASSES);
    }

    @Test
    void tunnelNeverSeesTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.mgmt.engine..")
                .because("the two meet in module remote and nowhere else")
                .check(CLASSES);
    }

    @Test
    void nothingLoadsASecondCryptographyProvider() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("it costs 0.65 s of CPU to load and 8 MB to ship; the JDK has all we need")
                .check(CLASSES);
    }
}
