package io.jenkins.plugins.azurestack.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The frame of every page that is written to a file: self-contained, readable on paper, on a telephone and in the dark.
 * Stateless.
 */
public final class HtmlPage {
    private static final String STYLE = style();

    private HtmlPage() {}

    /** Begins a page that may be served under any policy: the caller goes on with its {@code body}. */
    static Markup begin(final String title) {
        final Markup page = new Markup();
        head(page, title);
        return style(page, STYLE);
    }

    /**
     * Begins a page with a content security policy of its own, which allows this page's style sheet and nothing else: the
     * caller goes on with its {@code body}, and closes it and {@code html}.
     *
     * @param moreStyle a style sheet without markup characters, after the one that all pages have
     */
    public static Markup beginSealed(final String title, final String moreStyle) {
        final String style = STYLE + moreStyle;
        final Markup page = new Markup();
        head(page, title);
        page.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'sha256-" + digest("\n" + style)
                                + "'; base-uri 'none'; form-action 'none'")
                .line();
        return style(page, style);
    }

    private static void head(final Markup page, final String title) {
        page.prologue("<!DOCTYPE html>");
        page.open("html", "lang", "en").line();
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.empty("meta", "name", "referrer", "content", "no-referrer").line();
        page.element("title", title).line();
    }

    private static Markup style(final Markup page, final String style) {
        page.open("style").line().verbatim(style).closeLine();
        return page.closeLine();
    }

    private static String style() {
        try (InputStream css = HtmlPage.class.getResourceAsStream("expiry.css")) {
            if (css == null) {
                throw new IllegalStateException("expiry.css is packed beside this class");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Content Security Policy wants it: of the text between the tags. */
    private static String digest(final String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java 17 has SHA-256", e);
        }
    }
}
