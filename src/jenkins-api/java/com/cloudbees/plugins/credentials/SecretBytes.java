package com.cloudbees.plugins.credentials;

import java.io.Serializable;

public class SecretBytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private SecretBytes() {}

    public static SecretBytes fromRawBytes(byte[] data) {
        throw new UnsupportedOperationException();
    }
}
