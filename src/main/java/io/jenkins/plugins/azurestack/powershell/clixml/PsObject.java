package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An object as PowerShell serialises it (MS-PSRP 2.2.5.2): its type names, its text, maybe a value or container that it wraps, and
 * its properties. A live .NET object arrives as such a bag of properties under its real type names, unknown types no less than known
 * ones.
 *
 * <p>Immutable once built or read; threads may share it after a safe hand-over. Two objects are equal only when they are the same,
 * since graphs may have cycles; a writer sends an object that it meets again as a reference.
 */
public final class PsObject implements PsValue {
    private static final int LONGEST_NAME = 200;

    private List<String> typeNames = List.of();
    private String text;
    private PsValue base;
    private ContainerKind container;
    private List<PsValue> items = List.of();
    private List<PsEntry> entries = List.of();
    private Map<String, PsValue> adapted = Map.of();
    private Map<String, PsValue> extended = Map.of();

    private PsObject() {}

    /**
     * Starts an object without type names, values and properties.
     *
     * @return a builder for one object
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * An enumeration constant: type names, text, and a 32-bit number.
     *
     * @param typeName full name of the enumeration
     * @param text the constant's name
     * @param number its number
     * @return the object
     */
    public static PsObject enumeration(String typeName, String text, int number) {
        return builder()
                .types(TypeNames.enumeration(typeName))
                .text(text)
                .base(PsPrimitive.of(number))
                .build();
    }

    /**
     * A list.
     *
     * @param typeNames such as {@link TypeNames#OBJECT_ARRAY}
     * @param items copied
     * @return the object
     */
    public static PsObject list(List<String> typeNames, List<? extends PsValue> items) {
        final Builder builder = builder().types(typeNames).container(ContainerKind.LIST);
        items.forEach(builder::item);
        return builder.build();
    }

    /**
     * A dictionary.
     *
     * @param typeNames such as {@link TypeNames#HASHTABLE}
     * @param entries copied
     * @return the object
     */
    public static PsObject dictionary(List<String> typeNames, List<PsEntry> entries) {
        final Builder builder = builder().types(typeNames).container(ContainerKind.DICTIONARY);
        entries.forEach(entry -> builder.entry(entry.key(), entry.value()));
        return builder.build();
    }

    /**
     * A {@code PSCredential}, the argument of a {@code -Credential} parameter. The password stays the caller's to close.
     *
     * @param userName as the cmdlet wants it
     * @param password the secret
     * @return the object
     */
    public static PsObject credential(String userName, PsSecureString password) {
        return builder()
                .types(TypeNames.CREDENTIAL)
                .text(TypeNames.CREDENTIAL.get(0))
                .adapted("UserName", PsPrimitive.of(userName))
                .adapted("Password", password)
                .build();
    }

    /** The type names, most derived first; empty when none came. */
    public List<String> typeNames() {
        return typeNames;
    }

    /**
     * Whether the object is of that type or derives from it. The prefix {@code Deserialized.}, which PowerShell adds when it passes an
     * object on, doesn't count.
     *
     * @param typeName a full type name, case does not count
     * @return true when one of the type names is that one
     */
    public boolean isA(String typeName) {
        final String prefix = "Deserialized.";
        return typeNames.stream().anyMatch(name -> {
            final int from = name.regionMatches(true, 0, prefix, 0, prefix.length()) ? prefix.length() : 0;
            return name.substring(from).equalsIgnoreCase(typeName);
        });
    }

    /** What {@code ToString()} said where the object came from; empty for plain bags of properties and containers. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** The value that this object wraps: the number of an enumeration, a string with notes, another object. */
    public Optional<PsValue> base() {
        return Optional.ofNullable(base);
    }

    /** What kind of container this object is, if it is one. */
    public Optional<ContainerKind> container() {
        return Optional.ofNullable(container);
    }

    /** The adapted properties, which the .NET type itself has, in order. */
    public Map<String, PsValue> adapted() {
        return Collections.unmodifiableMap(adapted);
    }

    /** The extended properties, which PowerShell or a script added, in order; {@link PsMemberSet}s among them. */
    public Map<String, PsValue> extended() {
        return Collections.unmodifiableMap(extended);
    }

    @Override
    public PsValue property(String name) {
        final PsValue extra = find(extended, name);
        if (!extra.isNull()) {
            return extra;
        }
        final PsValue own = find(adapted, name);
        if (!own.isNull()) {
            return own;
        }
        for (final PsEntry entry : entries) {
            if (entry.key().asString().equalsIgnoreCase(name)) {
                return entry.value();
            }
        }
        return base == null ? PsNull.NULL : base.property(name);
    }

    static PsValue find(Map<String, PsValue> properties, String name) {
        final PsValue exact = properties.get(name);
        if (exact != null) {
            return exact;
        }
        return properties.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(PsNull.NULL);
    }

    @Override
    public List<PsValue> items() {
        return items.isEmpty() && base != null ? base.items() : Collections.unmodifiableList(items);
    }

    @Override
    public List<PsEntry> entries() {
        return entries.isEmpty() && base != null ? base.entries() : Collections.unmodifiableList(entries);
    }

    @Override
    public Optional<PsPrimitive> primitive() {
        return base == null ? Optional.empty() : base.primitive();
    }

    /** The object's own text, else that of the value it wraps, else the name of its type. */
    @Override
    public String asString() {
        if (text != null) {
            return text;
        }
        if (base != null) {
            return base.asString();
        }
        return typeNames.isEmpty() ? "" : typeNames.get(0);
    }

    /** The type and the number of its parts: values may be secret. */
    @Override
    public String toString() {
        final int properties = adapted.size() + extended.size();
        final int parts = items.size() + entries.size();
        return container == null
                ? printableType() + " with " + properties + " properties"
                : printableType() + " (" + container + " of " + parts + ", " + properties + " properties)";
    }

    /** A server chose the name, and it may end up in a log. */
    private String printableType() {
        final String name = typeNames.isEmpty() ? "PSObject" : typeNames.get(0);
        final String start = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        return start.replaceAll("[^\\p{Graph} ]", "?");
    }

    /** Makes one object; not thread-safe, and of no use after {@link #build()}. */
    public static final class Builder {
        private final PsObject object = new PsObject();
        private boolean built;

        private Builder() {}

        /** The object before it is complete, so that it can be found by those whom it contains. */
        PsObject unfinished() {
            return object;
        }

        /**
         * Names the types.
         *
         * @param names most derived first
         * @return this
         */
        public Builder types(List<String> names) {
            changing().typeNames = List.copyOf(names);
            return this;
        }

        /**
         * Gives the object its text.
         *
         * @param text what {@code ToString()} shall say
         * @return this
         */
        public Builder text(String text) {
            changing().text = Objects.requireNonNull(text);
            return this;
        }

        /**
         * Wraps a value.
         *
         * @param value a primitive, a secure string or another object
         * @return this
         */
        public Builder base(PsValue value) {
            if (value.isNull() || value instanceof PsMemberSet || value instanceof PsUnknown) {
                throw new IllegalArgumentException("an object wraps a primitive, a secure string or another object");
            }
            changing().base = value;
            return this;
        }

        /**
         * Makes the object a container, empty so far.
         *
         * @param kind the kind of container
         * @return this
         */
        public Builder container(ContainerKind kind) {
            changing().container = Objects.requireNonNull(kind);
            object.items = List.of();
            object.entries = List.of();
            return this;
        }

        /**
         * Adds an item to a list, stack, queue or enumerable.
         *
         * @param value the next item
         * @return this
         * @throws IllegalStateException when the object is no such container
         */
        public Builder item(PsValue value) {
            if (changing().container == null || object.container == ContainerKind.DICTIONARY) {
                throw new IllegalStateException("items belong into a list, stack, queue or enumerable");
            }
            if (object.items.isEmpty()) {
                object.items = new ArrayList<>();
            }
            object.items.add(Objects.requireNonNull(value));
            return this;
        }

        /**
         * Adds an entry to a dictionary.
         *
         * @param key not null for PowerShell
         * @param value the value
         * @return this
         * @throws IllegalStateException when the object is no dictionary
         */
        public Builder entry(PsValue key, PsValue value) {
            if (changing().container != ContainerKind.DICTIONARY) {
                throw new IllegalStateException("entries belong into a dictionary");
            }
            if (object.entries.isEmpty()) {
                object.entries = new ArrayList<>();
            }
            object.entries.add(new PsEntry(key, value));
            return this;
        }

        /**
         * Adds an entry under a string to a dictionary.
         *
         * @param key the name
         * @param value the value
         * @return this
         * @throws IllegalStateException when the object is no dictionary
         */
        public Builder entry(String key, PsValue value) {
            return entry(PsPrimitive.of(key), value);
        }

        /**
         * Adds an adapted property; one of the same name is replaced.
         *
         * @param name the property's name
         * @param value its value
         * @return this
         */
        public Builder adapted(String name, PsValue value) {
            if (changing().adapted.isEmpty()) {
                object.adapted = new LinkedHashMap<>();
            }
            object.adapted.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
            return this;
        }

        /**
         * Adds an extended property; one of the same name is replaced.
         *
         * @param name the property's name
         * @param value its value
         * @return this
         */
        public Builder extended(String name, PsValue value) {
            if (changing().extended.isEmpty()) {
                object.extended = new LinkedHashMap<>();
            }
            object.extended.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
            return this;
        }

        /**
         * Adds an extended property that is a string.
         *
         * @param name the property's name
         * @param value its value, or null
         * @return this
         */
        public Builder extended(String name, String value) {
            return extended(name, PsValue.ofNullable(value));
        }

        /**
         * Adds an extended property that is a boolean.
         *
         * @param name the property's name
         * @param value its value
         * @return this
         */
        public Builder extended(String name, boolean value) {
            return extended(name, PsPrimitive.of(value));
        }

        /**
         * Adds an extended property that is a 32-bit integer.
         *
         * @param name the property's name
         * @param value its value
         * @return this
         */
        public Builder extended(String name, int value) {
            return extended(name, PsPrimitive.of(value));
        }

        /**
         * Adds an extended property that is a 64-bit integer.
         *
         * @param name the property's name
         * @param value its value
         * @return this
         */
        public Builder extended(String name, long value) {
            return extended(name, PsPrimitive.of(value));
        }

        /**
         * Finishes the object.
         *
         * @return the object; the builder can't be used again
         */
        public PsObject build() {
            changing();
            built = true;
            return object;
        }

        private PsObject changing() {
            if (built) {
                throw new IllegalStateException("the object was built already");
            }
            return object;
        }
    }
}
