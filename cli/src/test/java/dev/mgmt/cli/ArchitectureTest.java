package dev.mgmt.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mgmt.cli.command.RemoteCommand;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shape of the whole program: this module sees all others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String ENGINE = "dev.mgmt.engine..";
    private static final String TUNNEL = "dev.mgmt.tunnel..";
    private static final String REMOTE = "dev.mgmt.remote..";
    private static final String CLI = "dev.mgmt.cli..";

    private final JavaClasses program =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.mgmt");

    @Test
    void allModulesAreSeenAtAll() {
        for (String room : new String[] {"engine", "tunnel", "remote", "cli"}) {
            Assertions.assertTrue(
                    program.stream()
                            .map(JavaClass::getPackageName)
                            .anyMatch(name -> name.startsWith("dev.mgmt." + room)),
                    room);
        }
    }

    @Test
    void theEngineKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TUNNEL, REMOTE, CLI)
                .because("what should be true of a host does not depend on how one gets there")
                .check(program);
    }

    @Test
    void theTunnelKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(TUNNEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE, REMOTE, CLI)
                .because("it carries bytes and store traffic for whoever asks")
                .check(program);
    }

    @Test
    void nobodyKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE, TUNNEL, REMOTE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .because(
                        "exit codes and words for people are decided in one place; the rest tells"
                                + " facts")
                .check(program);
    }

    @Test
    void theCommandLineReachesTheTunnelThroughRemote() {
        noClasses()
                .that()
                .resideInAPackage(CLI)
                .and()
                .doNotBelongToAnyOf(RemoteCommand.class)
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage(TUNNEL)
                                .and(
                                        DescribedPredicate.not(
                                                JavaClass.Predicates.resideInAPackage(
                                                        "dev.mgmt.tunnel.identity"))))
                .because(
                        "remote is where engine and tunnel meet: only the command that runs a fleet"
                                + " names the SSH it runs over, and users choose the policy for"
                                + " host keys")
                .check(program);
    }

    @Test
    void eachLibraryLivesInOneRoom() {
        only("the command line is parsed in one place", "picocli..", CLI);
        only("nothing but the command line draws on terminals", "org.jline..", CLI);
        only(
                "what laptop and agent say to each other is written in one place",
                "com.fasterxml.jackson..",
                "dev.mgmt.remote.wire");
        only(
                "positions of problems come from two readers",
                "org.yaml.snakeyaml..",
                "dev.mgmt.engine.yaml",
                "dev.mgmt.remote.inventory");
        only(
                "another language of templates is another package",
                "com.samskivert..",
                "dev.mgmt.engine.template");
        only(
                "etcd's protocol is spoken at the two ends of a tunnel and nowhere between",
                "io.grpc..",
                "dev.mgmt.engine.world.etcd",
                "dev.mgmt.tunnel.etcd");
        only(
                "etcd's protocol is spoken at the two ends of a tunnel and nowhere between",
                "io.etcd..",
                "dev.mgmt.engine.world.etcd",
                "dev.mgmt.tunnel.etcd");
        only(
                "an SSH library is replaced by writing one package",
                "net.schmizz..",
                "dev.mgmt.tunnel.sshj");
        only(
                "an SSH library is replaced by writing one package",
                "com.hierynomus..",
                "dev.mgmt.tunnel.sshj");
    }

    private void only(String reason, String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(reason + ": " + library + " belongs to " + Arrays.toString(rooms))
                .check(program);
    }
}
