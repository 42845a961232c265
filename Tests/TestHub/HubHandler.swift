import NIOCore
import NIOHTTP1
import Synchronization

/// Answers the requests of one connection.
final class HubHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let relay: TestHub.Relay
    private let isStorage: Bool
    private var head: HTTPRequestHead?

    init(_ relay: TestHub.Relay, isStorage: Bool) {
        self.relay = relay
        self.isStorage = isStorage
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            let hub = relay.hub.withLock { $0?.hub }
            guard let head, let hub else { return context.close(promise: nil) }
            send(hub.answer(head, isStorage: isStorage), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(_ answer: HubAnswer, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(answer.headers)
        headers.add(name: "content-length", value: "\(answer.body.count)")
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let script = answer.script
        let end = min(script.cutAfter ?? .max, script.stallAfter ?? .max, answer.body.count)
        if let rate = script.bytesPerSecond {
            context.flush()
            sendSlowly(answer.body[..<end], rate, context) { [self] in
                finish(answer, end, context)
            }
        } else {
            context.write(
                wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body[..<end])))),
                promise: nil)
            finish(answer, end, context)
        }
    }

    /// Ends the answer as it has to end.
    private func finish(_ answer: HubAnswer, _ sent: Int, _ context: ChannelHandlerContext) {
        if sent == answer.body.count {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        } else {
            context.flush()
            if answer.script.cutAfter != nil { context.close(promise: nil) }
        }
    }

    private func sendSlowly(
        _ bytes: ArraySlice<UInt8>, _ rate: Int, _ context: ChannelHandlerContext,
        _ done: @escaping () -> Void
    ) {
        guard !bytes.isEmpty else { return done() }
        let piece = bytes.prefix(max(1, rate / 100))
        context.writeAndFlush(
            wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: piece)))), promise: nil)
        let bound = NIOLoopBound((self, context, done), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(10)) {
            let (handler, context, done) = bound.value
            guard context.channel.isActive else { return }
            handler.sendSlowly(bytes.dropFirst(piece.count), rate, context, done)
        }
    }
}
