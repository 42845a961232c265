import CSoundDevice

/// The sound device of this machine, one channel.
@safe
package struct SoundDevice: ~Copyable, SoundOutput {
    private let handle: OpaquePointer

    /// Opens the default device.
    ///
    /// - Parameter sampleRate: of all sound to come (Hz).
    /// - Throws: `AudioError.noDevice`.
    package init(sampleRate: Int) throws(AudioError) {
        var reason = [CChar](repeating: 0, count: 200)
        // Safe: at most `reason.count` bytes are written to it.
        let opened = unsafe cc_sound_device_open(UInt32(sampleRate), &reason, reason.count)
        guard let opened = unsafe opened else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .noDevice(reason: String(decoding: bytes, as: UTF8.self))
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
}
