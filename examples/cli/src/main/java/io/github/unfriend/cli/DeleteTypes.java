/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.cli;

import io.github.unfriend.DeleteType;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a DeleteType: single or both. */
final class DeleteTypes implements ITypeConverter<DeleteType> {

    @Override
    public DeleteType convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "single" -> DeleteType.SINGLE;
            case "both" -> DeleteType.BOTH;
            default -> throw new TypeConversionException("'" + text + "' is neither single nor both");
        };
    }
}
