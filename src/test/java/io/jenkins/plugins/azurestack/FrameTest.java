package io.jenkins.plugins.azurestack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import org.junit.Test;

public class FrameTest {
    @Test
    public void builds() {
        assertThat(IdentityProvider.values()).hasSize(2);
    }
}
