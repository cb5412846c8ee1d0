package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the share was found; looking changes nothing on it.
 *
 * @param protection what protects the connection, such as {@code SMB 3.1.1, AES-128-GCM}
 * @param entries what lies in {@code Certificates} and in its folders of the layout, at most {@link #MOST_ENTRIES}
 * @param complete false if there is more than that
 * @param mayWrite whether the account may add files and folders there, by the server's word
 * @param freeBytes what the account may still use
 */
public record Inspection(
        String protection, List<ShareEntry> entries, boolean complete, boolean mayWrite, long freeBytes) {
    /** More than this is not listed: a share for certificates has forty entries at most. */
    public static final int MOST_ENTRIES = 1000;

    /** The stamp rewrites what it reads, and needs room of its own. */
    private static final long ROOM_FACTOR = 2;

    private static final long ROOM_MARGIN_BYTES = 1024 * 1024;

    public Inspection {
        entries = List.copyOf(entries);
    }

    /**
     * What lies there and is not ours: every file and link that the caller does not name, and every folder that a set
     * for the identity provider does not have, since such a folder makes the stamp refuse the set.
     *
     * @param ours the caller's own files
     */
    public List<ShareEntry> foreign(final IdentityProvider provider, final Collection<StagedFile> ours) {
        return foreign(path -> Layout.isFolder(provider, path), ours);
    }

    /** The same for a set of either identity provider. */
    List<ShareEntry> foreign(final Collection<StagedFile> ours) {
        return foreign(Layout::isFolder, ours);
    }

    private List<ShareEntry> foreign(final Predicate<String> isFolder, final Collection<StagedFile> ours) {
        final Set<String> named =
                ours.stream().map(file -> file.path().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return entries.stream()
                .filter(entry -> switch (entry.kind()) {
                    case FOLDER -> !isFolder.test(entry.path());
                    case FILE -> !named.contains(entry.path().toLowerCase(Locale.ROOT));
                    case LINK -> true;
                })
                .toList();
    }

    /** How many free bytes a set asks for: twice its size and 1 MiB. */
    public static long roomFor(final CertificateFiles files) {
        return roomFor(files.size());
    }

    /** The same for a set of so many bytes. */
    public static long roomFor(final long bytes) {
        return ROOM_FACTOR * bytes + ROOM_MARGIN_BYTES;
    }

    boolean hasFolder(final String path) {
        return entries.stream()
                .anyMatch(entry ->
                        entry.kind() == ShareEntry.Kind.FOLDER && entry.path().equalsIgnoreCase(path));
    }
}
