import CSoundDevice

/// A device that can be named.
package struct NamedDevice: Sendable, Equatable {
    package let name: String
    /// What its driver calls it, on one line; may be empty.
    package let title: String
}

/// A sound device of this machine, one channel.
///
/// It holds less than a tenth of a second: when the tool is interrupted, the sound ends that soon.
@safe
package struct SoundDevice: ~Copyable, SoundOutput {
    private let handle: OpaquePointer

    /// Opens a device.
    ///
    /// - Parameters:
    ///   - name: as ALSA names it; nil for the usual one, which may be PulseAudio or PipeWire.
    ///   - sampleRate: of all sound to come (Hz).
    /// - Throws: `AudioError.noDevice`.
    package init(named name: String? = nil, sampleRate: Int) throws(AudioError) {
        var reason = [CChar](repeating: 0, count: 200)
        // Safe: the name lives through the call; at most `reason.count` bytes are written.
        let opened = unsafe cc_sound_device_open(
            name ?? "default", UInt32(sampleRate), &reason, reason.count)
        guard let opened = unsafe opened else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .noDevice(named: name, reason: String(decoding: bytes, as: UTF8.self))
        }
        unsafe handle = unsafe opened
    }

    deinit { unsafe cc_sound_device_close(handle) }

    package mutating func write(_ samples: [Int16]) throws(AudioError) {
        // Safe: the handle is open until deinit, the samples live through the call.
        try check(unsafe cc_sound_device_write(handle, samples, samples.count))
    }

    package mutating func finish() throws(AudioError) {
        // Safe: the handle is open until deinit.
        try check(unsafe cc_sound_device_drain(handle))
    }

    private func check(_ code: Int32) throws(AudioError) {
        guard code < 0 else { return }
        // Safe: the text belongs to the library and is copied at once.
        throw .deviceLost(reason: unsafe String(cString: cc_sound_device_reason(handle, code)))
    }

    /// The devices that sound can go to, as ALSA lists them.
    ///
    /// - Throws: `AudioError.noDevice` where there is no list.
    package static func all() throws(AudioError) -> [NamedDevice] {
        // Safe: the text ends with a 0, is freed once, and is copied before.
        guard let list = unsafe cc_sound_device_list() else {
            throw .noDevice(named: nil, reason: "the library libasound.so.2 is not installed")
        }
        defer { unsafe cc_sound_device_free_list(list) }
        return unsafe String(cString: list).split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            return NamedDevice(
                name: String(parts.first ?? ""), title: parts.dropFirst().joined())
        }
    }
}
