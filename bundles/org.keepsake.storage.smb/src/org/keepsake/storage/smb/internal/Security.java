// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import com.hierynomus.security.AEADBlockCipher;
import com.hierynomus.security.Cipher;
import com.hierynomus.security.DerivationFunction;
import com.hierynomus.security.Mac;
import com.hierynomus.security.MessageDigest;
import com.hierynomus.security.SecurityException;
import com.hierynomus.security.SecurityProvider;
import com.hierynomus.security.bc.BCSecurityProvider;
import com.hierynomus.security.jce.JceSecurityProvider;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Ciphers: the computer's own where the JDK has them, since these are ten times as fast; the others, which are old, from
 * Bouncy Castle.
 */
final class Security implements SecurityProvider {

	private final SecurityProvider fast = new JceSecurityProvider();
	private final SecurityProvider complete = new BCSecurityProvider();

	@Override
	public MessageDigest getDigest(@Nullable String name) throws SecurityException {
		return complete.getDigest(name);
	}

	@Override
	public Mac getMac(@Nullable String name) throws SecurityException {
		return "AesCmac".equalsIgnoreCase(name) ? new AesCmac() : complete.getMac(name);
	}

	@Override
	public Cipher getCipher(@Nullable String name) throws SecurityException {
		return complete.getCipher(name);
	}

	@Override
	public AEADBlockCipher getAEADBlockCipher(@Nullable String name) throws SecurityException {
		return "AES/GCM/NoPadding".equals(name) ? fast.getAEADBlockCipher(name) : complete.getAEADBlockCipher(name);
	}

	@Override
	public DerivationFunction getDerivationFunction(@Nullable String name) throws SecurityException {
		return complete.getDerivationFunction(name);
	}
}
