/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A class can be read without those that know it: no way leads from it through other classes of its package back to it,
 * except the {@link NamedCycles}. Classes inside a class count as that class.
 */
final class InNoCycle extends ArchCondition<JavaClass> {

    private final String root;
    /** Whom each class knows in its package. */
    private final Map<String, Set<String>> known = new HashMap<>();

    InNoCycle(String root) {
        super("be in no cycle with another class of its package");
        this.root = root;
    }

    @Override
    public void init(Collection<JavaClass> all) {
        for (JavaClass type : all) {
            Set<String> names = known.computeIfAbsent(topLevel(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().equals(type.getPackageName())
                        && !NamedCycles.allow(below(topLevel(type)), below(topLevel(target)))) {
                    names.add(topLevel(target));
                }
            }
            names.remove(topLevel(type));
        }
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String start = topLevel(type);
        if (!type.getName().equals(start)) {
            return;
        }
        List<String> way = wayBackTo(start);
        if (!way.isEmpty()) {
            events.add(SimpleConditionEvent.violated(type, String.join(" -> ", way)));
        }
    }

    /** The shortest way from a class to itself; empty if there is none. */
    private List<String> wayBackTo(String start) {
        Map<String, String> from = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            String current = next.remove();
            for (String target : known.getOrDefault(current, Set.of())) {
                if (target.equals(start)) {
                    Deque<String> way = new ArrayDeque<>(List.of(below(start)));
                    for (String step = current; step != null; step = from.get(step)) {
                        way.addFirst(below(step));
                    }
                    return List.copyOf(way);
                }
                if (!target.equals(start) && !from.containsKey(target)) {
                    from.put(target, current);
                    next.add(target);
                }
            }
        }
        return List.of();
    }

    private String below(String name) {
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
    }

    private static String topLevel(JavaClass type) {
        String name = type.getName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
