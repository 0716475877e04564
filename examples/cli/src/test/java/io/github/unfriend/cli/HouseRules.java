/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The rules of the house, for any root package, so that a test can point them at a house built to break them.
 *
 * @param root the package of core; {@code io.github.unfriend} in the real house
 */
record HouseRules(String root) {

    private static final Set<String> WAITING =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");

    private String[] core() {
        return new String[] {root, root + ".wire..", root + ".callback..", root + ".internal.."};
    }

    private String[] library() {
        return new String[] {root, root + ".wire..", root + ".callback..", root + ".internal..", root + ".reactor.."};
    }

    ArchRule coreKnowsNoReactorAndNoNetty() {
        return noClasses()
                .that()
                .resideInAnyPackage(core())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "io.netty..", "org.reactivestreams..", root + ".reactor..")
                .because("core says what the two APIs say, and nothing about how calls are made");
    }

    ArchRule coreKnowsNoExample() {
        return noClasses()
                .that()
                .resideInAnyPackage(core())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".sandbox..", root + ".cli..")
                .because("dependencies point one way");
    }

    ArchRule adapterKnowsNoExample() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".reactor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(root + ".sandbox..", root + ".cli..")
                .because("dependencies point one way");
    }

    ArchRule sandboxSharesNoCode() {
        DescribedPredicate<JavaClass> others = resideInAPackage(root + "..")
                .and(DescribedPredicate.not(resideInAPackage(root + ".sandbox..")))
                .as("classes of the other modules");
        return noClasses()
                .that()
                .resideInAPackage(root + ".sandbox..")
                .should()
                .dependOnClassesThat(others)
                .because("a judge that shares code with the client it judges shares its errors");
    }

    ArchRule libraryNeverWaits() {
        DescribedPredicate<JavaAccess<?>> waits =
                DescribedPredicate.describe("a call of Mono or Flux that waits", access -> {
                    AccessTarget target = access.getTarget();
                    String owner = target.getOwner().getName();
                    return (owner.equals("reactor.core.publisher.Mono") || owner.equals("reactor.core.publisher.Flux"))
                            && WAITING.contains(target.getName());
                });
        return noClasses()
                .that()
                .resideInAnyPackage(library())
                .should()
                .accessTargetWhere(waits)
                .because("promise 4: never blocking");
    }

    ArchRule libraryNeverSleeps() {
        DescribedPredicate<JavaAccess<?>> sleeps = DescribedPredicate.describe(
                "Thread.sleep",
                access -> access.getTarget().getOwner().isEquivalentTo(Thread.class)
                        && access.getTarget().getName().equals("sleep"));
        return noClasses()
                .that()
                .resideInAnyPackage(library())
                .should()
                .accessTargetWhere(sleeps)
                .because("promise 4: never blocking");
    }

    ArchRule libraryNeverLocks() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(library()))
                .should()
                .haveModifier(SYNCHRONIZED)
                .because("an event loop must not wait for a lock");
    }

    ArchRule libraryNeverEntersAMonitor() {
        return classes()
                .that()
                .resideInAnyPackage(library())
                .should(new EntersNoMonitor())
                .because("an event loop must not wait for a lock");
    }

    ArchRule libraryNeverPrints() {
        DescribedPredicate<JavaAccess<?>> prints =
                DescribedPredicate.describe("System.out, System.err or printStackTrace", access -> {
                    AccessTarget target = access.getTarget();
                    return (target.getOwner().isEquivalentTo(System.class)
                                    && Set.of("out", "err").contains(target.getName()))
                            || target.getName().equals("printStackTrace");
                });
        return noClasses()
                .that()
                .resideInAnyPackage(library())
                .should()
                .accessTargetWhere(prints)
                .because("the console belongs to the application");
    }

    ArchRule internalsOfCoreStayInCore() {
        return classes()
                .that()
                .resideInAPackage(root + ".internal..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(core())
                .because("users must not touch it, and we do not either");
    }

    ArchRule internalsOfTheAdapterStayInTheAdapter() {
        return classes()
                .that()
                .resideInAPackage(root + ".reactor.internal..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(root + ".reactor..")
                .because("users must not touch it, and we do not either");
    }

    ArchRule internalsOfTheAdapterAreFreeOfCycles() {
        return slices().matching(root + ".reactor.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .because("the street has one direction");
    }
}
