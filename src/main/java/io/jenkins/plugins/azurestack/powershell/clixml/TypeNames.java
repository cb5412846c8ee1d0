package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.List;

/** Type name hierarchies, most derived first, as PowerShell writes them for the objects that remoting itself sends. */
public final class TypeNames {
    private static final String OBJECT = "System.Object";

    /** An array of any objects. */
    public static final List<String> OBJECT_ARRAY = List.of("System.Object[]", "System.Array", OBJECT);

    /** An array of strings. */
    public static final List<String> STRING_ARRAY = List.of("System.String[]", "System.Array", OBJECT);

    /** A growing list, the form of host call arguments. */
    public static final List<String> ARRAY_LIST = List.of("System.Collections.ArrayList", OBJECT);

    /** The list in which commands and their arguments travel. */
    public static final List<String> PS_OBJECT_LIST = List.of(
            "System.Collections.Generic.List`1[[System.Management.Automation.PSObject, System.Management.Automation,"
                    + " Version=1.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]",
            OBJECT);

    /** A {@code @{}} literal. */
    public static final List<String> HASHTABLE = List.of("System.Collections.Hashtable", OBJECT);

    /** The dictionary of primitive values that application arguments are. */
    public static final List<String> PRIMITIVE_DICTIONARY =
            List.of("System.Management.Automation.PSPrimitiveDictionary", "System.Collections.Hashtable", OBJECT);

    /** A user name with a password. */
    public static final List<String> CREDENTIAL = List.of("System.Management.Automation.PSCredential", OBJECT);

    private TypeNames() {}

    /**
     * The hierarchy of an enumeration.
     *
     * @param name its full type name
     * @return that name and its bases
     */
    public static List<String> enumeration(String name) {
        return List.of(name, "System.Enum", "System.ValueType", OBJECT);
    }
}
