// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The person's SSH agent behind its UNIX socket: it signs, the keys stay with it. Nothing is forwarded to the server.
 * Source: draft-miller-ssh-agent, section 3 (a message is its length in 32 bits, and so many bytes).
 */
final class Agent extends AbstractAgentProxy {

	private static final int LONGEST = 256 * 1024;

	private final SocketChannel channel;

	private Agent(SocketChannel channel) {
		super(null);
		this.channel = channel;
	}

	/** Agents for sessions; a session gets none if nobody answers at the socket. */
	static SshAgentFactory at(Path socket) {
		return new SshAgentFactory() {
			@Override
			@NonNullByDefault({}) // the library's list promises nothing
			public List<ChannelFactory> getChannelForwardingFactories(@Nullable FactoryManager manager) {
				return List.of();
			}

			@Override
			public @Nullable SshAgent createClient(@Nullable Session session, @Nullable FactoryManager manager) {
				try {
					return new Agent(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
				} catch (IOException | UnsupportedOperationException e) {
					System.getLogger(Agent.class.getName()).log(System.Logger.Level.DEBUG, "No agent answers", e);
					return null;
				}
			}

			@Override
			public SshAgentServer createServer(@Nullable ConnectionService service) {
				throw new UnsupportedOperationException("Agents are not forwarded");
			}
		};
	}

	@Override
	public boolean isOpen() {
		return channel.isOpen();
	}

	@Override
	protected synchronized Buffer request(@Nullable Buffer request) throws IOException {
		if (request == null) {
			throw new IllegalArgumentException("No request");
		}
		ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
		while (out.hasRemaining()) {
			channel.write(out);
		}
		int length = read(Integer.BYTES).getInt();
		if (length < 1 || length > LONGEST) {
			throw new IOException("The SSH agent answers with " + length + " bytes");
		}
		return new ByteArrayBuffer(read(length).array());
	}

	private ByteBuffer read(int length) throws IOException {
		ByteBuffer in = ByteBuffer.allocate(length);
		while (in.hasRemaining()) {
			if (channel.read(in) < 0) {
				throw new EOFException("The SSH agent has ended");
			}
		}
		return in.flip();
	}

	@Override
	public void close() throws IOException {
		channel.close();
		super.close();
	}
}
