/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.List;

/** The cycles between classes that are allowed, each with its reason. */
final class NamedCycles {

    /**
     * One direction of a cycle that does not count.
     *
     * @param from the class that knows
     * @param to the class that it may know
     * @param because why
     */
    private record Allowed(String from, String to, String because) {}

    private static final List<Allowed> ALL = List.of();

    private NamedCycles() {}

    static SliceRule allowedIn(SliceRule rule, String root) {
        SliceRule all = rule;
        for (Allowed cycle : ALL) {
            all = all.ignoreDependency(named(root, cycle.from()), named(root, cycle.to()));
        }
        return all;
    }

    private static DescribedPredicate<JavaClass> named(String root, String name) {
        String full = root + "." + name;
        return DescribedPredicate.describe(
                full, type -> type.getName().equals(full) || type.getName().startsWith(full + "$"));
    }
}
