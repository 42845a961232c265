import NIOCore
import NIOPosix
import Synchronization

/// A proxy on loopback that understands CONNECT.
package final class TestProxy: Sendable {
    /// What somebody asked of it.
    package struct Request: Sendable, Equatable {
        /// Host and port, "hub.example:443".
        package let target: String
        /// As it came, "Basic bWU6c2VjcmV0"; nil for none.
        package let authorization: String?
    }

    package let port: Int
    private let channel: any Channel
    private let ports: [String: Int]
    private let authorization: String?
    private let state = Mutex((requests: [Request](), refusal: Int?.none))

    /// - Parameters:
    ///   - ports: where on this machine each host that it knows really is
    ///   - authorization: what it has to be given; nil lets everybody through
    /// - Throws: where no socket can be had.
    package init(leadingTo ports: [String: Int], authorization: String? = nil) async throws {
        self.ports = ports
        self.authorization = authorization
        let relay = Relay()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ConnectHandler(relay))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        relay.proxy.withLock { $0 = Relay.Weak(proxy: self) }
    }

    deinit { channel.close(promise: nil) }

    package var requests: [Request] { state.withLock { $0.requests } }

    /// The status of every answer from now on; nil leads on.
    package var refusal: Int? {
        get { state.withLock { $0.refusal } }
        set { state.withLock { $0.refusal = newValue } }
    }

    /// Leads each connection to the proxy, which it must not keep alive.
    final class Relay: Sendable {
        let proxy = Mutex<Weak?>(nil)
        struct Weak: Sendable {
            weak let proxy: TestProxy?
        }
    }

    enum Answer {
        case lead(toPort: Int)
        case refuse(status: Int)
    }

    /// Notes a request and decides what becomes of it.
    func answer(_ head: String) -> Answer {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        let target = words.count > 1 ? String(words[1]) : ""
        let given = lines.first { $0.lowercased().hasPrefix("proxy-authorization: ") }
            .map { String($0.dropFirst("proxy-authorization: ".count)) }
        let refusal = state.withLock { state in
            state.requests.append(Request(target: target, authorization: given))
            return state.refusal
        }
        if let refusal { return .refuse(status: refusal) }
        if let authorization, given != authorization { return .refuse(status: 407) }
        guard words.first == "CONNECT", let port = ports[String(target.prefix { $0 != ":" })] else {
            return .refuse(status: 502)
        }
        return .lead(toPort: port)
    }
}

/// Reads what a connection asks for, then hands bytes on in both directions.
private final class ConnectHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let relay: TestProxy.Relay
    private var head = ""
    private var other: (any Channel)?

    init(_ relay: TestProxy.Relay) {
        self.relay = relay
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let other { return other.writeAndFlush(bytes, promise: nil) }
        head += String(buffer: bytes)
        guard head.hasSuffix("\r\n\r\n") else { return }
        switch relay.proxy.withLock({ $0?.proxy })?.answer(head) {
        case nil: context.close(promise: nil)
        case .refuse(let status):
            let answer = "HTTP/1.1 \(status) No\r\ncontent-length: 2\r\n\r\nno"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        case .lead(let port): lead(to: port, context)
        }
    }

    private func lead(to port: Int, _ context: ChannelHandlerContext) {
        let near = context.channel
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { far in
                far.eventLoop.makeCompletedFuture {
                    try far.pipeline.syncOperations.addHandler(BackHandler(near))
                }
            }
            .connect(host: "127.0.0.1", port: port).whenComplete { result in
                let (handler, context) = bound.value
                guard case .success(let far) = result else {
                    return context.close(promise: nil)
                }
                handler.other = far
                context.writeAndFlush(
                    handler.wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 Led\r\n\r\n")),
                    promise: nil)
            }
    }

    func channelInactive(context: ChannelHandlerContext) { other?.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Hands on what comes back.
private final class BackHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let near: any Channel

    init(_ near: any Channel) {
        self.near = near
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        near.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { near.close(promise: nil) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
