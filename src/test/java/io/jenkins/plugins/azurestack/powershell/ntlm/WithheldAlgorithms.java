package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.security.Provider;
import java.security.Security;
import java.util.List;

/** While open, no security provider has the algorithms of NTLM, whoever registered it: Jenkins adds one of its own. */
public final class WithheldAlgorithms implements AutoCloseable {
    private final List<Provider> all = List.of(Security.getProviders());

    public WithheldAlgorithms() {
        for (final Provider provider : Security.getProviders("Mac.HmacMD5")) {
            Security.removeProvider(provider.getName());
        }
    }

    @Override
    public void close() {
        for (int position = 0; position < all.size(); position++) {
            Security.insertProviderAt(all.get(position), position + 1);
        }
    }
}
