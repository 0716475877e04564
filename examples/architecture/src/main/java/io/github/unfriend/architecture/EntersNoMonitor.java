/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Looks for {@code synchronized} blocks in the byte code, where ArchUnit does not look. */
final class EntersNoMonitor extends ArchCondition<JavaClass> {

    EntersNoMonitor() {
        super("have no synchronized block");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        URI file = type.getSource()
                .orElseThrow(() -> new IllegalStateException("no class file of " + type.getName()))
                .getUri();
        try (InputStream bytes = file.toURL().openStream()) {
            new ClassReader(bytes).accept(new Monitors(type, events), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Monitors extends ClassVisitor {
        private final JavaClass type;
        private final ConditionEvents events;

        Monitors(JavaClass type, ConditionEvents events) {
            super(Opcodes.ASM9);
            this.type = type;
            this.events = events;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        String where = type.getName() + "." + name + " enters a monitor";
                        events.add(SimpleConditionEvent.violated(type, where));
                    }
                }
            };
        }
    }
}
