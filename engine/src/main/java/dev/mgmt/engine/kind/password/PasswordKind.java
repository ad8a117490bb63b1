package dev.mgmt.engine.kind.password;

import dev.mgmt.engine.kind.password.PasswordResource.Damage;
import dev.mgmt.engine.kind.password.PasswordResource.Keeping;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.List;
import java.util.Optional;

final class PasswordKind implements Kind {
    private static final int USUAL_LENGTH = 64;
    private static final int LONGEST = 65535;
    private static final String LETTERS_AND_DIGITS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    @Override
    public String name() {
        return "password";
    }

    @Override
    public List<String> fields() {
        return List.of("length", "saved", "checkrecovery", "charset");
    }

    @Override
    public List<String> outputs() {
        return List.of(PasswordDriver.OUTPUT);
    }

    @Override
    public List<String> secretOutputs() {
        return outputs();
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<Integer> length = length(fields);
        Optional<String> charset = charset(fields);
        Keeping keeping = fields.flag("saved") ? Keeping.SAVED : Keeping.IN_MEMORY;
        Damage damage = fields.flag("checkrecovery") ? Damage.IS_MENDED : Damage.IS_ERROR;
        if (length.isEmpty() || charset.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new PasswordResource(
                        fields.id(), fields.meta(), length.get(), charset.get(), keeping, damage));
    }

    private static Optional<Integer> length(Fields fields) {
        long length = fields.integer("length").orElse(USUAL_LENGTH);
        if (length < 1 || length > LONGEST) {
            fields.problem("length", "`length` must be between 1 and " + LONGEST, "");
            return Optional.empty();
        }
        return Optional.of((int) length);
    }

    private static Optional<String> charset(Fields fields) {
        String text = fields.filled("charset").orElse(LETTERS_AND_DIGITS);
        int[] characters = text.codePoints().distinct().toArray();
        boolean writable = text.codePoints().noneMatch(Character::isISOControl);
        if (characters.length < 2 || !writable) {
            fields.problem(
                    "charset",
                    "`charset` must be two or more different characters, none a control character",
                    "list them: charset: abcdef0123456789");
            return Optional.empty();
        }
        return Optional.of(new String(characters, 0, characters.length));
    }
}
