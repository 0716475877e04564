/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
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
        return new String[] {root, root + ".callback..", root + ".internal.."};
    }

    private String[] library() {
        return new String[] {root, root + ".callback..", root + ".internal..", root + ".reactor.."};
    }

    private String[] examples() {
        return new String[] {
            root + ".sandbox..", root + ".lists..", root + ".cli..", root + ".webflux..", root + ".benchmarks..",
        };
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
                .resideInAnyPackage(examples())
                .because("dependencies point one way");
    }

    ArchRule adapterKnowsNoExample() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".reactor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(examples())
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

    ArchRule internalsOfCoreStayInTheLibrary() {
        return classes()
                .that()
                .resideInAPackage(root + ".internal..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(
                        root, root + ".callback..", root + ".internal..", root + ".reactor..", root + ".benchmarks..")
                .because("users must not touch it; the adapter and the benchmarks write and read bodies with it");
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

    ArchRule packagesOfTheAdapterAreFreeOfCycles() {
        return slices().matching(root + ".reactor.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a call goes one way: stream, call, batch, retry, transport, pacing");
    }

    ArchRule classesOfAPackageAreFreeOfCycles() {
        return classes()
                .that()
                .resideInAnyPackage(library())
                .should(new InNoCycle(root))
                .because("a class is understood after those that it knows, and those do not know it");
    }

    /** The way of a call goes down this list; each layer knows those below it, and none above. */
    ArchRule layersOfTheAdapterKnowOnlyThoseBelow() {
        String internal = root + ".reactor.internal.";
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(internal + "*..")
                .optionalLayer("stream")
                .definedBy(internal + "stream..")
                .optionalLayer("call")
                .definedBy(internal + "call..")
                .optionalLayer("batch")
                .definedBy(internal + "batch..")
                .optionalLayer("retry")
                .definedBy(internal + "retry..")
                .optionalLayer("transport")
                .definedBy(internal + "transport..")
                .optionalLayer("pacing")
                .definedBy(internal + "pacing..")
                .optionalLayer("lease")
                .definedBy(internal + "lease..")
                .whereLayer("stream")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers("stream")
                .whereLayer("batch")
                .mayOnlyBeAccessedByLayers("stream", "call")
                .whereLayer("retry")
                .mayOnlyBeAccessedByLayers("stream", "call")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("stream", "call")
                .whereLayer("pacing")
                .mayOnlyBeAccessedByLayers("lease")
                .whereLayer("lease")
                .mayNotBeAccessedByAnyLayer()
                .because("data flows one way; nothing below a stream calls up into it");
    }
}
