/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Makes each class of the library a slice of its own, together with the classes inside it; examples are no slices.
 *
 * @param root the package of core
 */
record TopLevelClasses(String root) implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        boolean isLibrary = name.equals(root)
                || name.startsWith(root + ".callback")
                || name.startsWith(root + ".internal")
                || name.startsWith(root + ".reactor");
        return isLibrary ? SliceIdentifier.of(topLevel(type.getName())) : SliceIdentifier.ignore();
    }

    private static String topLevel(String name) {
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    @Override
    public String getDescription() {
        return "classes of the library, each with the classes inside it";
    }
}
